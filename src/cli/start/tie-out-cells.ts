/** What the table of the tie-out and its verdict write alike: the column of names, and amounts. */
import { parseMinor } from '../../domain/money/money.ts';
import { renderAmount } from '../../domain/money/render-amount.ts';

/** Cells of the names on the left. */
export const NAMES = 12;

/** @param text an amount as the tie-out carries it, a decimal string */
export function show(text: string, currency: string): string {
  return renderAmount(parseMinor(text, currency) ?? 0n, currency);
}
