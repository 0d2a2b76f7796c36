/** Documents of stock explained: what they are, why they were made, and the rows that each line answers. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Adjustment } from '../../../src/domain/stock/kept-stock.ts';
import { whyMade } from '../../../src/domain/stock/render-stock-document.ts';
import { stockDocumentView } from '../../../src/views/documents/stock-document-view.ts';
import { plain } from '../plain-json.ts';
import { SHIPPED, STOCK, storeAnswered, storeApprovedOpening, storeStock } from '../stock/stored-stock.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;
beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
  await storeStock(world.store);
  await storeApprovedOpening(world.store);
  await storeAnswered(world.store);
});
afterAll(() => world.stop());

const view = async (externalId: string, number: number | null = null) =>
  plain(await stockDocumentView(world.source, externalId, number));

test('the opening says what it is', async () => {
  expect(await view('AMZ_demo-us_ADJ_us-opening_1')).toMatchObject({
    kind: 'adjustment',
    pool: 'us',
    date: '2026-10-01',
    state: 'posted',
    netsuiteId: '8001',
    role: 'opening-balance',
    because: 'the opening: what Amazon held when 30 Sep 2026 ended, less what NetSuite did',
    lines: [{ line: 1, item: 'BLU-MUG', place: 'sellable', units: 2, unitCost: '6.00', event: '', rows: [] }],
  });
});

test('a transfer of a shipment names it and both places', async () => {
  expect(await view('AMZ_demo-us_TRF_FBA15DEMO1-20261006-inTransit-sellable_1')).toMatchObject({
    kind: 'transfer',
    role: null,
    account: null,
    shipment: 'FBA15DEMO1',
    because: "rows of Amazon's ledger",
    lines: [{ item: 'BLU-MUG', place: 'inTransit → sellable', units: 24, event: 'Receipts' }],
  });
});

const ADJUSTED = 'AMZ_demo-us_ADJ_us-20261019-inventory-loss_1';

test('a line has the rows that it answers, with the units of each', async () => {
  const { lines, isHeld } = await view(ADJUSTED);
  expect(isHeld).toBe(true);
  expect(lines.map(({ line, rows }) => [line, rows.length])).toEqual([
    [1, 0],
    [2, 1],
  ]);
  expect(await view(ADJUSTED, 2)).toMatchObject({
    lines: [
      {
        line: 2,
        rows: [{ row: SHIPPED.id, day: '2026-10-19', what: 'Shipments −2 of TEA-TIN (PHX7)', units: -2 }],
      },
    ],
  });
});

test.each([
  ['a line that is not there', ADJUSTED, 3, 'has no line 3'],
  ['a document that is not there', 'AMZ_demo-us_ADJ_us-opening_2', null, 'No document'],
])('%s is refused', async (_, externalId, number, what) => {
  await expect(view(externalId, number)).rejects.toMatchObject({
    notice: { code: 'not-found', what: expect.stringContaining(what) },
  });
});

test.each([
  ['us-c9100', 'a person had movement 9100 of NetSuite countered'],
  ['us-20261020-map', 'a SKU was mapped to another item: what Amazon has of it moves with it'],
  ['us-20261020-gap', "a person closed a gap of Amazon's balance"],
  ['FBA1-lost', 'a person said that units of the shipment are lost'],
  ['us-20261020-inventory-loss', "rows of Amazon's ledger"],
])('%s was made by %s', (businessKey, words) => {
  const adjustment: Adjustment = {
    key: { connection: 'demo-us', purpose: 'ADJ', businessKey, part: 1 },
    pool: 'us',
    day: '2026-10-20',
    memo: '',
    hold: null,
    shipmentId: null,
    role: 'inventory-loss',
    accountOf: null,
    lines: [],
  };
  expect(whyMade(adjustment)).toBe(words);
});
