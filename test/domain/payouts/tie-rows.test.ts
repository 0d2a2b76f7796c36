/** Which document owns which rows: worked cases. */
import { describe, expect, test } from '@jest/globals';
import { INVOICE } from '../../../src/domain/posting-modes/invoice.ts';
import { planApplications, partition } from '../../../src/domain/payouts/plan-applications.ts';
import { tieRows, type TieableDocument, type TieableRow } from '../../../src/domain/payouts/tie-rows.ts';
import { clearedClaims, missingGroups } from '../../../src/domain/payouts/tieable.ts';

const ORDER = '113-1000001-0000001';
let line = 0;
const row = (
  kind: TieableRow['kind'],
  amount: bigint,
  postedAt: string,
  more: Partial<TieableRow> = {},
): TieableRow => {
  line += 1;
  return { line, ordinal: 0, kind, orderId: ORDER, shipmentId: null, sku: 'PAN', postedAt, amount, ...more };
};
const document = (
  externalId: string,
  total: bigint,
  at: string,
  more: Partial<TieableDocument> = {},
): TieableDocument => ({
  externalId,
  purpose: externalId.startsWith('INV') ? 'INV' : 'CM',
  of: externalId.startsWith('INV') ? 'sale' : 'refund',
  orderId: ORDER,
  shipmentId: null,
  at,
  total,
  skus: ['PAN'],
  posted: true,
  settledElsewhere: false,
  ...more,
});
const ties = (rows: readonly TieableRow[], documents: readonly TieableDocument[]) =>
  tieRows(rows, documents).map(({ kind, amount, document: tied }) => [kind, amount, tied]);

const T1 = '2026-10-10T15:00:00Z';
const T2 = '2026-10-11T15:00:00Z';
const T3 = '2026-10-12T16:00:00Z';

describe('a sale', () => {
  test('below zero is the memo of its shipment, beside an invoice of nothing', () => {
    const invoice = document('INV 1', 0n, T1, { shipmentId: 'Na' });
    const memo = document('CM 1', 100n, T1, { of: 'sale', shipmentId: 'Na' });
    expect(
      ties(
        [row('sale', 1100n, T1, { shipmentId: 'Na' }), row('sale', -1200n, T1, { shipmentId: 'Na' })],
        [invoice, memo],
      ),
    ).toEqual([['sale', -100n, 'CM 1']]);
    // Amazon's rows come to nothing, and the memo is of 1.00: they are its rows, settled for another amount.
    expect(ties([row('sale', 0n, T1, { shipmentId: 'Na' })], [invoice, memo])).toEqual([['sale', 0n, 'CM 1']]);
  });
  test("below zero without a shipment id is found by its amount, and takes no refund's memo", () => {
    const ofRefund = document('CM 0', 100n, T1);
    expect(
      ties([row('sale', -100n, T1)], [ofRefund, document('CM 1', 100n, T1, { of: 'sale', shipmentId: 'Na' })]),
    ).toEqual([['sale', -100n, 'CM 1']]);
    expect(ties([row('sale', -100n, T1)], [ofRefund])).toEqual([['sale', -100n, null]]);
  });
  test("that Amazon settles below zero against an invoice alone is that invoice's, and nothing of it can be applied", () => {
    const groups = tieRows(
      [row('sale', -200n, T1, { shipmentId: 'Na' })],
      [document('INV 1', 300n, T1, { shipmentId: 'Na' })],
    );
    expect(groups[0]).toMatchObject({ document: 'INV 1', documentPurpose: 'INV' });
    expect(planApplications(groups, INVOICE)).toEqual([]);
  });
  test('is found by its items where two of the order went for one amount', () => {
    const documents = [
      document('INV 1', 1000n, T1, { skus: ['POT'], shipmentId: 'S1' }),
      document('INV 2', 1000n, T2, { skus: ['PAN'], shipmentId: 'S2' }),
    ];
    expect(ties([row('sale', 1000n, T1)], documents)).toEqual([['sale', 1000n, 'INV 2']]);
    expect(ties([row('sale', 1000n, T1, { sku: null })], documents)).toEqual([['sale', 1000n, 'INV 1']]);
  });
});

