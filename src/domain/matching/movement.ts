/** A movement of money that a settlement causes, with the documents that its lines became: what is still awaited of it, and what does not add up. */
import type { MovementPurpose } from '../documents/document-kinds.ts';
import type { Role } from '../mapping/roles.ts';
import type { Day, Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { MovementKind } from './expected-movements.ts';
import type { MatchedBy } from './match-bank-line.ts';

/** `expected` not seen yet · `failed` the transfer failed · `matched` its line is known · `posted` its documents are · `returned` a later file brought it back. */
export type MovementState = 'expected' | 'failed' | 'matched' | 'posted' | 'returned';

/** `status`: a connection without statements goes by Amazon's word. */
export type FoundBy = MatchedBy | 'status' | 'decision';

/**
 * One document of a movement, as debit and credit of one amount. `line` what a statement line became (a deposit or a
 * charge) · `conversion` between in transit and the account of converted payouts · `return` what the bank gave back ·
 * `variance` a rest.
 */
export interface MovementDocument {
  externalId: string;
  movement: string;
  kind: 'line' | 'conversion' | 'return' | 'variance';
  debit: Role;
  credit: Role;
  /** Positive, in `currency`: that of the account which the line stands on. */
  amount: bigint;
  currency: CurrencyCode;
  /** What it takes out of in transit (of a charge: out of Amazon's charges), signed as the movement and in its currency. */
  cleared: bigint;
  date: Day;
  bankLine: string | null;
  foundBy: FoundBy;
  posted: boolean;
}

export interface Movement {
  externalId: string;
  settlementId: string;
  /** How often the settlement's report was issued again. */
  revision: number;
  kind: MovementKind;
  /** What the report says, signed as the account sees it. */
  amount: bigint;
  currency: CurrencyCode;
  state: MovementState;
  /** The transfer's day as Amazon tells it, else the report's deposit date; of a micro deposit or charge the day of its row. */
  day: Day;
  /** Of the report, by which a connection without statements dates a payout. */
  depositDay: Day;
  settlementEnd: Instant;
  traceId: string | null;
  /** As Amazon tells it: `Successful`, `Failed`, … */
  transferStatus: string | null;
  converted: { amount: bigint; currency: CurrencyCode } | null;
  documents: readonly MovementDocument[];
  /** What rows of later settlements brought back, and of which. */
  broughtBack: bigint;
  broughtBackBy: string | null;
}

/** What a deposit or charge puts where, kept in its plan for the proof: the account takes the amount, signed as it sees it. */
export interface MovementPlan {
  kind: MovementKind;
  account: Role;
  against: Role;
  amount: bigint;
  traceId: string | null;
  bankLine: string | null;
}

/** The kind of document that a line of its statement becomes. */
export function purposeOfMovement(kind: MovementKind): MovementPurpose {
  return kind === 'charge' ? 'CHG' : 'DEP';
}

export function clearedBy(documents: readonly Pick<MovementDocument, 'cleared'>[]): bigint {
  return sumMinor(documents.map(({ cleared }) => cleared));
}

/** What is in transit of it once its documents are posted: awaited, or, after it was seen, what does not add up. */
export function openOf({
  amount,
  documents,
  broughtBack,
}: Pick<Movement, 'amount' | 'documents' | 'broughtBack'>): bigint {
  return amount - clearedBy(documents) - broughtBack;
}

/** How often the bank gave it back. */
export function returnsOf({ documents }: Pick<Movement, 'documents'>): MovementDocument[] {
  return documents.filter(({ kind }) => kind === 'return');
}

/** The day of the last return; null where there was none. */
export function lastReturnOf(movement: Pick<Movement, 'documents'>): Day | null {
  return (
    returnsOf(movement)
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? null
  );
}

/** The day on which it was last deposited; null while it is not. */
export function depositedOn({ documents }: Pick<Movement, 'documents'>): Day | null {
  return (
    documents
      .filter(({ kind }) => kind === 'line')
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? null
  );
}

/** What becomes of a movement whose documents are all posted: given back, it is awaited again unless a row brought it back. */
export function stateOncePosted(movement: Movement): MovementState {
  if (movement.documents.length === 0) return movement.state;
  if (movement.broughtBackBy !== null && openOf(movement) === 0n) return 'returned';
  return returnsOf(movement).length > 0 && clearedBy(movement.documents) === 0n ? 'expected' : 'posted';
}

/** As a decision names it, by the number that stands in its key: DEP 1 is the payout, micro deposits follow; charges count from 1. */
export function movementName({ kind, externalId }: Pick<Movement, 'externalId' | 'kind'>): string {
  const part = Number(/_(\d+)$/.exec(externalId)![1]);
  return kind === 'payout' ? 'payout' : kind === 'charge' ? `charge-${part}` : `micro-${part - 1}`;
}
