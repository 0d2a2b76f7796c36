/** What an item of the close says (close.md, *Items*): pure functions of facts make it, and nobody ticks a box. */
import type { Owner } from '../exceptions/catalogue.ts';
import { epochMsOf, type Day, type Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';

export const ITEM_NAMES = [
  'orders',
  'dispatches',
  'sales',
  'refunds',
  'payouts',
  'deposits',
  'balances',
  'costs',
  'chain',
  'stock',
  'tax',
  'accruals',
  'exceptions',
  'foreign',
] as const;
export type ItemName = (typeof ITEM_NAMES)[number];

/** `waits` for Amazon, until a named instant. `carried`: open, and a controller has said so, with this amount. */
export type ItemState = 'ties' | 'open' | 'waits' | 'carried' | 'not-used';

/** One thing that keeps an item open, or that it names without being held up by it. */
export interface Finding {
  /** A sentence for people. */
  what: string;
  /** Signed minor units of the figure's currency; null where nothing can be named. */
  amount: bigint | null;
  /** What causes it, where several findings have one cause (a SKU, an exception's number): they are one decision. */
  cause: string;
  /** What a person types; null where it ends by itself. */
  act: string | null;
}

/** One figure of an item: of one currency, or of what is counted. Nothing is added across currencies. */
export interface ItemFigure {
  /** Null where units or things are counted. */
  currency: CurrencyCode | null;
  state: ItemState;
  /** Minor units, or a count. */
  figure: bigint;
  /** By how much it does not tie; what carrying it carries. */
  difference: bigint;
  /** What it is held against, in words: `2 of 2 event groups`. */
  population: string;
  open: Finding[];
  /** Named, and holding nothing up. */
  named: Finding[];
  /** The instant until which it waits; null where it does not. */
  until: Instant | null;
}

export interface CloseItem {
  name: ItemName;
  owner: Owner;
  due: Day;
  /** The worst of its figures'. */
  state: ItemState;
  figures: ItemFigure[];
}

const WORST_FIRST: readonly ItemState[] = ['open', 'waits', 'carried', 'ties', 'not-used'];

export function worstOf(states: readonly ItemState[]): ItemState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'ties';
}

/** Operations owns what is about goods and orders (close.md, *Items*). */
export function ownerOf(name: ItemName): Owner {
  return name === 'orders' || name === 'dispatches' || name === 'stock' ? 'operations' : 'finance';
}

/** A figure that ties where nothing is open, and waits where what is open may still end by itself. */
export function figureOf(
  given: Pick<ItemFigure, 'currency' | 'figure' | 'population' | 'open'> & {
    /** Left out: that of what is open. */
    difference?: bigint;
    named?: Finding[];
    /** Amazon may still tell what is missing, until then. */
    until?: Instant | null;
  },
): ItemFigure {
  const { named = [], until = null, difference = differenceOf(given.open), ...said } = given;
  const figure = { ...said, difference };
  const ties = figure.open.length === 0 && figure.difference === 0n;
  return { ...figure, named, state: ties ? 'ties' : until !== null ? 'waits' : 'open', until: ties ? null : until };
}

/**
 * By how much findings differ together: nothing makes up for anything else, so that amounts which point both ways are added by
 * their sizes. 1.00 that stands on another account than planned is 2.00, never 0.00.
 */
export function differenceOf(findings: readonly Pick<Finding, 'amount'>[]): bigint {
  const amounts = findings.flatMap(({ amount }) => amount ?? []);
  const isOneWay = amounts.every((amount) => amount >= 0n) || amounts.every((amount) => amount <= 0n);
  return sumMinor(isOneWay ? amounts : amounts.map((amount) => (amount < 0n ? -amount : amount)));
}

export const NOT_USED: ItemFigure = {
  currency: null,
  state: 'not-used',
  figure: 0n,
  difference: 0n,
  population: '',
  open: [],
  named: [],
  until: null,
};

/**
 * Nothing ties over what was not read: while Amazon has not been read far enough a figure that would tie waits, and where there
 * is no figure one that waits stands in its place. What is open stays open, for it does not end by reading.
 * @param readUpTo null before the first reading; undefined where it is not told
 * @param until up to when Amazon must have been read: 48 h after the month, by when it has told all
 */
export function whileUnread(
  figures: readonly ItemFigure[],
  { readUpTo, until, unread }: { readUpTo: Instant | null | undefined; until: Instant | undefined; unread: string },
): ItemFigure[] {
  if (readUpTo === undefined || until === undefined) return [...figures];
  if (readUpTo !== null && epochMsOf(readUpTo) >= epochMsOf(until)) return [...figures];
  if (figures.length === 0) return [{ ...NOT_USED, state: 'waits', population: unread, until }];
  return figures.map((figure) => (figure.state === 'ties' ? { ...figure, state: 'waits', until } : figure));
}

export function causesOf(findings: readonly Finding[]): number {
  return new Set(findings.map(({ cause }) => cause)).size;
}
