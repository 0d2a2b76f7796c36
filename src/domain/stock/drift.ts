/** Where Amazon and NetSuite differ, counted for people: items that agree, and the terms of the equation over all items. */
import { grouped } from './grouped.ts';
import type { StockEquation, Units } from './stock-plan.ts';
import { eitherWay, type EitherWay } from './summed-units.ts';

/** Terms of the equation, in its order. */
export const TERMS = [
  'opening',
  'waiting',
  'ahead',
  'foreign',
  'gap',
] as const satisfies readonly (keyof StockEquation['terms'])[];
export type Term = (typeof TERMS)[number];

export interface Drift extends EitherWay {
  term: Term;
  /** Items at a place of which it is not zero, signed as in the equation: above zero Amazon has more. */
  parts: Units[];
  /** Of which there are so many different items. */
  items: number;
}

export function driftByTerm(equations: readonly StockEquation[]): Drift[] {
  return TERMS.map((term) => {
    const parts = equations
      .filter(({ terms }) => terms[term] !== 0)
      .map(({ pool, item, place, terms }) => ({ pool, item, place, units: terms[term] }));
    return {
      term,
      parts,
      items: new Set(parts.map(({ pool, item }) => `${pool} ${item}`)).size,
      ...eitherWay(parts.map(({ units }) => units)),
    };
  });
}

/** Both sides of an item at a place; without terms where it stands in no equation. */
export type Sides = Pick<StockEquation, 'amazon' | 'netsuite'> & {
  terms: StockEquation['terms'] | null;
  /** Rows and lines behind the terms. */
  open: number;
};

/** Whether both sides agree and nothing is open: what cancels each other, in two terms or in one, leaves no difference, and each waits for something. */
export function agrees({ amazon, netsuite, terms, open }: Sides): boolean {
  return amazon === netsuite && open === 0 && (terms === null || TERMS.every((term) => terms[term] === 0));
}

export function openIn({ parts }: Pick<StockEquation, 'parts'>): number {
  return parts.waiting.length + parts.ahead.length + parts.foreign.length;
}

/** Of a place that the ledger counts. */
export function sidesOf(equation: StockEquation): Sides & Pick<Units, 'pool' | 'item'> {
  return { ...equation, open: openIn(equation) };
}

/** An item of a pool agrees where it does at each place, in transit too, which stands in no equation. */
export function itemsAgreeing(sides: readonly (Sides & Pick<Units, 'pool' | 'item'>)[]): {
  items: number;
  agree: number;
} {
  const items = grouped(sides, ({ pool, item }) => `${pool} ${item}`);
  const agreeing = [...items.values()].filter((own) => own.every(agrees));
  return { items: items.size, agree: agreeing.length };
}

/** NetSuite's units, then each term with what they come to; the last comes to Amazon's units. */
export function waterfall({ netsuite, terms }: StockEquation): { term: Term; units: number; reached: number }[] {
  let reached = netsuite;
  return TERMS.map((term) => {
    reached += terms[term];
    return { term, units: terms[term], reached };
  });
}
