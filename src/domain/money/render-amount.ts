import { formatMinor, type CurrencyCode } from './money.ts';

/** An amount for people: `−2,131.58`, with separators of thousands and a true minus sign (U+2212), no currency. */
export function renderAmount(minor: bigint, currency: CurrencyCode): string {
  const [whole, fraction] = formatMinor(minor < 0n ? -minor : minor, currency).split('.') as [string, string?];
  return `${minor < 0n ? '−' : ''}${renderCount(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** An amount in a sentence for people, with its currency: `−2,131.58 USD`. */
export function renderMoney(minor: bigint, currency: CurrencyCode): string {
  return `${renderAmount(minor, currency)} ${currency}`;
}

/** `1 invoice`, `1,842 invoices`. */
export function counted(count: number, noun: string): string {
  return `${renderCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/** A whole number for people: `1,842`. */
export function renderCount(count: number | bigint | string): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
