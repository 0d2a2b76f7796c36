/**
 * Lines of a document that wait for units which NetSuite does not have (stock.md, *Exceptions*: `stock-missing` holds up that
 * line). The others go ahead as the next part, so that no key is ever sent with other lines than it may have been sent with.
 */
import { externalIdOf, memoStart } from '../identifiers/external-id.ts';
import { isRedefinition } from './answer-table.ts';
import { lineEffects, type LineEffect } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { LineRef, StockDocument, StockLine } from './kept-stock.ts';
import { MAPPING_EVENT } from './own-rows.ts';
import type { Units } from './stock-plan.ts';

/**
 * Which lines take more than is there once those before them, and all that comes in, are booked; by index.
 * @param held what NetSuite has of an item at a place
 */
export function shortLines(document: StockDocument, held: (of: Omit<Units, 'units'>) => number): number[] {
  const effects = grouped(lineEffects(document), ({ ref }) => blockOf(document.lines[ref.line]!, ref));
  const blocks = [...effects.values()].map((block) => ({ block, takes: block.some(({ units }) => units < 0) }));
  const left = new Map<string, number>();
  const at = (effect: LineEffect) => left.get(keyOf(effect)) ?? held(effect);
  const short: number[] = [];
  for (const { block } of blocks.sort((a, b) => Number(a.takes) - Number(b.takes))) {
    const before = new Map(left);
    for (const effect of block) left.set(keyOf(effect), at(effect) + effect.units);
    if (block.every((effect) => effect.units > 0 || at(effect) >= 0)) continue;
    short.push(...block.map(({ ref }) => ref.line));
    left.clear();
    for (const [key, units] of before) left.set(key, units);
  }
  return [...new Set(short)].sort((a, b) => a - b);
}

/** What comes in for what leaves is booked with it: of all such lines of a document together, since which belong to which is not kept. */
function blockOf(line: StockLine, { line: index }: LineRef): string {
  return line.eventType === MAPPING_EVENT || isRedefinition(line) ? 'exchange' : String(index);
}

const keyOf = ({ pool, place, item }: Units): string => [pool, place, item].join(' ');

export interface SplitDocument {
  /** The lines that go ahead. */
  ahead: StockDocument;
  /** Those that stay under the key of before. */
  left: readonly StockLine[];
  /** Where each line of before is now, by its index. */
  lines: readonly LineRef[];
}

/** @param short lines that stay, some and not all. @param part the next one of the same business key */
export function splitDocument(document: StockDocument, short: readonly number[], part: number): SplitDocument {
  const key = { ...document.key, part };
  const stays = new Set(short);
  const [left, going]: [StockLine[], StockLine[]] = [[], []];
  const lines = document.lines.map((line, index): LineRef => {
    const own = stays.has(index) ? left : going;
    own.push(line);
    return { document: externalIdOf(own === left ? document.key : key), line: own.length - 1 };
  });
  return { ahead: { ...document, key, memo: memoStart(key), lines: going } as StockDocument, left, lines };
}
