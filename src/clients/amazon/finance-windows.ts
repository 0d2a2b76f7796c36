/**
 * Finances answers a window of more than 180 days with an empty page, not with an error (Amazon: model finances_2024-06-19, `postedBefore`). A longer one is asked for in
 * pieces, one after the other, each with its own pages.
 */
import { epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import { AmazonFailure } from './amazon-failure.ts';

/** A day less than allowed, so that no clock can make it too long. */
export const LONGEST_MS = 179 * 86_400_000;

/** `before` null: up to now, which Amazon itself cuts off two minutes ago. */
export interface FinanceWindow {
  after: Instant;
  before: Instant | null;
}

/** The first piece of a window. */
export function firstPiece({ after, before }: FinanceWindow, now: Instant): FinanceWindow {
  const end = epochMsOf(before ?? now);
  const limit = epochMsOf(after) + LONGEST_MS;
  return limit < end ? { after, before: instantOf(limit) } : { after, before };
}

/** The piece that follows one, or null behind the last. */
export function nextPiece(piece: FinanceWindow, whole: FinanceWindow, now: Instant): FinanceWindow | null {
  if (piece.before === null || piece.before === whole.before) return null;
  return firstPiece({ after: piece.before, before: whole.before }, now);
}

/** A place in a long window, as one token for the caller. */
export interface WindowPlace {
  piece: FinanceWindow;
  token: string | null;
}

export function writePlace(place: WindowPlace): string {
  return JSON.stringify(place);
}

/** @throws AmazonFailure for a token that is none of ours */
export function readPlace(text: string): WindowPlace {
  try {
    const { piece, token } = JSON.parse(text) as WindowPlace;
    if (typeof piece.after === 'string') return { piece, token };
  } catch {
    // Told below.
  }
  throw new AmazonFailure({ code: 'bug', where: 'finances', what: 'the token is none that this client gave out' });
}
