/** Tells what happens while it happens: one line an event, from what the store says has changed. */
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import type { Store } from '../../store/database.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { ownerName } from '../run/waiters.ts';
import type { Event } from './event.ts';
import { PayoutNarrator } from './payout-narrator.ts';
import { countOrders, type OrderCounts } from '../../store/tie-out/tie-out-facts.ts';

/** Orders and documents together, before their figures are told again. */
const ORDER_STEPS = 40;

export class Narrator {
  readonly #store: Store;
  readonly #connection: string;
  readonly #tell: (event: Event) => void;
  #orders: OrderCounts | null = null;
  readonly #payouts: PayoutNarrator;
  readonly #exceptions = new Set<number>();

  /** `timeZone` is that of the books. */
  constructor(store: Store, connection: string, timeZone: string, tell: (event: Event) => void) {
    this.#store = store;
    this.#connection = connection;
    this.#tell = tell;
    this.#payouts = new PayoutNarrator(store, connection, timeZone, tell);
  }

  /** Looks once and tells what is new. */
  async look(): Promise<void> {
    const { db } = this.#store;
    await this.#lookAtOrders(await countOrders(db, this.#connection));
    await this.#payouts.look();
    for (const exception of await openExceptions(db, this.#connection)) {
      // What resolves by itself when documents come is told with its payout.
      if (this.#exceptions.has(exception.id) || exception.code === 'document-missing') continue;
      this.#exceptions.add(exception.id);
      const {
        subject: { kind, id },
        evidence: { what, atStake, currency },
      } = exception;
      const area = kind === 'vendor' ? id.toLowerCase() : kind === 'sku' || kind === 'order' ? 'orders' : 'payout';
      const amount = atStake === null || currency === null ? '' : ` amount=${formatMinor(atStake, currency)}`;
      this.#tell({
        area,
        alarm: true,
        words: `${what}. ${ownerName(exception.owner)}: ${renderRemedy(exception.remedy, exception.id)}`,
        plain: `${area} waits code=${exception.code} key=${JSON.stringify(exception.key)}${amount} owner=${exception.owner}`,
      });
    }
  }

  async #lookAtOrders(counts: OrderCounts): Promise<void> {
    const before = this.#orders;
    const step = (name: keyof OrderCounts) => counts[name] - (before?.[name] ?? 0);
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
