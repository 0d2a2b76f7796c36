/** Rows of a corrected document: the correction owns its part of them. */
import { expect, test } from '@jest/globals';
import { withCorrections } from '../../../src/domain/payouts/rows-of-corrections.ts';
import type { TieableRow, TiedGroup } from '../../../src/domain/payouts/tie-rows.ts';

const row = (line: number, amount: bigint, of: Partial<TieableRow> = {}): TieableRow => ({
  line,
  ordinal: 0,
  kind: 'sale',
  orderId: '202-1',
  shipmentId: 'S1',
  sku: 'POT',
  postedAt: '2026-10-28T12:00:00Z',
  amount,
  ...of,
});
const PRICE = row(1, 10000n);
const TAX = row(2, 2000n, { tax: true });
const WITHHELD = row(3, -2000n, { tax: true, withheld: true });
const group = (rows: TieableRow[], amount: bigint): TiedGroup => ({
  orderId: '202-1',
  kind: 'sale',
  shipmentId: 'S1',
  postedAt: '2026-10-28T12:00:00Z',
  rows,
  amount,
  document: 'invoice',
  documentPurpose: 'INV',
  awaits: null,
});
const said = (groups: readonly TiedGroup[]) =>
  groups.map(({ document, documentPurpose, amount, rows }) => [
    document,
    documentPurpose,
    amount,
    rows.map(({ line }) => line),
  ]);

test('a credit memo has what Amazon withheld, and the invoice is settled whole', () => {
  expect(
    said(
      withCorrections(
        [group([PRICE, TAX, WITHHELD], 10000n)],
        [{ externalId: 'memo', purpose: 'CM', corrects: 'invoice' }],
      ),
    ),
  ).toEqual([
    ['invoice', 'INV', 12000n, [1, 2]],
    ['memo', 'CM', -2000n, [3]],
  ]);
});

test('an invoice of the tax has the rows of tax', () => {
  expect(
    said(withCorrections([group([PRICE, TAX], 12000n)], [{ externalId: 'tax', purpose: 'INV', corrects: 'invoice' }])),
  ).toEqual([
    ['invoice', 'INV', 10000n, [1]],
    ['tax', 'INV', 2000n, [2]],
  ]);
});

test('what is not corrected stays as it is', () => {
  const groups = [group([PRICE, TAX], 12000n), { ...group([PRICE], 10000n), document: null, documentPurpose: null }];
  expect(withCorrections(groups, [{ externalId: 'memo', purpose: 'CM', corrects: 'another' }])).toEqual(groups);
  // Rows of a report that was issued again no longer withhold anything.
  expect(withCorrections(groups.slice(0, 1), [{ externalId: 'memo', purpose: 'CM', corrects: 'invoice' }])).toEqual(
    groups.slice(0, 1),
  );
});
