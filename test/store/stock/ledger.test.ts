import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { LedgerBalance, LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { loadBalancesOn, loadSummarisedDays, saveBalances } from '../../../src/store/stock/ledger-balances.ts';
import { loadDayDigests, loadLedgerDay, loadLedgerRows, saveLedgerDay } from '../../../src/store/stock/ledger-rows.ts';
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

const change = (added: (LedgerRow & { alike: number })[], digest = 'a') => ({
  day: '2026-10-10',
  digest,
  rows: added.length,
  added,
  takenBack: [],
  changed: [],
});
const SEEN = '2026-10-11T00:00:00Z';

describe('rows of the ledger', () => {
  test('equal rows are kept as many as there are, and a second delivery adds none', async () => {
    const day = change([
      { ...row(), alike: 1 },
      { ...row(), alike: 2 },
    ]);
    await saveLedgerDay(db, connection, day, SEEN);
    await saveLedgerDay(db, connection, day, SEEN);
    const kept = await loadLedgerDay(db, connection, '2026-10-10');
    expect(kept.map(({ alike, quantity, takenBack }) => [alike, quantity, takenBack])).toEqual([
      [1, -1, null],
      [2, -1, null],
    ]);
    expect(kept[0]).toMatchObject(row());
    expect(await loadDayDigests(db, connection, '2026-10-01')).toEqual(new Map([['2026-10-10', 'a']]));
  });

  test('one that was taken back stays, with its opposite on the day that it was noticed, however often that is written', async () => {
    await saveLedgerDay(db, connection, change([{ ...row(), alike: 1 }]), SEEN);
    const [kept] = await loadLedgerDay(db, connection, '2026-10-10');
    const opposite = { ...row({ day: '2026-10-14', quantity: 1 }), alike: 1 };
    const taken = { ...change([], 'b'), takenBack: [{ rowId: kept!.rowId, opposite }] };
    await saveLedgerDay(db, connection, taken, SEEN);
    await saveLedgerDay(db, connection, taken, SEEN);
    const all = await loadLedgerRows(db, connection, { skus: ['BLU-MUG'], from: '2026-10-01' });
    expect(all.map(({ day, quantity, takenBack, oppositeOf }) => [day, quantity, takenBack, oppositeOf])).toEqual([
      ['2026-10-10', -1, '2026-10-14', null],
      ['2026-10-14', 1, null, kept!.rowId],
    ]);
  });

  test('a real row that looks like an opposite is another one', async () => {
    await saveLedgerDay(db, connection, change([{ ...row(), alike: 1 }]), SEEN);
    const [kept] = await loadLedgerDay(db, connection, '2026-10-10');
    const found = { ...row({ day: '2026-10-14', quantity: 1 }), alike: 1 };
    await saveLedgerDay(db, connection, { ...change([found]), day: '2026-10-14' }, SEEN);
    await saveLedgerDay(
      db,
      connection,
      { ...change([], 'b'), takenBack: [{ rowId: kept!.rowId, opposite: found }] },
      SEEN,
    );
    expect(await loadLedgerDay(db, connection, '2026-10-14')).toHaveLength(2);
  });

  test('title and reconciled quantities change in place', async () => {
    await saveLedgerDay(db, connection, change([{ ...row(), alike: 1 }]), SEEN);
    const [kept] = await loadLedgerDay(db, connection, '2026-10-10');
    const now = { rowId: kept!.rowId, title: 'Mug, blue', reconciled: 1, unreconciled: 0 };
    await saveLedgerDay(db, connection, { ...change([], 'c'), changed: [now] }, SEEN);
    expect(await loadLedgerDay(db, connection, '2026-10-10')).toMatchObject([now]);
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
    expect(await loadSummarisedDays(db, connection, '2026-10-11')).toEqual(['2026-10-11', '2026-10-12']);
  });
});
