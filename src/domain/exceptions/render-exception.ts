/** Words for exceptions that terminal, alerts and pages share. */
import { renderCount } from '../money/render-amount.ts';
import { orderWorkflowId, payoutWorkflowId } from '../identifiers/workflow-id.ts';
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

const TITLES: Readonly<Record<ExceptionCode, string>> = {
  'sku-unknown': 'no NetSuite item for', 'unknown-amount': 'no account:', 'tax-residual': 'tax left over:', 'transfer-failed': 'transfer failed:', 'period-closed': 'period closed:',
  'document-missing': 'no document:', 'document-differs': 'settled differently:', 'bank-line-missing': 'no bank line:', 'netsuite-refused': 'NetSuite refused:',
  'report-sum': 'report does not add up:', 'report-unreadable': 'report not readable:', 'refund-unclear': 'refund unclear:', 'chain-broken': 'gap before:', 'report-reissued': 'report issued again:',
  'netsuite-down': 'NetSuite does not answer:', 'netsuite-auth': 'NetSuite refuses the sign-in:', 'amazon-down': 'Amazon does not answer:', 'amazon-auth': 'Amazon refuses the sign-in:', drift: 'new at Amazon:', 'setting-unknown': 'not in NetSuite:',
};

/** A few words for a list: `no NetSuite item for SKU BLU-MUG-2`, `no account: FBA Inbound Dock Fee`, `no document: order 112-…`. */
export function renderExceptionTitle(exception: NamedException): string {
  const [kind, ...rest] = exception.subject.split(':');
  const about = amountKeyOf(exception)?.[2] ?? `${kind === 'sku' ? 'SKU' : kind} ${rest.join(':')}`;
  return `${TITLES[exception.code]} ${about}`;
}

/**
 * The workflow that an exception of its own holds up, or null. A document that is missing holds up the payout that its key
 * begins with; tax that is left over holds up nothing.
 */
export function stoppedBy({ code, key, subject }: NamedException, connection: string): string | null {
  if (code === 'tax-residual') return null;
  const settlement = code === 'document-missing' ? /^(\d+):/.exec(key)?.[1] : undefined;
  if (settlement !== undefined) return payoutWorkflowId(connection, settlement);
  const [, kind, id] = /^(order|payout):(.+)$/.exec(subject) ?? [];
  return id === undefined ? null : kind === 'order' ? orderWorkflowId(connection, id) : payoutWorkflowId(connection, id);
}

/** `9 orders`, `1 payout`, `1 order, 2 payouts`, or a dash when nothing waits for it. */
export function renderWaiters(workflowIds: readonly string[]): string {
  const of = (kind: 'order' | 'payout') => {
    const count = workflowIds.filter((id) => id.startsWith(`${kind}:`)).length;
    return count === 0 ? [] : [`${renderCount(count)} ${count === 1 ? kind : `${kind}s`}`];
  };
  return [...of('order'), ...of('payout')].join(', ') || '–';
}
