/** Quantity by item and location, and one average cost per item. */
import { mulDiv } from '../decimal.ts';

interface Holding {
  quantity: number;
  value: bigint;
  byLocation: Map<string, number>;
  lastCost: { value: bigint; quantity: bigint };
}

export class Stock {
  readonly #holdings = new Map<string, Holding>();

  /** Minor units that so many units cost at the average; with nothing on hand, at the last average known. */
  costOf(item: string, quantity: number): bigint {
    const holding = this.#holdings.get(item);
    if (!holding) return 0n;
    const average =
      holding.quantity > 0 ? { value: holding.value, quantity: BigInt(holding.quantity) } : holding.lastCost;
    return mulDiv(average.value, BigInt(quantity), average.quantity);
  }

  /** Moves stock: quantity and value rise or fall together. */
  move(item: string, location: string | null, quantity: number, value: bigint): void {
    let holding = this.#holdings.get(item);
    if (!holding) {
      holding = { quantity: 0, value: 0n, byLocation: new Map(), lastCost: { value: 0n, quantity: 1n } };
      this.#holdings.set(item, holding);
    }
    if (holding.quantity > 0) holding.lastCost = { value: holding.value, quantity: BigInt(holding.quantity) };
    holding.quantity += quantity;
    holding.value += value;
    const place = location ?? '';
    holding.byLocation.set(place, (holding.byLocation.get(place) ?? 0) + quantity);
  }

  quantityAt(item: string, location: string | null): number {
    return this.#holdings.get(item)?.byLocation.get(location ?? '') ?? 0;
  }

  quantityOf(item: string): number {
    return this.#holdings.get(item)?.quantity ?? 0;
  }

  /** One row per item and location that ever held the item. */
  *rows(): Iterable<{ item: string; location: string; quantity: number }> {
    for (const [item, holding] of this.#holdings) {
      for (const [location, quantity] of holding.byLocation) if (location !== '') yield { item, location, quantity };
    }
  }
}
