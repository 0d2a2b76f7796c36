/**
 * Which items a SKU is, and how many units of each, on a day (stock.md, *Items*). Rows up to the day of a decision count by
 * the mapping before it, later ones by the new; a balance at the end of that day counts by the new one. A kit has no stock:
 * its members have.
 */
import type { Day } from '../money/instant.ts';
import { NameNumbers } from './name-numbers.ts';
import type { SkuMapping } from './stock-plan.ts';

/** Units of an item in one of a SKU. */
export interface PerSku {
  item: string;
  perSku: number;
}

/** A mapping in the place of another; `number` is the how-manyeth of its SKU. */
export interface MappingChange {
  sku: string;
  number: number;
  decided: Day;
  from: PerSku[];
  to: PerSku[];
}

/** A mapping with what it comes to, from when that was first asked for: every row of its SKU asks. */
interface Mapped {
  readonly mapping: SkuMapping;
  perSkus: readonly PerSku[] | null;
  /** All of the SKU by their days, where it has more than this one. */
  all: Mapped[] | null;
}

const allOf = (mapped: Mapped): readonly Mapped[] => mapped.all ?? [mapped];

export class SkuItems {
  readonly #skus = new NameNumbers();
  readonly #items = new NameNumbers();
  /** Of each SKU that is one item, and always was: the number of that and its units in one; -1 of all others. */
  readonly #only: Int32Array;
  readonly #units: Int32Array;
  /** The first mapping of each that was handed in, by its number. */
  readonly #mapped: Mapped[] = [];
  /** Those that have more than one, which are few. */
  readonly #changing: Mapped[] = [];
  /** Made when first asked for. */
  #byItem: Map<string, string[]> | null = null;

  constructor(mappings: readonly SkuMapping[]) {
    this.#only = new Int32Array(mappings.length).fill(-1);
    this.#units = new Int32Array(mappings.length);
    for (const mapping of mappings) {
      const mapped: Mapped = { mapping, perSkus: null, all: null };
      const number = this.#skus.numberOf(mapping.sku);
      const known = this.#mapped[number];
      for (const { item } of mapping.members ?? [mapping]) this.#only[number] = this.#items.numberOf(item);
      this.#units[number] = mapping.units;
      if (known !== undefined || mapping.members !== null) this.#only[number] = -1;
      if (known === undefined) this.#mapped.push(mapped);
      else if (known.all === null) {
        known.all = [known, mapped];
        this.#changing.push(known);
      } else known.all.push(mapped);
    }
    for (const { all } of this.#changing)
      all?.sort(({ mapping: a }, { mapping: b }) => (a.decided < b.decided ? -1 : a.decided > b.decided ? 1 : 0));
  }

  /** How many items there are. */
  get size(): number {
    return this.#items.names.length;
  }

  /** Of an item, below `size`; -1: no SKU is or was it. */
  numberOf(item: string): number {
    return this.#items.find(item);
  }
  nameOf(number: number): string {
    return this.#items.names[number]!;
  }

  /** The number of a SKU that is one item on all days, as most are; -1: it is none, a kit, or was something else. */
  onlyOf(sku: string): number {
    const number = this.#skus.find(sku);
    return number < 0 || this.#only[number]! < 0 ? -1 : number;
  }
  itemOf(only: number): number {
    return this.#only[only]!;
  }
  unitsOf(only: number): number {
    return this.#units[only]!;
  }

  /** What a row of that day moves; null: the SKU has no item. */
  ofRow(sku: string, day: Day): readonly PerSku[] | null {
    return this.#last(sku, ({ decided }) => decided < day);
  }

  /** What a balance at the end of that day holds. */
  atEnd(sku: string, day: Day): readonly PerSku[] | null {
    return this.#last(sku, ({ decided }) => decided <= day);
  }

  /** SKUs that hold an item at the end of a day, and how many units of it are in one; by name. */
  skusOf(item: string, day: Day): { sku: string; units: number }[] {
    return this.#skusThatWere(item)
      .flatMap((sku) =>
        (this.atEnd(sku, day) ?? []).filter((one) => one.item === item).map(({ perSku }) => ({ sku, units: perSku })),
      )
      .sort((a, b) => (a.sku < b.sku ? -1 : 1));
  }

  /**
   * Mappings that came in the place of another; of those of one day the last, since nothing was booked by the others. One that
   * says what holds already changes nothing.
   */
  changes(): MappingChange[] {
    return this.#changing.flatMap(({ all }) => {
      if (all === null) return [];
      const known = all.map(({ mapping }) => mapping);
      const last = known.filter((mapping, index) => index === 0 || known[index + 1]?.decided !== mapping.decided);
      return last
        .slice(1)
        .map((mapping, index) => ({
          number: known.indexOf(mapping) + 1,
          from: perSkuOf(last[index]!),
          to: perSkuOf(mapping),
          sku: mapping.sku,
          decided: mapping.decided,
        }))
        .filter(({ from, to }) => !isSame(from, to));
    });
  }

  /** SKUs that were an item, or a kit with it, at any time. */
  #skusThatWere(item: string): string[] {
    if (this.#byItem === null) {
      this.#byItem = new Map();
      for (const known of this.#mapped) {
        const { sku } = known.mapping;
        for (const one of new Set(allOf(known).flatMap(({ mapping }) => perSkuOf(mapping).map((part) => part.item)))) {
          const skus = this.#byItem.get(one);
          if (skus) skus.push(sku);
          else this.#byItem.set(one, [sku]);
        }
      }
    }
    return this.#byItem.get(item) ?? [];
  }

  #last(sku: string, holds: (mapping: SkuMapping) => boolean): readonly PerSku[] | null {
    const number = this.#skus.find(sku);
    if (number < 0) return null;
    const known = this.#mapped[number]!;
    const { all } = known;
    const mapped = all === null ? known : (all.findLast(({ mapping }) => holds(mapping)) ?? all[0]!);
    return (mapped.perSkus ??= perSkuOf(mapped.mapping));
  }
}

function isSame(one: readonly PerSku[], other: readonly PerSku[]): boolean {
  const perSkus = new Map(one.map(({ item, perSku }) => [item, perSku]));
  return one.length === other.length && other.every(({ item, perSku }) => perSkus.get(item) === perSku);
}

function perSkuOf({ item, units, members }: SkuMapping): PerSku[] {
  if (members === null) return [{ item, perSku: units }];
  const perItem = new Map<string, number>();
  for (const member of members) perItem.set(member.item, (perItem.get(member.item) ?? 0) + member.quantity * units);
  return [...perItem].map(([of, perSku]) => ({ item: of, perSku }));
}
