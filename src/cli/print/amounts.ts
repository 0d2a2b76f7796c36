/** Amounts of documents, decimal strings, as people read them. */
import { parseMinor } from '../../domain/money/money.ts';
import { renderAmount, renderMoney } from '../../domain/money/render-amount.ts';

/** `−2,131.58` */
export function showAmount(text: string, currency: string): string {
  return renderAmount(parseMinor(text, currency) ?? 0n, currency);
}

/** `−2,131.58 USD` */
export function showMoney(text: string, currency: string): string {
  return renderMoney(parseMinor(text, currency) ?? 0n, currency);
}

/** `0`, `0.00`, `-0.00`. */
export function isZero(text: string): boolean {
  return /^-?0(\.0+)?$/.test(text);
}
