/** Words for exceptions that terminal, alerts and pages share. */
import { renderCount } from '../money/render-amount.ts';
import type { ExceptionCode } from './exception.ts';

/** What names an exception: its `subject` is `sku:…`, `amount:["type","amount-type","description"]`, `order:…` or `payout:…`. */
export interface NamedException { code: ExceptionCode; key: string; what: string; subject: string }

/** The amount key that an exception is about as the report spells it, or null. */
export function amountKeyOf({ subject }: Pick<NamedException, 'subject'>): [transactionType: string, amountType: string, amountDescription: string] | null {
  if (!subject.startsWith('amount:')) return null;
  const key: unknown = JSON.parse(subject.slice('amount:'.length));
  if (!Array.isArray(key) || key.length !== 3 || !key.every((part) => typeof part === 'string')) return null;
  return key as [string, string, string];
}

/** A few words for a list: `no NetSuite item for SKU BLU-MUG-2`, `no account: FBA Inbound Dock Fee`. */
export function renderExceptionTitle(exception: NamedException): string {
  if (exception.code === 'sku-unknown') return `no NetSuite item for SKU ${exception.key}`;
  const key = amountKeyOf(exception);
  return key === null ? exception.what : `no account: ${key[2]}`;
}

/** `9 orders`, `1 payout`, `1 order, 2 payouts`, or a dash when nothing waits for it. */
export function renderWaiters(workflowIds: readonly string[]): string {
  const of = (kind: 'order' | 'payout') => {
    const count = workflowIds.filter((id) => id.startsWith(`${kind}:`)).length;
    return count === 0 ? [] : [`${renderCount(count)} ${count === 1 ? kind : `${kind}s`}`];
  };
  return [...of('order'), ...of('payout')].join(', ') || '–';
}
