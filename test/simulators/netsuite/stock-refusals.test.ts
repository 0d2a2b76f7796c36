/** What an item or a day does not allow, for every document that moves stock, and where SuiteQL says so beforehand. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NetSuiteSeed } from '../../../src/simulators/netsuite/seed.ts';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { exampleSeed } from './example-seed.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

const REFUSED = 'Error while accessing a resource. ';
let netsuite: BareAccount;
let warehouse: Warehouse;

/** Items with lots, with serial numbers, in bins, and by the case. */
function seedWithDetails(): NetSuiteSeed {
  const seed = exampleSeed();
  const accounts = { incomeAccount: '4000', cogsAccount: '5000', assetAccount: '1200' } as const;
  const item = (itemId: string): NetSuiteSeed['items'][number] => ({
    itemId,
    type: 'InvtPart',
    displayName: itemId,
    ...accounts,
  });
  seed.locations.push({ name: 'Racks', usesBins: true });
  seed.unitsTypes = [
    {
      name: 'Count',
      units: [
        { name: 'Each', rate: 1 },
        { name: 'Case', rate: 12 },
      ],
    },
  ];
  seed.items.push(
    { ...item('LOT'), numbered: 'lot' },
    { ...item('SERIAL'), numbered: 'serial' },
    { ...item('BINNED'), usesBins: true },
    { ...item('BY-EACH'), stockUnit: 'Each', lastPurchasePrice: '4.125' },
    { ...item('BY-CASE'), stockUnit: 'Case' },
  );
  for (const { itemId } of seed.items.slice(-5))
    for (const { name } of seed.locations)
      seed.openingStock.push({ itemId, location: name, quantity: 50, unitCost: '2.00' });
  return seed;
}

beforeEach(async () => {
  netsuite = await openAccount({ seed: seedWithDetails() });
  warehouse = await warehouseOf(netsuite);
});
afterEach(() => netsuite.close());

const post = (path: string, body: Body): Promise<Reply> => netsuite.call('POST', `/record/v1/${path}`, body);
interface Move {
  item: string;
  from?: string;
  to?: string;
  tranDate?: string;
}
interface Call {
  path: string;
  body: Body;
}
/** Every way to move one unit, made ready as far as the call that moves it. */
const WAYS: Record<string, (move: Required<Move>) => Call | Promise<Call>> = {
  'inventory adjustment': ({ item, from, tranDate }) => ({
    path: 'inventoryAdjustment',
    body: {
      subsidiary: { id: '1' },
      account: warehouse.ref('6300'),
      tranDate,
      inventory: { items: [{ item: warehouse.ref(item), location: warehouse.ref(from), adjustQtyBy: 1 }] },
    },
  }),
  'inventory transfer': ({ item, from, to, tranDate }) => ({
    path: 'inventoryTransfer',
    body: {
      subsidiary: { id: '1' },
      location: warehouse.ref(from),
      transferLocation: warehouse.ref(to),
      tranDate,
      inventory: { items: [{ item: warehouse.ref(item), adjustQtyBy: 1 }] },
    },
  }),
  'fulfilment of a sales order': async ({ item, from, tranDate }) => {
    const order = await warehouse.order([{ item: warehouse.ref(item), quantity: 1, location: warehouse.ref(from) }]);
    return { path: `salesOrder/${order}/!transform/itemFulfillment`, body: { tranDate, shipStatus: { id: 'C' } } };
  },
  'fulfilment of a transfer order': async ({ tranDate, ...move }) => {
    const order = await transferOrder(move);
    return { path: `transferOrder/${order}/!transform/itemFulfillment`, body: { tranDate, shipStatus: { id: 'C' } } };
  },
  'receipt of a transfer order': async ({ tranDate, ...move }) => {
    const order = await transferOrder(move);
    await netsuite.create(`transferOrder/${order}/!transform/itemFulfillment`, {
      tranDate: '2026-10-01',
      shipStatus: { id: 'C' },
    });
    return { path: `transferOrder/${order}/!transform/itemReceipt`, body: { tranDate } };
  },
  'receipt of a return authorisation': async ({ item, from, tranDate }) => {
    const authorisation = await netsuite.create('returnAuthorization', {
      entity: warehouse.ref('Amazon US'),
      tranDate: '2026-10-01',
      orderStatus: { id: 'B' },
      item: { items: [{ item: warehouse.ref(item), quantity: 1, location: warehouse.ref(from) }] },
    });
    return { path: `returnAuthorization/${authorisation}/!transform/itemReceipt`, body: { tranDate } };
  },
  'stand-alone invoice': ({ item, from, tranDate }) => ({
    path: 'invoice',
    body: {
      entity: warehouse.ref('Amazon US'),
      tranDate,
      item: { items: [{ item: warehouse.ref(item), quantity: 1, rate: 5, location: warehouse.ref(from) }] },
    },
  }),
};
const ways = Object.keys(WAYS);

function transferOrder({ item, from, to }: Omit<Required<Move>, 'tranDate'>): Promise<string> {
  return netsuite.create('transferOrder', {
    subsidiary: { id: '1' },
    location: warehouse.ref(from),
    transferLocation: warehouse.ref(to),
    tranDate: '2026-10-01',
    orderStatus: { id: 'B' },
    item: { items: [{ item: warehouse.ref(item), quantity: 1 }] },
  });
}

async function prepare(way: string, move: Move): Promise<Call> {
  return WAYS[way]!({ from: 'FBA US', to: 'Merchant', tranDate: '2026-10-10', ...move });
}
async function answer(way: string, move: Move): Promise<Reply> {
  const { path, body } = await prepare(way, move);
  return post(path, body);
}

