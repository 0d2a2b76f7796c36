import type { StockFacts, Units } from './stock-plan.ts';

type At = Pick<Units, 'pool' | 'item'>;

/**
 * What NetSuite has at in transit, in its units. Under `theirs` what left the warehouse is in transfer orders and at no
 * location: of in transit itself only so much can leave as was put back there, or somebody brought there by hand.
 */
export class TransitUnits {
  readonly #units: Map<string, number> | null;

  /** @param units null: ours to bring there (`inventory-transfer`), so as many as are wanted */
  constructor(units: StockFacts['transit'] | null) {
    this.#units = units && new Map(units.map((one) => [keyOf(one), one.units]));
  }

  has(at: At): number {
    return this.#units === null ? Number.MAX_SAFE_INTEGER : Math.max(0, this.#units.get(keyOf(at)) ?? 0);
  }

  /** As far as there are so many. */
  take(at: At, wanted: number): number {
    const units = Math.min(wanted, this.has(at));
    this.put(at, -units);
    return units;
  }

  put(at: At, units: number): void {
    this.#units?.set(keyOf(at), (this.#units.get(keyOf(at)) ?? 0) + units);
  }
}

const keyOf = ({ pool, item }: At): string => `${pool} ${item}`;
