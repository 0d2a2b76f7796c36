import type { SeededRandom } from './seeded-random.ts';
import { DEMO_PRODUCTS, UNKNOWN_PRODUCT } from './demo-products.ts';

/** When an order ships, by the payout that settles it, or what becomes of it instead. */
export type Window = 'first' | 'second' | 'unsettled' | 'unshipped' | 'pending' | 'cancelled';
export type Kind = 'plain' | 'multi-channel' | 'merchant' | 'replacement';
/** How an order with several shipments is divided. `across` ships its rest only in the second payout. */
export type Split = 'none' | 'by-item' | 'by-unit' | 'across';

export interface Recipe {
  window: Window;
  kind: Kind;
  split: Split;
  lines: { sku: string; quantity: number; centLess: boolean }[];
  /** `free`: charged and taken off again by a promotion. */
  shipping: 'none' | 'free' | 'paid';
  giftWrap: boolean;
  promotion: boolean;
}

const COUNTS: readonly [Window, number][] = [
  ['first', 160],
  ['second', 146],
  ['unsettled', 16],
  ['unshipped', 13],
  ['pending', 4],
  ['cancelled', 3],
];

/** The special orders at the beginning of a window; the rest is everyday trade. */
const SPECIAL: Partial<
  Record<
    Window,
    readonly [number, Partial<Recipe> & { units?: number; centLess?: boolean; twoItems?: boolean; sku?: string }][]
  >
> = {
  first: [
    [4, { split: 'by-item', twoItems: true }],
    [2, { split: 'by-unit', units: 3, centLess: true }],
    [1, { split: 'across', units: 3 }],
    [1, { kind: 'replacement' }],
    [2, { kind: 'multi-channel' }],
    [2, { kind: 'merchant' }],
    [6, { units: 3, centLess: true }],
    [4, { giftWrap: true }],
    [8, { promotion: true }],
    [4, { twoItems: true }],
    [4, { units: 2 }],
  ],
  second: [
    [2, { split: 'by-item', twoItems: true }],
    [2, { split: 'by-unit', units: 3, centLess: true }],
    [1, { kind: 'replacement' }],
    [2, { kind: 'multi-channel' }],
    [2, { kind: 'merchant' }],
    [6, { units: 3, centLess: true }],
    [4, { giftWrap: true }],
    [7, { promotion: true }],
    [4, { twoItems: true }],
    [9, { sku: UNKNOWN_PRODUCT.sku }],
  ],
};

/** All 342 orders of the month, one recipe each. */
export function orderRecipes(random: SeededRandom): Recipe[] {
  return COUNTS.flatMap(([window, count]) => {
    const special = (SPECIAL[window] ?? []).flatMap(([times, recipe]) => Array.from({ length: times }, () => recipe));
    return Array.from({ length: count }, (_, index) => {
      const given = special[index];
      return given ? specialRecipe(random, window, given) : everydayRecipe(random, window);
    });
  });
}

function specialRecipe(
  random: SeededRandom,
  window: Window,
  given: NonNullable<(typeof SPECIAL)['first']>[number][1],
): Recipe {
  const first = given.sku ?? random.pick(DEMO_PRODUCTS).sku;
  const others = DEMO_PRODUCTS.filter((product) => product.sku !== first);
  const second = others[random.below(others.length)]?.sku ?? first;
  return {
    window,
    kind: given.kind ?? 'plain',
    split: given.split ?? 'none',
    lines: [
      { sku: first, quantity: given.units ?? 1, centLess: given.centLess ?? false },
      ...(given.twoItems ? [{ sku: second, quantity: 1, centLess: false }] : []),
    ],
    shipping: 'none',
    giftWrap: given.giftWrap ?? false,
    promotion: given.promotion ?? false,
  };
}

function everydayRecipe(random: SeededRandom, window: Window): Recipe {
  const roll = random.below(100);
  return {
    window,
    kind: 'plain',
    split: 'none',
    lines: [
      { sku: random.pick(DEMO_PRODUCTS).sku, quantity: random.percent(88) ? 1 : random.between(2, 4), centLess: false },
    ],
    shipping: roll < 25 ? 'free' : roll < 33 ? 'paid' : 'none',
    giftWrap: false,
    promotion: false,
  };
}
