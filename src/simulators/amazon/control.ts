import { csvStatement, ofxStatement } from '../bank/statement.ts';
import type { Answer } from './answers.ts';
import type { Faults } from './faults.ts';
import { requestedInstant } from './instants.ts';
import type { AmazonState } from './state.ts';
import { stockControl } from './stock/stock-control.ts';
import type { AmazonWorld } from './world.ts';
import { nextInstant, publicationInstants, worldSpan } from './timeline.ts';
import { seededDigits } from './seeded.ts';

/** The simulator's own pages beside Amazon's: clock, faults, counts, bank statements. They need no token. */
export class Control {
  readonly #state: AmazonState;
  readonly #faults: Faults;
  #told: { world: AmazonWorld; instants: readonly string[]; end: string | null };
  readonly #start: string;

  constructor(state: AmazonState, faults: Faults) {
    this.#state = state;
    this.#faults = faults;
    this.#told = toldBy(state.world);
    this.#start = state.now();
  }

  /** Null when the path is none of the simulator's own. */
  answer(method: string, path: string, query: URLSearchParams, body: unknown): Answer | null {
    const statement = /^\/bank\/(bank|card)\/statement$/.exec(path);
    if (statement) return this.#statement(statement[1] as 'bank' | 'card', query);
    switch (`${method} ${path}`) {
      case 'GET /clock':
        return { status: 200, body: this.#clock() };
      case 'POST /clock':
        return this.#moveClock(body);
      case 'GET /faults':
        return { status: 200, body: { faults: this.#faults.list() } };
      case 'POST /faults':
        return this.#addFault(body);
      case 'DELETE /faults':
        this.#faults.clear();
        return { status: 200, body: { faults: [] } };
      case 'GET /admin/world':
        return { status: 200, body: this.#counts() };
      default:
        return this.#stock(method, path, body);
    }
  }

  /** Pages on stock; what was added becomes readable at instants of its own. */
  #stock(method: string, path: string, body: unknown): Answer | null {
    const answer = stockControl(this.#state, { method, path, body });
    if (answer?.status === 201) this.#told = toldBy({ ...this.#state.world, stock: this.#state.stock.facts });
    return answer;
  }

  #clock(): object {
    const now = this.#state.now();
    return {
      now,
      start: this.#start,
      next: nextInstant(this.#told.world, this.#told.instants, now),
      end: this.#told.end ?? this.#start,
      pausesAt: this.#told.world.pausesAt ?? null,
    };
  }

  #moveClock(body: unknown): Answer {
    const { to } = (body ?? {}) as { to?: unknown };
    const instant = typeof to === 'string' ? requestedInstant(to) : null;
    if (instant === null) return { status: 400, body: { error: 'to must be an instant such as 2026-10-15T07:25:00Z' } };
    this.#state.clock.jumpTo(Date.parse(instant));
    return { status: 200, body: this.#clock() };
  }

  #addFault(body: unknown): Answer {
    try {
      return { status: 201, body: this.#faults.add(body) };
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
    }
  }

  #counts(): object {
    const { world } = this.#state;
    const now = this.#state.now();
    return {
      title: world.title,
      sellerId: world.sellerId,
      now,
      orders: world.orders.filter((order) => (order.history[0]?.at ?? now) <= now).length,
      shipments: world.shipments.filter((shipment) => shipment.publishedAt <= now).length,
      refunds: world.refunds.filter((refund) => refund.publishedAt <= now).length,
      settlements: world.settlements.filter((settlement) => settlement.publishedAt <= now).length,
      bankLines: world.bankLines.filter((line) => line.publishedAt <= now).length,
      inAll: {
        orders: world.orders.length,
        shipments: world.shipments.length,
        refunds: world.refunds.length,
        settlements: world.settlements.length,
        bankLines: world.bankLines.length,
      },
      calls: Object.fromEntries(this.#state.calls),
    };
  }

  /** `?format=ofx|csv&until=DAY or INSTANT`: the lines published by now, up to and with a day. */
  #statement(account: 'bank' | 'card', query: URLSearchParams): Answer {
    const format = query.get('format') ?? 'ofx';
    if (format !== 'ofx' && format !== 'csv') return { status: 400, body: { error: 'format is ofx or csv' } };
    const until = query.get('until')?.slice(0, 10) ?? '9999-12-31';
    const now = this.#state.now();
    const lines = this.#state.world.bankLines
      .filter((line) => line.account === account && line.publishedAt <= now && line.date <= until)
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    const tail =
      this.#state.world.settlements.find((settlement) => settlement.group.accountTail !== null)?.group.accountTail ??
      '6017';
    const accountId = `${seededDigits(`${this.#state.world.sellerId} ${account}`, 6)}${account === 'bank' ? tail.slice(-4) : seededDigits(`${account} tail`, 4)}`;
    const statement = { account, accountId, lines };
    return format === 'csv'
      ? {
          status: 200,
          headers: { 'content-type': 'text/csv; charset=utf-8' },
          body: Buffer.from(csvStatement(statement)),
        }
      : { status: 200, headers: { 'content-type': 'application/x-ofx' }, body: Buffer.from(ofxStatement(statement)) };
  }
}

/** When a world tells something, and where it ends. */
function toldBy(world: AmazonWorld): { world: AmazonWorld; instants: readonly string[]; end: string | null } {
  return { world, instants: publicationInstants(world), end: worldSpan(world)?.last ?? null };
}
