/** Quantity, average and value by item and location. */
import { averageOf, costAt, type Average } from './average-cost.ts';
import { CostHistory, type Movement } from './cost-history.ts';
import type { Transaction, TransactionLine } from './transaction.ts';

/** One average for each location, or one for all of them together (GROUPAVG). */
export type Costing = 'location' | 'group';

export interface Held {
  item: string;
  location: string;
  quantity: number;
}

export class Stock {
  readonly #costing: Costing;
  readonly #histories = new Map<string, CostHistory>();
  readonly #quantities = new Map<string, Map<string, number>>();

  constructor(costing: Costing) {
    this.#costing = costing;
  }

  /** Moves what a transaction moves; hands back every movement that costs something else than its line says. */
  add(transaction: Transaction): Movement[] {
    return [...byItem(transaction)].flatMap(([item, lines]) => {
      this.#move(item, lines, 1);
      return this.#historyOf(item).add(lines.map((line) => this.#movementOf(transaction, line)));
    });
  }

  /** Takes it out again; what others cost after that is handed back. */
  remove(transaction: Transaction): Movement[] {
    return [...byItem(transaction)].flatMap(([item, lines]) => {
      this.#move(item, lines, -1);
      return this.#historyOf(item).remove(lines.map((line) => keyOf(transaction.id, line.id)));
    });
  }

  /** The average at a location; the last one where there is nothing on hand. */
  averageAt(item: string, location: string | null): Average {
    return averageOf(this.#historyOf(item).at(this.#placeOf(location)));
  }

  /** Worth of what is on hand; nothing where the stand is zero or below (NSHELP section_N2195087, *Ending On Hand Value*). */
  valueAt(item: string, location: string | null): bigint {
    const quantity = this.quantityAt(item, location);
    if (quantity <= 0) return 0n;
    const state = this.#historyOf(item).at(this.#placeOf(location));
    return this.#costing === 'location' ? state.value : costAt(averageOf(state), quantity);
  }

  quantityAt(item: string, location: string | null): number {
    return this.#quantities.get(item)?.get(location ?? '') ?? 0;
  }

  quantityOf(item: string): number {
    return [...(this.#quantities.get(item)?.values() ?? [])].reduce((sum, quantity) => sum + quantity, 0);
  }

  /** One row per item and location that ever held the item. */
  *rows(): Iterable<Held> {
    for (const [item, places] of this.#quantities)
      for (const [location, quantity] of places) if (location !== '') yield { item, location, quantity };
  }

  #move(item: string, lines: readonly TransactionLine[], sign: 1 | -1): void {
    let places = this.#quantities.get(item);
    if (!places) this.#quantities.set(item, (places = new Map()));
    for (const { stock } of lines) {
      const location = stock?.location ?? '';
      places.set(location, (places.get(location) ?? 0) + sign * (stock?.quantity ?? 0));
    }
  }

  #historyOf(item: string): CostHistory {
    let history = this.#histories.get(item);
    if (!history) this.#histories.set(item, (history = new CostHistory()));
    return history;
  }

  #placeOf(location: string | null): string {
    return this.#costing === 'location' ? (location ?? '') : '';
  }

  #movementOf(transaction: Transaction, line: TransactionLine): Movement {
    const { location, quantity, value, cost } = line.stock!;
    return {
      key: keyOf(transaction.id, line.id),
      day: transaction.date,
      rank: rankOf(line),
      transaction: Number(transaction.id),
      line,
      place: this.#placeOf(location),
      quantity,
      cost: typeof cost === 'object' ? { from: keyOf(cost.transaction, cost.line), before: cost.before } : cost,
      value,
      correction: 0n,
      before: this.#historyOf(line.item!).at(this.#placeOf(location)),
    };
  }
}

function keyOf(transaction: string, line: number): string {
  return `${transaction}/${line}`;
}

/**
 * "For costing purposes, NetSuite considers increases to inventory before reductions to inventory" (NSHELP section_N2195087).
 * A transfer is both, and stands between them, so that what comes back on its day does not run in a circle.
 */
function rankOf({ stock }: TransactionLine): number {
  if (stock?.transfer) return 1;
  return (stock?.quantity ?? 0) > 0 ? 0 : 2;
}

function byItem({ lines }: Transaction): Map<string, TransactionLine[]> {
  const items = new Map<string, TransactionLine[]>();
  for (const line of lines) {
    if (!line.stock || line.item === null) continue;
    const others = items.get(line.item);
    if (others) others.push(line);
    else items.set(line.item, [line]);
  }
  return items;
}
