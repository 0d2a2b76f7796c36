import { describe, expect, test } from '@jest/globals';
import { Balances } from '../../../src/domain/stock/balances.ts';
import type { KeptRow } from '../../../src/domain/stock/kept-stock.ts';
import { LedgerTable } from '../../../src/domain/stock/ledger-table.ts';
import { mergeReport } from '../../../src/domain/stock/merge-report.ts';
import { identityOf } from '../../../src/domain/stock/row-identity.ts';
import type { LedgerBalance, LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { balance, ledgerRow, US } from './stock-flow.ts';

const DAY = '2026-10-05';
const row = (changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: DAY, reason: 'M', quantity: -1, ...changes });

/** What is kept, report by report, each from 1 to 10 October where nothing else is said. */
class Kept {
  rows: KeptRow[] = [];
  readonly #balances: readonly LedgerBalance[];

  constructor(...balances: readonly LedgerBalance[]) {
    this.#balances = balances;
  }

  take(rows: readonly LedgerRow[], { first = '2026-10-01', last = '2026-10-10' } = {}) {
    const { fresh, ...merged } = mergeReport(
      this.rows,
      { first, last, rows: LedgerTable.of(rows), seen: '2026-10-10T12:00:00Z' },
      {
        pools: [US],
        balances: new Balances(this.#balances),
        summarised: new Set(this.#balances.map(({ day }) => day)),
        today: '2026-10-10',
      },
    );
    const changed = new Map([...merged.takenBack, ...merged.changed].map((one) => [one.id, one]));
    this.rows = [...this.rows.map((one) => changed.get(one.id) ?? one), ...fresh];
    expect(new Set(this.rows.map(({ id }) => id)).size).toBe(this.rows.length);
    return { ...merged, fresh: [...fresh] };
  }
}

describe('a row is the same', () => {
  test.each<[string, Partial<LedgerRow>]>([
    ['another title', { title: 'Mug, blue' }],
    ['another ASIN', { asin: 'B2' }],
    ['fewer units unreconciled', { unreconciled: 0, reconciled: 1 }],
  ])('with %s', (_, changes) => {
    expect(identityOf(row(changes))).toBe(identityOf(row()));
  });

  test.each<[string, Partial<LedgerRow>]>([
    ['day', { day: '2026-10-06' }],
    ['FNSKU', { fnsku: 'X2' }],
    ['SKU', { sku: 'CUP' }],
    ['event type', { eventType: 'Receipts' }],
    ['reason', { reason: '5' }],
    ['reference', { reference: '77' }],
    ['centre', { centre: 'LAX9' }],
    ['country', { country: 'CA' }],
    ['disposition', { disposition: 'DEFECTIVE' }],
    ['quantity', { quantity: -2 }],
  ])('but not with another %s', (_, changes) => {
    expect(identityOf(row(changes))).not.toBe(identityOf(row()));
  });
});

describe('a report beside what is kept', () => {
  test('more equal rows than before are new ones, and each has an id of its own', () => {
    const kept = new Kept();
    expect([kept.take([row(), row()]), kept.take([row(), row(), row()])].map(({ fresh }) => fresh.length)).toEqual([
      2, 1,
    ]);
    expect(kept.rows.map(({ id }) => id.slice(-2))).toEqual(['#1', '#2', '#3']);
  });

  test('the same report again changes nothing', () => {
    const kept = new Kept();
    kept.take([row(), row()]);
    expect(kept.take([row(), row()])).toEqual({ fresh: [], takenBack: [], changed: [], truncated: [] });
  });

  test('what identifies nothing is kept as it is now', () => {
    const kept = new Kept();
    kept.take([row({ unreconciled: 1 })]);
    expect(kept.take([row({ unreconciled: 0, reconciled: 1 })]).changed).toMatchObject([
      { unreconciled: 0, reconciled: 1 },
    ]);
    expect(kept.rows).toHaveLength(1);
  });

  test.each([
    ['first', { first: DAY, last: '2026-10-10' }],
    ['last', { first: '2026-10-01', last: DAY }],
  ])('its %s day only adds', (_, span) => {
    const kept = new Kept();
    kept.take([row(), row()]);
    expect(kept.take([row()], span)).toMatchObject({ fresh: [], takenBack: [], truncated: [] });
    expect(kept.take([row({ quantity: -9 })], span)).toMatchObject({ fresh: [{ quantity: -9 }], takenBack: [] });
  });

  test('fewer between, where the summary of that day says the fewer: the row is taken back, with its opposite today', () => {
    const kept = new Kept(balance({ day: '2026-10-04', ending: 50 }), balance({ day: DAY, ending: 49 }));
    kept.take([row(), row()]);
    expect(kept.take([row()])).toMatchObject({
      fresh: [{ day: '2026-10-10', quantity: 1, origin: 'taken-back', opposes: kept.rows[1]!.id }],
      takenBack: [{ id: kept.rows[1]!.id, takenBack: '2026-10-10' }],
      truncated: [],
    });
    // It is gone: less of it again is none.
    expect(kept.take([row()])).toMatchObject({ fresh: [], takenBack: [] });
    // And a new one when it comes back, beside what took the first one back.
    expect(kept.take([row(), row()]).fresh.map(({ id }) => id.slice(-2))).toEqual(['#3']);
  });

  test.each<[string, LedgerBalance[]]>([
    ['no summary has come', []],
    ['the summary says the more', [balance({ day: '2026-10-04', ending: 50 }), balance({ day: DAY, ending: 48 })]],
    ['another disposition agrees', [balance({ day: DAY, disposition: 'DEFECTIVE', ending: -1 })]],
  ])('fewer between, and %s: the day stays out, all of it', (_, balances) => {
    const kept = new Kept(...balances);
    kept.take([row(), row()]);
    const other = row({ day: '2026-10-06' });
    expect(kept.take([row(), row({ quantity: -9 }), other])).toMatchObject({
      fresh: [{ day: '2026-10-06' }],
      takenBack: [],
      truncated: [DAY],
    });
  });

  test('days outside of its span are not its own', () => {
    const kept = new Kept();
    kept.take([row()]);
    expect(kept.take([], { first: '2026-10-06', last: '2026-10-10' })).toMatchObject({ takenBack: [], truncated: [] });
  });

  test('transfers between centres are kept, and count in no summary', () => {
    const kept = new Kept(balance({ day: DAY, ending: 0 }));
    const transfer = row({ eventType: 'WhseTransfers', reason: '', quantity: -4 });
    kept.take([transfer, transfer]);
    expect(kept.take([transfer]).takenBack).toHaveLength(1);
  });
});
