/** Tells what happens while it happens: one line an event, from what the store says has changed. */
import { formatMinor } from '../../domain/money/money.ts';
import type { Store } from '../../store/database.ts';
import { openExceptions } from '../../store/exceptions.ts';
import type { Event } from './event.ts';
import { PayoutNarrator } from './payout-narrator.ts';
import { countOrders, type OrderCounts } from '../../store/tie-out-facts.ts';

export class Narrator {
  readonly #store: Store;
  readonly #connection: string;
  readonly #tell: (event: Event) => void;
  #orders: OrderCounts | null = null;
  readonly #payouts: PayoutNarrator;
  readonly #exceptions = new Set<number>();

  constructor(store: Store, connection: string, tell: (event: Event) => void) {
    this.#store = store;
    this.#connection = connection;
    this.#tell = tell;
    this.#payouts = new PayoutNarrator(store, connection, tell);
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
      const area = exception.subject.startsWith('vendor:') ? exception.subject.slice('vendor:'.length).toLowerCase() : exception.subject.startsWith('sku') || exception.subject.startsWith('order') ? 'orders' : 'payout';
      const amount = exception.atStake === null || exception.currency === null ? '' : ` amount=${formatMinor(exception.atStake, exception.currency)}`;
      this.#tell({ area, alarm: true, words: `${exception.what}; ${exception.owner} decides: ${exception.act}`, plain: `${area} waits code=${exception.code} key=${JSON.stringify(exception.key)}${amount} owner=${exception.owner}` });
    }
  }

  async #lookAtOrders(counts: OrderCounts): Promise<void> {
    const before = this.#orders;
    if (before && before.seen === counts.seen && before.invoices === counts.invoices && before.salesOrders === counts.salesOrders && before.creditMemos === counts.creditMemos) return;
    // Small steps would scroll everything else away: told every 20 orders or documents.
    const step = before ? counts.seen - before.seen + (counts.invoices - before.invoices) + (counts.creditMemos - before.creditMemos) : 1;
    if (before && step < 20) return;
    this.#orders = counts;
    if (counts.seen === 0) return;
    const { seen, salesOrders, fulfilments, invoices, pending, creditMemos } = counts;
    this.#tell({
      area: 'orders', alarm: false, words: `${seen} seen · ${salesOrders} sales orders · ${fulfilments} fulfilments · ${invoices} invoices · ${creditMemos} credit memos · ${pending} pending`,
      plain: `orders seen=${seen} sales-orders=${salesOrders} fulfilments=${fulfilments} invoices=${invoices} credit-memos=${creditMemos} pending=${pending}`,
    });
  }

  /** Tells the figures of the orders once more, however small the step. */
  async last(): Promise<void> {
    await this.look();
    this.#orders = null;
    await this.look();
  }
}
