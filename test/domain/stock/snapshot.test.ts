import { describe, expect, test } from '@jest/globals';
import { judgeSnapshot, sellableNow } from '../../../src/domain/stock/snapshot.ts';
import type { LedgerRow, SnapshotRow } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow } from './stock-flow.ts';

const held = (sku: string, fulfillable: number): SnapshotRow => ({
  sku,
  fnsku: sku,
  asin: '',
  fulfillable,
  reserved: { total: 2, customerOrders: 1, betweenCentres: 1, processing: 0 },
  researching: 1,
  unfulfillable: 1,
  inbound: { working: 0, shipped: 9, receiving: 0 },
});
const SKUS = Array.from({ length: 20 }, (_, index) => `S${index}`);
const all = SKUS.map((sku) => held(sku, 6));

test('reserved units and those that are looked for are beside sellable', () => {
  expect(sellableNow(held('S1', 6))).toBe(9);
});

describe('a snapshot is taken', () => {
  const shipped = (sku: string, quantity: number): LedgerRow =>
    ledgerRow({ day: '2026-10-10', sku, eventType: 'Shipments', quantity });
  test.each<[boolean, string, SnapshotRow[] | null, SnapshotRow[], LedgerRow[]]>([
    [true, 'the first as it is', null, [], []],
    [true, 'with as much as before', all, all, []],
    [true, 'with 90 % of the SKUs', all, all.slice(2), []],
    [false, 'with less of them', all, all.slice(3), []],
    [false, 'with fewer units', all, all.map((row) => ({ ...row, fulfillable: 4 })), []],
    [
      true,
      'with fewer units that were shipped since',
      all,
      all.map((row) => ({ ...row, fulfillable: 4 })),
      SKUS.map((sku) => shipped(sku, -2)),
    ],
    [
      true,
      'without SKUs that were sold out since',
      all,
      all.slice(3),
      SKUS.slice(0, 3).map((sku) => shipped(sku, -10)),
    ],
    [
      false,
      'without SKUs of which others were shipped',
      all,
      all.slice(3),
      SKUS.slice(3).map((sku) => shipped(sku, -2)),
    ],
    [false, 'empty', all, [], []],
  ])('%s: %s', (isTaken, _, before, now, rows) => {
    expect(judgeSnapshot(before, now, rows).isTaken).toBe(isTaken);
  });
});
