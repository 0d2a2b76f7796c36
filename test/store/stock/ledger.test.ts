import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { LedgerBalance, LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { loadBalancesOn, loadSummarisedDays, saveBalances } from '../../../src/store/stock/ledger-balances.ts';
import {
  insertLedgerRows,
  loadDayDigests,
  loadLedgerDay,
  loadLedgerRows,
  saveLedgerDay,
  type LedgerDayChange,
} from '../../../src/store/stock/ledger-rows.ts';
import { lastDayWithin } from '../../../src/store/stock/kept-stock.ts';
import { identityOf, oppositeOf, rowId } from '../../../src/domain/stock/row-identity.ts';
import { Balances } from '../../../src/domain/stock/balances.ts';
import { FreshRows } from '../../../src/domain/stock/fresh-rows.ts';
import type { KeptRow } from '../../../src/domain/stock/kept-stock.ts';
import { LedgerTable } from '../../../src/domain/stock/ledger-table.ts';
import { mergeReport } from '../../../src/domain/stock/merge-report.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';
import { ledgerRow as row } from '../../domain/stock/ledger-row.ts';

let postgres: FreshPostgres;
let db: FreshPostgres['store']['db'];
let connection = '';
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({
    store: { db },
  } = postgres);
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => {
  connections += 1;
  connection = `demo-${connections}`;
});

const SEEN = '2026-10-11T00:00:00Z';
const kept = (number: number, changes: Partial<LedgerRow> = {}): KeptRow => ({
  ...row(changes),
  id: rowId(identityOf(row(changes)), number),
  pool: 'us',
  origin: 'ledger',
  seen: SEEN,
  takenBack: null,
  opposes: null,
  own: null,
});
const change = (fresh: KeptRow[], digest = 'a'): LedgerDayChange => ({
  day: '2026-10-10',
  digest,
  rows: fresh.length,
  fresh: new FreshRows(new LedgerTable(), SEEN, fresh),
  takenBack: [],
  changed: [],
});

