import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  agreesWithBalance,
  mergeDay,
  type DayChange,
  type DayToMerge,
  type KeptRow,
  type NewRow,
} from '../../../src/domain/stock/merge-day.ts';
import type { LedgerBalance, LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow as row } from './ledger-row.ts';

/** Rows as they are kept after some changes, in the order in which they came. */
const keep = (kept: readonly KeptRow[], change: DayChange): KeptRow[] => {
  const keptOf = (added: NewRow, rowId: string): KeptRow => ({ ...added, rowId, takenBack: null, oppositeOf: null });
  const gone = new Map(change.takenBack.map(({ rowId, opposite }) => [rowId, opposite.day]));
  const next = kept.map((one) => ({
    ...one,
    ...change.changed.find(({ rowId }) => rowId === one.rowId),
    takenBack: gone.get(one.rowId) ?? one.takenBack,
  }));
  return [...next, ...change.added.map((added, index) => keptOf(added, String(next.length + index + 1)))];
};
const merge = (kept: readonly KeptRow[], reported: readonly LedgerRow[], changes: Partial<DayToMerge> = {}) =>
  mergeDay({
    day: '2026-10-10',
    kept,
    reported,
    isEdge: false,
    noticedOn: '2026-10-14',
    agrees: () => true,
    ...changes,
  });
const merged = (...[kept, reported, changes]: Parameters<typeof merge>): DayChange => {
  const change = merge(kept, reported, changes);
  if ('truncated' in change) throw new Error('it is truncated');
  return change;
};
const first = (reported: readonly LedgerRow[]) => keep([], merged([], reported));

describe('a day that is read again', () => {
  test('equal rows are normal: as many are kept as there are, and more than before are new', () => {
    const two = first([row(), row()]);
    expect(two.map(({ alike }) => alike)).toEqual([1, 2]);
    expect(merged(two, [row(), row(), row()]).added.map(({ alike }) => alike)).toEqual([3]);
  });

  test('unchanged it changes nothing', () => {
    const reported = [row(), row(), row({ quantity: 2 })];
    expect(merged(first(reported), reported.toReversed())).toEqual({ added: [], takenBack: [], changed: [] });
  });

  test('a title or a reconciled quantity identifies nothing and changes in place', () => {
    const kept = first([row()]);
    expect(merged(kept, [row({ title: 'Mug, blue', reconciled: 1, unreconciled: 0 })])).toEqual({
      added: [],
      takenBack: [],
      changed: [{ rowId: '1', title: 'Mug, blue', reconciled: 1, unreconciled: 0 }],
    });
  });

  test('fewer rows count where the summary agrees: what is gone is taken back on the day that it was noticed', () => {
    const kept = first([row(), row()]);
    const change = merged(kept, [row()]);
    expect(change.takenBack).toEqual([
      { rowId: '2', opposite: { ...row({ day: '2026-10-14', quantity: 1 }), alike: 2 } },
    ]);
    const after = keep(kept, change);
    // Read again nothing more is taken back, and one that comes again is a new row.
    expect(merged(after, [row()])).toEqual({ added: [], takenBack: [], changed: [] });
    expect(merged(after, [row(), row()]).added.map(({ alike }) => alike)).toEqual([3]);
  });

  test('fewer rows without a summary that agrees are a report that is not whole', () => {
    expect(merge(first([row(), row()]), [row()], { agrees: () => false })).toEqual({
      truncated: { day: '2026-10-10', sku: 'BLU-MUG', fnsku: 'X1', kept: 2, reported: 1 },
    });
  });

  test('the summary is asked for the group of what is gone, with the rows that the report has of it', () => {
    const asked: unknown[] = [];
    merge(first([row(), row({ sku: 'TEA' })]), [row({ quantity: 5 }), row({ sku: 'TEA' })], {
      agrees: ({ sku, disposition }, rows) => asked.push([sku, disposition, rows.map(({ quantity }) => quantity)]) > 0,
    });
    expect(asked).toEqual([['BLU-MUG', 'SELLABLE', [5]]]);
  });

  test('the first and last day of a report only add', () => {
    const change = merge(first([row(), row()]), [row({ quantity: 3 })], { isEdge: true, agrees: () => false });
    expect(change).toMatchObject({ added: [{ quantity: 3 }], takenBack: [] });
  });

  test('opposites of other days stand in no report and are never missed', () => {
    const opposite: KeptRow = { ...row({ quantity: 1 }), rowId: '9', alike: 1, takenBack: null, oppositeOf: '3' };
    expect(merged([opposite], [])).toEqual({ added: [], takenBack: [], changed: [] });
    // A real row that looks like it is a new one.
    expect(merged([opposite], [row({ quantity: 1 })]).added).toHaveLength(1);
  });

  test('in any order of reports the rows that stand are those of the last one', () => {
    const anyRow = fc.record({
      quantity: fc.constantFrom(-1, 1),
      disposition: fc.constantFrom('SELLABLE', 'DEFECTIVE'),
      title: fc.constantFrom('Mug', 'Mug, blue'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(anyRow, { maxLength: 6 }), { minLength: 1, maxLength: 6 }), (reports) => {
        let kept: KeptRow[] = [];
        for (const report of reports) kept = keep(kept, merged(kept, report.map(row)));
        const said = (rows: readonly LedgerRow[]) =>
          rows.map(({ quantity, disposition }) => `${quantity} ${disposition}`).sort();
        expect(said(kept.filter((one) => one.takenBack === null))).toEqual(said(reports.at(-1)!.map(row)));
        expect(merged(kept, reports.at(-1)!.map(row))).toMatchObject({ added: [], takenBack: [] });
      }),
    );
  });
});

describe('whether rows agree with the balance', () => {
  const balance = (ending: number, inTransit = 0): LedgerBalance => ({
    day: '2026-10-10',
    fnsku: 'X1',
    sku: 'BLU-MUG',
    asin: 'B0',
    disposition: 'SELLABLE',
    country: 'US',
    starting: 0,
    inTransit,
    ending,
    events: 0,
  });
  const between = row({ eventType: 'WhseTransfers', reason: '', quantity: -4 });

  test.each([
    ['what moved is the change', [row({ quantity: -2 })], balance(10), balance(8), true],
    ['one is missing', [row({ quantity: -1 })], balance(10), balance(8), false],
    ['units between centres are outside the ending balance and count', [between], balance(10), balance(6, 4), true],
    ['a move between centres is in no sum', [between, row()], balance(10), balance(9), true],
    ['without a row on the day the balance was carried on', [], balance(10), undefined, true],
    ['and then nothing may have moved', [row()], balance(10), undefined, false],
    [
      'the first row begins at nothing',
      [row({ quantity: 180 }), row({ quantity: -101 })],
      undefined,
      balance(79),
      true,
    ],
  ])('%s', (_, rows, before, on, agrees) => {
    expect(agreesWithBalance(rows, before, on)).toBe(agrees);
  });
});
