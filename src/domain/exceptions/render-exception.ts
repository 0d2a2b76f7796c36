/** Words for exceptions that terminal, alerts and pages share. */
import { renderCount } from '../money/render-amount.ts';
import { orderWorkflowId, payoutWorkflowId } from '../identifiers/workflow-id.ts';
import type { AmountTriple } from '../settlement/fold-key.ts';
import { EXCEPTIONS, type ExceptionCode } from './catalogue.ts';
import type { Subject } from './exception.ts';

/** What names an exception. */
export interface NamedException {
  code: ExceptionCode;
  subject: Subject;
  payout: string | null;
}

/** The amount key that an exception is about as the report spells it, or null. */
export function amountKeyOf({ subject }: Pick<NamedException, 'subject'>): AmountTriple | null {
  return subject.kind === 'amount' ? (JSON.parse(subject.id) as AmountTriple) : null;
}

/** `order:112-…`, `sku:BLU-MUG-2`: as reports of runs and other people's scripts have it. */
export function renderSubject({ kind, id }: Subject): string {
  return `${kind}:${id}`;
}

/** A few words for a list: `no NetSuite item for SKU BLU-MUG-2`, `no account: FBA Inbound Dock Fee`, `no document: order 112-…`. */
export function renderExceptionTitle(exception: NamedException): string {
  const { kind, id } = exception.subject;
  const about = amountKeyOf(exception)?.[2] ?? `${kind === 'sku' ? 'SKU' : kind} ${id}`;
  return `${EXCEPTIONS[exception.code].words} ${about}`;
}

/**
 * The workflow that an exception of its own holds up, or null: the payout that it is about, else its order. Who waits for a
 * SKU or an amount is in the list of waits.
 */
export function stoppedBy({ code, subject, payout }: NamedException, connection: string): string | null {
  if (!EXCEPTIONS[code].holdsUp) return null;
  if (payout !== null) return payoutWorkflowId(connection, payout);
  return subject.kind === 'order' ? orderWorkflowId(connection, subject.id) : null;
}

/** `9 orders`, `1 payout`, `1 order, 2 payouts`, or a dash when nothing waits for it. */
export function renderWaiters(workflowIds: readonly string[]): string {
  const of = (kind: 'order' | 'payout') => {
    const count = workflowIds.filter((id) => id.startsWith(`${kind}:`)).length;
    return count === 0 ? [] : [`${renderCount(count)} ${count === 1 ? kind : `${kind}s`}`];
  };
  return [...of('order'), ...of('payout')].join(', ') || '–';
}
