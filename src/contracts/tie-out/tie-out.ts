import type { OpenDecision } from '../../domain/exceptions/open-decision.ts';
import { tieOutId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** The tie-out of a connection: figures from NetSuite beside what explains them. Amounts are decimal strings. */
export interface TieOutBalance {
  role: string;
  currency: string;
  netsuite: string;
  explained: string;
  by: string;
  difference: string;
}

export interface TieOutPayout {
  settlementId: string;
  currency: string;
  start: string;
  end: string;
  /** First and last day in the marketplace's time zone. */
  firstDay: string;
  lastDay: string;
  total: string;
  rows: number;
  sum: string;
  journal: { externalIds: string[]; debit: string; credit: string; lines: number; payoutLine: string };
  movements: {
    kind: 'payout' | 'micro-deposit' | 'charge';
    externalId: string;
    amount: string;
    traceId: string | null;
    bankLine: { date: string; amount: string; description: string } | null;
    state: string;
  }[];
  reserve: { opens: string; lastClosed: string | null; closes: string };
  /** State in the store: `tied`, `waits-amount`, `waits-documents`, `waits-bank`, … */
  state: string;
  tied: boolean;
  exceptions: string[];
  /** It is not tied, and all that holds it up ends by decisions of people. */
  undecided: boolean;
}

export interface TieOut {
  connection: string;
  orders: {
    seen: number;
    salesOrders: number;
    dispatched: number;
    settled: number;
    pending: number;
    cancelled: number;
    waiting: number;
    fulfilments: number;
    invoices: number;
    creditMemos: number;
  };
  documents: { [purpose: string]: number };
  payouts: TieOutPayout[];
  /** Every role that has an account or is owned by items: `{role: amount}`, `role.CUR` where currencies differ. */
  balances: { [role: string]: string };
  explained: TieOutBalance[];
  duplicates: { type: string; businessKey: string; externalIds: string[] }[];
  /** External ids that NetSuite holds and the store has forgotten. */
  unknown: string[];
  /** Those that were taken, and with `choice` null those that are open; `units` of a SKU that is a pack. */
  decisions: (OpenDecision & { choice: string | null; units?: number })[];
  /** `isDecision`: a decision of a person ends it. */
  openExceptions: {
    number: number;
    code: string;
    owner: string;
    what: string;
    act: string;
    atStake: string | null;
    currency: string | null;
    subject: string;
    payout: string | null;
    isDecision: boolean;
  }[];
}

export interface TieOutActivities {
  readTieOut(input: OfConnection): Promise<TieOut>;
}

/** Asks NetSuite for its balances and for duplicates, and holds them against what is explained. */
export type TieOutWorkflow = (input: Telling) => Promise<TieOut>;
export const TIE_OUT = workflowContract<TieOutWorkflow>('tieOut', tieOutId);