describe('refunds', () => {
  test('of equal amounts go to the nearest memos, in whatever order the rows stand', () => {
    const documents = [
      document('CM a', 1000n, '2026-10-10T14:00:00Z'),
      document('CM b', 1000n, '2026-10-12T15:00:00Z'),
    ];
    // The first row alone would take CM b's place: 10 October is nearer to CM a.
    expect(ties([row('refund', -1000n, T3), row('refund', -1000n, T1)], documents)).toEqual([
      ['refund', -1000n, 'CM b'],
      ['refund', -1000n, 'CM a'],
    ]);
    expect(ties([row('refund', -1000n, T1), row('refund', -1000n, T3)], documents)).toEqual([
      ['refund', -1000n, 'CM a'],
      ['refund', -1000n, 'CM b'],
    ]);
  });
  test('of two items for one amount are not swapped', () => {
    const documents = [
      document('CM pot', 1000n, T1, { skus: ['POT'] }),
      document('CM pan', 1000n, T3, { skus: ['PAN'] }),
    ];
    expect(
      ties(
        [row('refund', -1000n, T2, { sku: 'PAN' }), row('refund', -1000n, '2026-10-11T16:00:00Z', { sku: 'POT' })],
        documents,
      ),
    ).toEqual([
      ['refund', -1000n, 'CM pan'],
      ['refund', -1000n, 'CM pot'],
    ]);
  });
  test('do not take a memo that another settlement has settled', () => {
    expect(ties([row('refund', -1000n, T2)], [document('CM a', 1000n, T1, { settledElsewhere: true })])).toEqual([
      ['refund', -1000n, null],
    ]);
  });
  test('that Amazon takes back are the invoice of the refund', () => {
    const documents = [document('INV back', 5000n, T2, { of: 'refund' }), document('INV sale', 5000n, T1)];
    const groups = tieRows([row('refund', 5000n, T2)], documents);
    expect(groups[0]).toMatchObject({ document: 'INV back', documentPurpose: 'INV' });
    expect(planApplications(groups, INVOICE)).toEqual([{ document: 'INV back', kind: 'PAY', amount: 5000n }]);
  });
  test('of one second and another amount than the memo are its rows: a difference for a person, not a missing document', () => {
    expect(ties([row('refund', -1200n, T1)], [document('CM a', 1000n, T1)])).toEqual([['refund', -1200n, 'CM a']]);
    expect(ties([row('refund', -1200n, T1), row('refund', 1200n, T1)], [document('CM a', 1000n, T1)])).toEqual([
      ['refund', 0n, 'CM a'],
    ]);
  });
  test('of one second with a memo each are divided between them', () => {
    const rows = [row('refund', -1000n, T1), row('refund', -1000n, T1), row('refund', -500n, T1)];
    expect(ties(rows, [document('CM 1', 1500n, T1), document('CM 1-2', 1000n, T1)])).toEqual([
      ['refund', -1500n, 'CM 1'],
      ['refund', -1000n, 'CM 1-2'],
    ]);
  });
  test('of one second of which Finances told one unit so far: the other waits for its own memo', () => {
    const groups = tieRows([row('refund', -1000n, T1), row('refund', -1000n, T1)], [document('CM 1', 1000n, T1)]);
    expect(groups.map(({ amount, document: tied }) => [amount, tied])).toEqual([
      [-1000n, 'CM 1'],
      [-1000n, null],
    ]);
    expect(missingGroups(groups)).toHaveLength(1);
  });
  test('keep the memo that a payment has applied, and what is new of their second finds its own', () => {
    const rows = [row('refund', -1000n, T1, { held: 'CM 1' }), row('refund', -1000n, T1)];
    expect(ties(rows, [document('CM 1', 1000n, T1), document('CM 1-2', 1000n, T1)])).toEqual([
      ['refund', -1000n, 'CM 1'],
      ['refund', -1000n, 'CM 1-2'],
    ]);
  });
  test('miss their document while it is only written down', () => {
    const groups = tieRows([row('refund', -1000n, T1)], [document('CM 1', 1000n, T1, { posted: false })]);
    expect(groups[0]).toMatchObject({ document: null, awaits: 'CM 1' });
    expect(missingGroups(groups)).toHaveLength(1);
  });
});

describe('a claim', () => {
  test("clears against the memo of its order and amount, and is the journal's without one", () => {
    const rows = [row('claim', -1000n, T1)];
    expect(clearedClaims(tieRows(rows, [document('CM 1', 1000n, T2)])).size).toBe(1);
    const alone = tieRows(rows, [document('CM 1', 900n, T2)]);
    expect([clearedClaims(alone).size, missingGroups(alone)]).toEqual([0, []]);
  });
  test('clears against a memo that is on its way, and misses it until it is posted', () => {
    const groups = tieRows([row('claim', -1000n, T1)], [document('CM 1', 1000n, T1, { posted: false })]);
    expect([clearedClaims(groups).size, missingGroups(groups).length]).toEqual([1, 1]);
  });
  test('and a refund of equal amounts each take their own memo, though the claim stands first', () => {
    expect(ties([row('claim', -1000n, T1), row('refund', -1000n, T2)], [document('CM r', 1000n, T2)])).toEqual([
      ['claim', -1000n, null],
      ['refund', -1000n, 'CM r'],
    ]);
  });
  test('that its journal has cleared is never without a word about its missing memo', () => {
    expect(missingGroups(tieRows([row('claim', -1000n, T1, { cleared: true })], []))).toHaveLength(1);
  });
});

test('a share of nothing is no share: it would leave no record', () => {
  expect(() => partition([{ document: 'INV 1', kind: 'PAY', amount: 0n }], 200, { PAY: 0, RFD: 0 })).toThrow(
    'nothing of INV 1',
  );
});