describe('rows of the ledger', () => {
  test('equal rows are kept as many as there are, and a second delivery adds none', async () => {
    const day = change([kept(1), kept(2)]);
    await saveLedgerDay(db, connection, day);
    await saveLedgerDay(db, connection, day);
    expect(await loadLedgerDay(db, connection, '2026-10-10')).toEqual([kept(1), kept(2)]);
    expect(await loadDayDigests(db, connection, '2026-10-01')).toEqual(new Map([['2026-10-10', 'a']]));
  });

  test('what a report tells is kept as it tells it, however many rows it has', async () => {
    const day = '2026-10-10';
    const told = Array.from({ length: 10_005 }, (_, index) =>
      row({
        day,
        sku: `MUG-${index % 7}`,
        quantity: -(index % 3),
        title: index % 2 ? 'Tasse, groß' : '',
        unreconciled: index % 5 || null,
      }),
    );
    const { fresh } = mergeReport(
      [],
      { first: day, last: day, rows: LedgerTable.of(told), seen: SEEN },
      { pools: [], balances: new Balances([]), summarised: new Set(), today: day },
    );
    await saveLedgerDay(db, connection, { ...change([]), fresh });
    const byId = (a: KeptRow, b: KeptRow) => (a.id < b.id ? -1 : 1);
    expect((await loadLedgerDay(db, connection, day)).sort(byId)).toEqual([...fresh].sort(byId));
    expect(fresh.length).toBe(told.length);
  });

  test('one that was taken back stays, with its opposite on the day that it was noticed, however often that is written', async () => {
    await saveLedgerDay(db, connection, change([kept(1)]));
    const opposite = oppositeOf(kept(1), { day: '2026-10-14', seen: SEEN });
    const taken = { ...change([opposite], 'b'), takenBack: [{ ...kept(1), takenBack: '2026-10-14' }] };
    await saveLedgerDay(db, connection, taken);
    await saveLedgerDay(db, connection, taken);
    const all = await loadLedgerRows(db, connection, { skus: ['BLU-MUG'], from: '2026-10-01' });
    expect(all.map(({ day, quantity, takenBack, opposes }) => [day, quantity, takenBack, opposes])).toEqual([
      ['2026-10-10', -1, '2026-10-14', null],
      ['2026-10-14', 1, null, kept(1).id],
    ]);
  });

  test('title and reconciled quantities change in place', async () => {
    await saveLedgerDay(db, connection, change([kept(1)]));
    const now = { ...kept(1), title: 'Mug, blue', reconciled: 1, unreconciled: 0 };
    await saveLedgerDay(db, connection, { ...change([], 'c'), changed: [now] });
    expect(await loadLedgerDay(db, connection, '2026-10-10')).toEqual([now]);
  });

  test('one run takes so many rows more than the run before, at least a day', async () => {
    const rows = (day: string, count: number) => Array.from({ length: count }, (_, index) => kept(index + 1, { day }));
    for (const [day, count] of [
      ['2026-10-10', 3],
      ['2026-10-11', 2],
      ['2026-10-12', 4],
    ] as const)
      await insertLedgerRows(db, connection, rows(day, count));
    const within = (after: string | null, rows: number) => lastDayWithin(db, connection, { after, rows });
    expect(await within(null, 9)).toBeNull();
    expect(await within(null, 8)).toBe('2026-10-11');
    expect(await within(null, 2)).toBe('2026-10-10');
    expect(await within('2026-10-10', 2)).toBe('2026-10-11');
    expect(await within('2026-10-11', 2)).toBe('2026-10-12');
    expect(await within('2026-10-11', 4)).toBeNull();
    expect(await within('2026-10-12', 1)).toBeNull();
  });

  test('a row of ours keeps what it moves', async () => {
    const own: KeptRow = { ...kept(1), id: 'gap 1', origin: 'gap', own: { item: 'MUG', units: -3 } };
    await insertLedgerRows(db, connection, [own]);
    expect(await loadLedgerDay(db, connection, '2026-10-10')).toEqual([own]);
  });
});

describe('balances', () => {
  const balance = (changes: Partial<LedgerBalance>): LedgerBalance => ({
    day: '2026-10-10',
    fnsku: 'X1',
    sku: 'BLU-MUG',
    asin: 'B0',
    disposition: 'SELLABLE',
    country: 'US',
    starting: 0,
    inTransit: 2,
    ending: 10,
    events: 10,
    ...changes,
  });

  test('one without a row keeps its last; a later summary of a day replaces the earlier one', async () => {
    const first = [balance({}), balance({ sku: 'TEA', fnsku: 'X2', ending: 5 })];
    await saveBalances(db, connection, { balances: first, days: ['2026-10-10'] }, SEEN);
    const second = [balance({ day: '2026-10-11', starting: 10, ending: 9, events: -1 })];
    await saveBalances(db, connection, { balances: second, days: ['2026-10-11', '2026-10-12'] }, SEEN);
    await saveBalances(db, connection, { balances: [balance({ ending: 11 }), first[1]!], days: ['2026-10-10'] }, SEEN);
    const on = async (day: string) =>
      (await loadBalancesOn(db, connection, day)).map(({ sku, ending, inTransit }) => [sku, ending, inTransit]);
    expect(await on('2026-10-09')).toEqual([]);
    expect(await on('2026-10-10')).toEqual([
      ['BLU-MUG', 11, 2],
      ['TEA', 5, 2],
    ]);
    expect(await on('2026-10-12')).toEqual([
      ['BLU-MUG', 9, 2],
      ['TEA', 5, 2],
    ]);
    // A day on which nothing moved has come as well.
    expect(await loadSummarisedDays(db, connection, '2026-10-11')).toEqual(
      ['2026-10-11', '2026-10-12'].map((day) => ({ day, readAt: SEEN })),
    );
  });
});
