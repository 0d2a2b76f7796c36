import { taxTieId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** The seller's tax of a month in one jurisdiction and currency: of documents, beside NetSuite's account. Amounts are decimal texts. */
export interface TaxTie {
  jurisdiction: string;
  currency: string;
  /** Number of the income account of the jurisdiction's tax item; null where NetSuite has no such item. */
  account: string | null;
  documents: string;
  /** What they moved the account by; tax owed is positive, so a credit is. */
  booked: string;
  difference: string;
  /** Whether each document moved it by its tax. */
  ties: boolean;
  /** The first of the documents that did not; `differingCount` of them. */
  differing: { document: string; documents: string; booked: string }[];
  differingCount: number;
  /** What others moved it by, the first of their transactions, and how many there are. */
  foreign: string;
  others: { name: string; type: string; day: string; amount: string }[];
  othersCount: number;
}

interface OfMonth {
  /** `2026-10` */
  month: string;
}

export interface TaxActivities {
  readTaxTie(input: OfConnection & OfMonth): Promise<TaxTie[]>;
}

/** Holds the seller's tax in documents of a month against NetSuite's accounts. */
export type TaxTieWorkflow = (input: Telling & OfMonth) => Promise<TaxTie[]>;
export const TAX_TIE = workflowContract<TaxTieWorkflow, [month: string]>('taxTie', taxTieId);