describe('lots, serial numbers and bins need `inventoryDetail`', () => {
  const sentence = `${REFUSED}Please configure the inventory detail in line 1 of the item list.`;

  // Lots never get as far as the receipt of a transfer order.
  test.each(ways.filter((way) => way !== 'receipt of a transfer order'))(
    '%s: "Please configure the inventory detail in line 1" (public integrations)',
    async (way) => {
      for (const item of ['LOT', 'SERIAL'])
        expect(errorOf(await answer(way, { item }))).toMatchObject({
          status: 400,
          code: 'USER_ERROR',
          detail: sentence,
        });
      expect((await answer(way, { item: 'SKU-A' })).text).toBe('');
    },
  );

  test.each(ways)('%s: an item in bins, only at a location that uses them', async (way) => {
    const atRacks = way === 'receipt of a transfer order' ? { to: 'Racks' } : { from: 'Racks' };
    expect(errorOf(await answer(way, { item: 'BINNED', ...atRacks })).detail).toBe(sentence);
    expect((await answer(way, { item: 'BINNED' })).text).toBe('');
  });

  test('what is sent as `inventoryDetail` is not built, and says so', async () => {
    const reply = await post('inventoryAdjustment', {
      subsidiary: { id: '1' },
      account: warehouse.ref('6300'),
      inventory: {
        items: [
          {
            item: warehouse.ref('LOT'),
            location: warehouse.ref('FBA US'),
            adjustQtyBy: 1,
            inventoryDetail: { quantity: 1 },
          },
        ],
      },
    });
    expect(reply.status).toBe(501);
  });
});

test('SuiteQL tells which items these are: islotitem, isserialitem, usebins (public queries), and REST has types of their own', async () => {
  expect(
    await netsuite.query(
      "SELECT itemid, itemtype, islotitem, isserialitem, usebins FROM item WHERE itemid IN ('LOT', 'SERIAL', 'BINNED', 'SKU-A') ORDER BY itemid",
    ),
  ).toEqual([
    { itemid: 'BINNED', itemtype: 'InvtPart', islotitem: 'F', isserialitem: 'F', usebins: 'T' },
    { itemid: 'LOT', itemtype: 'InvtPart', islotitem: 'T', isserialitem: 'F', usebins: 'F' },
    { itemid: 'SERIAL', itemtype: 'InvtPart', islotitem: 'F', isserialitem: 'T', usebins: 'F' },
    { itemid: 'SKU-A', itemtype: 'InvtPart', islotitem: 'F', isserialitem: 'F', usebins: 'F' },
  ]);
  expect(await netsuite.query("SELECT name FROM location WHERE usebins = 'T'")).toEqual([{ name: 'Racks' }]);
  const id = warehouse.ids['LOT'] ?? '';
  expect([
    (await netsuite.call('GET', `/record/v1/lotNumberedInventoryItem/${id}`)).status,
    (await netsuite.call('GET', `/record/v1/inventoryItem/${id}`)).status,
  ]).toEqual([200, 404]);
});

test('SuiteQL tells which items are not counted by their base unit (public queries join `unitstypeuom.internalid` to `item.stockunit`), and the last purchase price', async () => {
  expect(
    await netsuite.query(
      `SELECT i.itemid, BUILTIN.DF(i.stockunit) unit, u.conversionrate, u.baseunit, i.lastpurchaseprice
       FROM item i LEFT JOIN unitstypeuom u ON u.internalid = i.stockunit AND u.unitstype = i.unitstype
       WHERE i.itemid IN ('BY-EACH', 'BY-CASE', 'SKU-A') ORDER BY i.itemid`,
    ),
  ).toEqual([
    { itemid: 'BY-CASE', unit: 'Case', conversionrate: '12', baseunit: 'F' },
    { itemid: 'BY-EACH', unit: 'Each', conversionrate: '1', baseunit: 'T', lastpurchaseprice: '4.125' },
    { itemid: 'SKU-A' },
  ]);
  const { body } = await netsuite.call('GET', `/record/v1/inventoryItem/${warehouse.ids['BY-EACH']}`);
  expect(body['lastPurchasePrice']).toBe(4.125);
});

describe('a closed period', () => {
  const sentence = `${REFUSED}The transaction date is not within an open accounting period. One or more fields on this transaction can trigger inventory costing calculations in a closed period.`;
  const close = (closed: boolean): Promise<Reply> =>
    netsuite.admin('POST', '/admin/periods', { month: '2026-10', closed });
  test.each(ways.filter((way) => way !== 'stand-alone invoice'))(
    '%s is refused by its date, in the words that integrators report',
    async (way) => {
      const { path, body } = await prepare(way, { item: 'SKU-A' });
      await close(true);
      expect(errorOf(await post(path, body)).detail).toBe(sentence);
      await close(false);
      expect((await post(path, body)).status).toBe(204);
    },
  );

  test('what moved stock on a day that is closed by now stays, whatever period it has posted to', async () => {
    await netsuite.admin('POST', '/admin/switches', { dateOutsidePeriod: true });
    const [period] = await netsuite.query("SELECT id FROM accountingperiod WHERE periodname = 'Nov 2026'");
    const transfer = await post('inventoryTransfer', {
      subsidiary: { id: '1' },
      location: warehouse.ref('FBA US'),
      transferLocation: warehouse.ref('Merchant'),
      tranDate: '2026-10-10',
      postingPeriod: { id: period?.['id'] },
      inventory: { items: [{ item: warehouse.ref('SKU-A'), adjustQtyBy: 1 }] },
    });
    await close(true);
    const remove = (): Promise<Reply> => netsuite.call('DELETE', `/record/v1/inventoryTransfer/${transfer.id}`);
    expect(errorOf(await remove()).detail).toBe(sentence);
    await close(false);
    expect((await remove()).status).toBe(204);
  });
});
