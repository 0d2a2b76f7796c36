/** Which lines of a document wait for units, and where the others go. */
import { describe, expect, test } from '@jest/globals';
import type { Adjustment, StockLine, Transfer } from '../../../src/domain/stock/kept-stock.ts';
import { shortLines, splitDocument } from '../../../src/domain/stock/short-lines.ts';

const at = (place: 'sellable' | 'unsellable') => ({ pool: 'us', place });
const line = (item: string, units: number, more: Partial<StockLine> = {}): StockLine => ({
  item,
  units,
  place: at('sellable'),
  unitCost: null,
  eventType: 'Adjustments',
  reason: 'M',
  ...more,
});
const head = { pool: 'us', day: '2026-10-09', memo: '', hold: null, shipmentId: null };
const adjustment = (...lines: StockLine[]): Adjustment => ({
  ...head,
  key: { connection: 'demo', purpose: 'ADJ', businessKey: 'us-20261009-inventory-loss', part: 1 },
  role: 'inventory-loss',
  accountOf: null,
  lines,
});
const transfer = (...lines: StockLine[]): Transfer => ({
  ...head,
  key: { connection: 'demo', purpose: 'TRF', businessKey: 'us-20261009-sellable-unsellable', part: 1 },
  from: at('sellable'),
  to: at('unsellable'),
  lines,
});
/** On hand at sellable; nothing elsewhere. */
const has =
  (units: Record<string, number>) =>
  ({ item, place }: { item: string; place: string }) =>
    place === 'sellable' ? (units[item] ?? 0) : 0;

describe('a line waits', () => {
  test('where the lines of its item before it have left it too little', () => {
    const document = transfer(line('mug', 3), line('mug', 4), line('tea', 1), line('mug', 2));
    expect(shortLines(document, has({ mug: 5, tea: 1 }))).toEqual([1]);
    expect(shortLines(document, has({ mug: 9, tea: 1 }))).toEqual([]);
    expect(shortLines(document, has({}))).toEqual([0, 1, 2, 3]);
  });

  test('not where the document itself brings its units in', () => {
    const lines = [line('mug', -3), line('mug', 2, { reason: 'F', unitCost: '6.00' })];
    expect(shortLines(adjustment(...lines), has({ mug: 1 }))).toEqual([]);
    expect(shortLines(adjustment(...lines), has({ mug: 0 }))).toEqual([0]);
    const elsewhere = line('mug', 2, { reason: 'F', place: at('unsellable') });
    expect(shortLines(adjustment(line('mug', -3), elsewhere), has({ mug: 1 }))).toEqual([0]);
  });

  test.each([
    ['one SKU taken for another', { reason: '3' }, { reason: '4' }],
    ['a SKU that became another item', { eventType: 'Mapping', reason: '' }, { eventType: 'Mapping', reason: '' }],
  ])('with what came for it: %s', (_, out, into) => {
    const document = adjustment(line('mug', -3, out), line('tea', 3, { ...into, unitCost: '6.00' }), line('set', -1));
    expect(shortLines(document, has({ mug: 2, set: 1 }))).toEqual([0, 1]);
    expect(shortLines(document, has({ mug: 3 }))).toEqual([2]);
  });
});

test('the others go ahead as the part that is given, and each line is known by where it is now', () => {
  const [mug, tea, set] = [line('mug', 3), line('tea', 1), line('set', 2)];
  const { ahead, left, lines } = splitDocument(transfer(mug, tea, set), [1], 4);
  expect(ahead).toEqual({
    ...transfer(mug, set),
    key: { connection: 'demo', purpose: 'TRF', businessKey: 'us-20261009-sellable-unsellable', part: 4 },
    memo: 'TRF us-20261009-sellable-unsellable 4',
  });
  expect(left).toEqual([tea]);
  expect(lines).toEqual([
    { document: 'AMZ_demo_TRF_us-20261009-sellable-unsellable_4', line: 0 },
    { document: 'AMZ_demo_TRF_us-20261009-sellable-unsellable_1', line: 0 },
    { document: 'AMZ_demo_TRF_us-20261009-sellable-unsellable_4', line: 1 },
  ]);
});
