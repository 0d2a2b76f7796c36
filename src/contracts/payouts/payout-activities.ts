/** What the payout's activities take and answer: counts and sentences, never rows. */
import type { OfConnection, Telling } from '../activity-inputs.ts';
import type { SettlementImportResult, SettlementToImport } from './settlement-import.ts';

export interface PayoutRef extends OfConnection {
  settlementId: string;
}

/** A person must act; the payout waits for `tryAgain`. */
export interface PayoutStopped {
  result: 'stopped';
  exception: number;
  sentence: string;
}

export type StageResult = { result: 'staged'; rows: number } | PayoutStopped;
/** `left-alone`: its marketplaces are not ours. `stopped`: nobody knows whose it is. */
export type ClassifyResult =
  | { result: 'classified' }
  | { result: 'left-alone' }
  | PayoutStopped
  | { result: 'unknown'; keys: string[]; rows: number; amount: string; currency: string; suggestion: string | null };
export interface TieResult {
  /** Groups of rows that no document owns yet. */
  missing: number;
  /** Of these, orders shipped before the cut-over: their documents are made first, and the payout waits for them. */
  missingBeforeCutOver: number;
}
export type PostingsResult = { result: 'done'; externalIds: string[] } | { result: 'planned' } | PayoutStopped;
export type ApplyResult = { result: 'done'; applied: number; left: number } | { result: 'planned' } | PayoutStopped;
export interface MovementsResult {
  matched: string[];
  open: number;
  failed: number;
}
/** `reissued`: Amazon issued the report again meanwhile. */
export type ProofResult = { tied: true } | { tied: false; reissued: boolean; reasons: string[] };

export interface PayoutStoreActivities {
  stageSettlement(input: PayoutRef): Promise<StageResult>;
  classifySettlement(input: PayoutRef): Promise<ClassifyResult>;
  tieSettlement(input: PayoutRef): Promise<TieResult>;
  matchMovements(input: PayoutRef): Promise<MovementsResult>;
  /** @throws ApplicationFailure `REPORT_REFUSED` */
  importSettlement(input: SettlementToImport): Promise<SettlementImportResult>;
}
export interface PayoutNetSuiteActivities {
  postJournal(input: PayoutRef): Promise<PostingsResult>;
  applyPayout(input: PayoutRef): Promise<ApplyResult>;
  postMovements(input: PayoutRef): Promise<PostingsResult>;
  provePayout(input: PayoutRef & Telling): Promise<ProofResult>;
}
/** Orders shipped before the cut-over, asked for when a payout settles them. */
export interface PayoutReportsActivities {
  takeInEarlierShipments(input: PayoutRef): Promise<{ seen: number }>;
}
export interface PayoutOrdersActivities {
  makeEarlierOrders(input: PayoutRef): Promise<{ orders: number }>;
}
