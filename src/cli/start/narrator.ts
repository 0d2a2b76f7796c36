/** Tells what happens while it happens: one line an event, from what the store says has changed. */
import { counted, renderCount } from '../../domain/money/render-amount.ts';

import { openOf } from '../../views/exceptions/exceptions-view.ts';
import { orderCountsView, type OrderCountsView } from '../../views/orders/order-counts-view.ts';
import { ownerName } from '../print/owners.ts';
import type { ViewSource } from '../../views/view-source.ts';
import type { Event } from './event.ts';
import { PayoutNarrator } from './payout-narrator.ts';

/** Orders and documents together, before their figures are told again. */
const ORDER_STEPS = 40;

export class Narrator {
  readonly #store: ViewSource['store'];
  readonly #connection: string;
  readonly #tell: (event: Event) => void;
  #orders: OrderCountsView | null = null;
  readonly #payouts: PayoutNarrator;
  readonly #exceptions = new Set<number>();

  /** `timeZone` is that of the books. */
  constructor(store: ViewSource['store'], connection: string, timeZone: string, tell: (event: Event) => void) {
    this.#store = store;
    this.#connection = connection;
    this.#tell = tell;
    this.#payouts = new PayoutNarrator(store, connection, timeZone, tell);
  }

  /** Looks once and tells what is new. */
  async look(): Promise<void> {
    await this.#lookAtOrders(await orderCountsView(this.#store.db, this.#connection));
    await this.#payouts.look();
    for (const exception of await openOf(this.#store.db, this.#connection)) {
      const { number, code, key, subject, what, atStake, owner, act } = exception;
      // What resolves by itself when documents come is told with its payout.
      if (this.#exceptions.has(number) || code === 'document-missing') continue;
      this.#exceptions.add(number);
      const area = areaOf(subject);
      const amount = atStake === null ? '' : ` amount=${atStake}`;
      this.#tell({
        area,
        alarm: true,
        words: `${what}. ${ownerName(owner)}: ${act}`,
        plain: `${area} waits code=${code} key=${JSON.stringify(key)}${amount} owner=${owner}`,
      });
    }
  }

  async #lookAtOrders(counts: OrderCountsView): Promise<void> {
    const before = this.#orders;
    const step = (name: keyof OrderCountsView) => counts[name] - (before?.[name] ?? 0);
    // Small steps would scroll everything else away.
    if (before && step('seen') + step('invoices') + step('creditMemos') < ORDER_STEPS) return;
    this.#orders = counts;
    const { seen, salesOrders, dispatched, fulfilments, invoices, pending, creditMemos } = counts;
    const tell = (area: string, words: string, plain: string) =>
      this.#tell({ area, alarm: false, words, plain: `${area} ${plain}` });
    if (step('seen') > 0)
      tell(
        'orders',
        `${renderCount(seen)} seen · ${counted(salesOrders, 'sales order')} · ${pending} pending at Amazon`,
        `seen=${seen} sales-orders=${salesOrders} pending=${pending}`,
      );
    if (step('invoices') > 0)
      tell(
        'dispatch',
        `${counted(dispatched, 'order')} dispatched · ${counted(fulfilments, 'fulfilment')} · ${counted(invoices, 'invoice')}`,
        `orders=${dispatched} fulfilments=${fulfilments} invoices=${invoices}`,
      );
    if (step('creditMemos') > 0)
      tell('refunds', `${counted(creditMemos, 'credit memo')}`, `credit-memos=${creditMemos}`);
  }

  /** Tells the figures of the orders once more, whatever changed since. */
  async last(): Promise<void> {
    await this.look();
    this.#orders = null;
    await this.look();
  }
}

/** Of `vendor:NetSuite`, `sku:BLU-MUG-2`, `payout:20001234561`, `document:AMZ_…`. */
function areaOf(subject: string): string {
  const colon = subject.indexOf(':');
  const kind = subject.slice(0, colon);
  if (kind === 'vendor') return subject.slice(colon + 1).toLowerCase();
  if (kind === 'document') return 'stock';
  return kind === 'sku' || kind === 'order' ? 'orders' : 'payout';
}
