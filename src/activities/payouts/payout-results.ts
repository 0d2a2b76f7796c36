/** What the payout's activities answer: counts and sentences, never rows. */
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
