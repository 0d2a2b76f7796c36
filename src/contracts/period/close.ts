import { defineSignal, defineUpdate } from '@temporalio/workflow';
import { closeId, closeLookId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import type { Deciding } from '../decisions/decision-activities.ts';
import type { DecisionResult } from '../decisions/decisions.ts';
import { workflowContract } from '../workflow.ts';
import type {
  ApproveAccrual,
  ApproveOpeningBalance,
  CarryItem,
  MapFinances,
  Reopen,
  SignOff,
} from './close-decisions.ts';

export interface OfMonth extends OfConnection {
  /** `2026-10` */
  period: string;
}

/** A month as it was last worked out, in a sentence; the lines say who must act for what. */
export interface CloseSaid {
  sentence: string;
  lines: string[];
  isSigned: boolean;
  /** It lies before the cut-over or has not begun: nothing is kept of it. */
  isNone?: true;
}

/** A month's profit by SKU as it was last worked out, in a sentence, and whether it ties to the ledger. */
export interface ProfitSaid {
  sentence: string;
  ties: boolean;
}

/** How many accruals and reversals NetSuite took, and how many wait for a person. */
export interface AccrualsPosted {
  posted: number;
  stopped: number;
}

export interface CloseNetSuiteActivities {
  /** Posts what controllers have approved. */
  postAccruals(input: OfConnection): Promise<AccrualsPosted>;
  /** Works a month out from store and NetSuite, and stores it. Posts nothing. */
  evaluateClose(input: OfMonth): Promise<CloseSaid>;
  /** Works a month's profit by SKU out from splits and NetSuite's ledger, and stores it. Posts nothing. */
  evaluateProfit(input: OfMonth): Promise<ProfitSaid>;
  /** @throws ApplicationFailure `CLOSE_REFUSED` */
  decideSignOff(input: Deciding<SignOff> & { act: string }): Promise<DecisionResult>;
}

export interface CloseStoreActivities {
  /** The months that are due to be worked out, in their order. */
  dueCloses(input: OfConnection): Promise<string[]>;
  /** Starts a month's workflow where it does not run, and tells it what was worked out. */
  tellClose(input: OfMonth & Telling & { said: CloseSaid }): Promise<void>;
  decideCarryItem(input: Deciding<CarryItem> & { act: string }): Promise<DecisionResult>;
  /** @throws ApplicationFailure `CLOSE_REFUSED`, `ACCOUNT_MISSING` */
  decideAccrual(input: Deciding<ApproveAccrual> & { act: string }): Promise<DecisionResult>;
  decideReopen(input: Deciding<Reopen> & { act: string }): Promise<DecisionResult>;
  decideOpeningBalance(input: Deciding<ApproveOpeningBalance>): Promise<DecisionResult>;
  /** @throws ApplicationFailure `DECISION_SHAPE` */
  decideFinances(input: Deciding<MapFinances>): Promise<DecisionResult>;
}

/** One look at all months that are due: the schedule `close:{connection}` starts it. Results in a sentence. */
export type CloseLook = (input: Telling) => Promise<string>;
export const CLOSE_LOOK = workflowContract<CloseLook>('closeLook', closeLookId);

export interface CloseInput extends Telling {
  period: string;
}

/** A month from its first day until it is signed; `reopen` starts it again. Results in how it ended. */
export type CloseMonth = (input: CloseInput) => Promise<string>;
export const CLOSE = workflowContract<CloseMonth, [period: string]>('closeMonth', closeId);

/** Work the month out now, whatever was asked when. */
export const evaluate = defineSignal('evaluate');
/** It was worked out by the look. */
export const evaluated = defineSignal<[CloseSaid]>('evaluated');
export const carryItem = defineUpdate<DecisionResult, [CarryItem]>('carryItem');
export const approveAccrual = defineUpdate<DecisionResult, [ApproveAccrual]>('approveAccrual');
export const signOff = defineUpdate<DecisionResult, [SignOff]>('signOff');
export const reopen = defineUpdate<DecisionResult, [Reopen]>('reopen');
