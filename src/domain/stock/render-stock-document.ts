/** Why a document of stock was made, in words. */
import { renderDay } from '../clocks/render-dates.ts';
import { addDays } from '../money/instant.ts';
import type { StockDocument } from './kept-stock.ts';
import { isOpening } from './opening.ts';

/** Where business keys end so, a decision or a rule of ours made the document; else rows of the ledger did. */
const MADE_BY: readonly [ends: RegExp, words: string][] = [
  [/-map$/, 'a SKU was mapped to another item: what Amazon has of it moves with it'],
  [/-gap$/, "a person closed a gap of Amazon's balance"],
  [/-lost$/, 'a person said that units of the shipment are lost'],
  [/-found$/, 'a person said that units were found'],
  [/-source-inTransit$/, 'units of the shipment left the warehouse'],
  [/-removal-source$/, 'units that Amazon sent home have arrived'],
];

export function whyMade(document: StockDocument): string {
  const { key, day } = document;
  if (isOpening(document))
    return `the opening: what Amazon held when ${renderDay(addDays(day, -1))} ended, less what NetSuite did`;
  if (/-c\d+$/.test(key.businessKey))
    return `a person had movement ${key.businessKey.slice(key.businessKey.lastIndexOf('-c') + 2)} of NetSuite countered`;
  return MADE_BY.find(([ends]) => ends.test(key.businessKey))?.[1] ?? "rows of Amazon's ledger";
}
