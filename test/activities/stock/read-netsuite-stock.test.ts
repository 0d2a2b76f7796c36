import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { checkConnection } from '../../../src/activities/setup/check-connection.ts';
import { readNetSuiteStock } from '../../../src/activities/stock/read-netsuite-stock.ts';
import type { MovementWish, NetSuiteStockReads } from '../../../src/clients/netsuite/stock-reads.ts';
import type { NetSuiteStockReading } from '../../../src/contracts/stock/stock-activities.ts';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { forgetMark } from '../../../src/store/intake/marks.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { saveInbound } from '../../../src/store/stock/inbound.ts';
import { loadMovements } from '../../../src/store/stock/netsuite-movements.ts';
import { loadMatchedSkus, loadNetSuiteStock } from '../../../src/store/stock/netsuite-stock.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { openStockedAccount, peopleIn, PLACES, SELLABLE } from './netsuite-stock-setup.ts';

let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
let account: AccountUnderTest;
let people: ReturnType<typeof peopleIn>;
afterEach(() => account.close());
afterAll(() => postgres?.stop());

async function open(options?: Parameters<typeof openStockedAccount>[1]): Promise<void> {
  account = await openStockedAccount(postgres, options);
  people = peopleIn(account);
}
const read = () => account.run<object, NetSuiteStockReading>(readNetSuiteStock);
const map = (sku: string, item: string) =>
  storeDecision(
    account.connection.db,
    account.name,
    { kind: 'sku', key: sku, spelled: sku, choice: item, by: 'ana', why: null },
    '2026-11-16T20:00:00Z',
  );
const movements = async () =>
  (await loadMovements(account.connection.db, account.name)).map(
    ({ day, type, item, location, units }) => `${day} ${type} ${item} ${units} at ${location}`,
  );
const stock = async () => (await loadNetSuiteStock(account.connection.db, account.name))!;
const units = async (item: string) =>
  Object.fromEntries(
    (await stock()).onHand.filter((one) => one.item === item).map(({ location, onHand }) => [location, onHand]),
  );

/** The same connection, with other answers on stock. */
const withReads = (connection: Connection, reads: NetSuiteStockReads): Connection => ({
  ...connection,
  netsuite: { ...connection.netsuite, stock: reads },
});

const OPENING = [`2026-07-01 InvAdjst BLU-MUG 68 at ${SELLABLE}`, `2026-07-01 InvAdjst TEA 20 at ${SELLABLE}`];

describe('movements', () => {
  test('are read once whole, then those of documents that changed; what is in the warehouse is not ours to count', async () => {
    await open();
    expect(await read()).toEqual({ documents: 1, readAgain: false });
    expect(await movements()).toEqual(OPENING);
    expect(await read()).toEqual({ documents: 0, readAgain: false });
    await people.adjust([
      ['BLU-MUG', -5],
      ['BLU-MUG', 3, PLACES.unsellable],
      ['BLU-MUG', -1, PLACES.source],
    ]);
    expect(await read()).toEqual({ documents: 1, readAgain: false });
    expect(await movements()).toEqual([
      ...OPENING,
      `2026-11-15 InvAdjst BLU-MUG -5 at ${SELLABLE}`,
      `2026-11-15 InvAdjst BLU-MUG 3 at ${PLACES.unsellable}`,
    ]);
    expect(await units('BLU-MUG')).toEqual({ [SELLABLE]: 63, [PLACES.unsellable]: 3, [PLACES.source]: 499 });
  });

  test('carry who made them: key, memo and number', async () => {
    await open();
    const id = await people.adjust([['BLU-MUG', -2]], { externalId: `AMZ_${account.name}_ADJ_us-20261115_1` });
    await read();
    expect((await loadMovements(account.connection.db, account.name)).at(-1)).toEqual({
      netsuiteId: id,
      line: 1,
      type: 'InvAdjst',
      tranId: expect.any(String),
      externalId: `AMZ_${account.name}_ADJ_us-20261115_1`,
      memo: 'counted',
      day: '2026-11-15',
      item: 'BLU-MUG',
      location: SELLABLE,
      units: -2,
    });
  });

  test('one that is edited is as it is now', async () => {
    await open();
    const id = await people.adjust([['BLU-MUG', -5]]);
    await read();
    await people.edit(id, -2);
    expect(await read()).toEqual({ documents: 1, readAgain: false });
    expect((await movements()).slice(2)).toEqual([`2026-11-15 InvAdjst BLU-MUG -2 at ${SELLABLE}`]);
  });

  test('one that is deleted leaves no trace but on hand: its items are read again, once', async () => {
    await open();
    const id = await people.adjust([['BLU-MUG', -5]]);
    await people.adjust([['TEA', -1]]);
    await read();
    await account.deleteDocument('inventoryAdjustment', id);
    expect(await read()).toEqual({ documents: 1, readAgain: true });
    expect(await movements()).toEqual([...OPENING, `2026-11-15 InvAdjst TEA -1 at ${SELLABLE}`]);
    expect(await units('BLU-MUG')).toEqual({ [SELLABLE]: 68, [PLACES.source]: 500 });
    expect(await read()).toEqual({ documents: 0, readAgain: false });
  });

  test('what stays apart from on hand is read again once, and again when it is another difference', async () => {
    await open();
    await read();
    const { stock: reads } = account.connection.netsuite;
    let missing = 1;
    const attempt = () =>
      account.run((connection: Connection) =>
        readNetSuiteStock(
          withReads(connection, {
            ...reads,
            atLocations: async (locations, items) =>
              (await reads.atLocations(locations, items)).map((one) => ({ ...one, onHand: one.onHand - missing })),
          }),
        ),
      );
    const readings = [await attempt(), await attempt()];
    missing = 2;
    readings.push(await attempt());
    expect(readings.map(({ readAgain }) => readAgain)).toEqual([true, false, true]);
    expect(await movements()).toEqual(OPENING);
  });

  test('what is apart at one reading after the other is raised for each item, and ends when they agree', async () => {
    await open();
    await read();
    const { stock: reads } = account.connection.netsuite;
    const { db } = account.connection;
    const attempt = async (missing: Record<string, number>) => {
      await account.run((connection: Connection) =>
        readNetSuiteStock(
          withReads(connection, {
            ...reads,
            atLocations: async (locations, items) =>
              (await reads.atLocations(locations, items)).map((one) =>
                one.location === SELLABLE ? { ...one, onHand: one.onHand - (missing[one.item] ?? 0) } : one,
              ),
          }),
        ),
      );
      const raised = (await openExceptions(db, account.name)).filter(({ code }) => code === 'movements-apart');
      return raised.map(({ key, evidence }) => `${key}: ${evidence.what}`);
    };
    const mug = (onHand: number) =>
      `us BLU-MUG sellable: NetSuite has ${onHand} of BLU-MUG on hand at ${SELLABLE}, and all of its movements there come to 68`;
    expect(await attempt({ 'BLU-MUG': 1 })).toEqual([]);
    expect(await attempt({ 'BLU-MUG': 1 })).toEqual([mug(67)]);
    expect(await attempt({ 'BLU-MUG': 2, TEA: 1 })).toEqual([mug(66)]);
    expect(await attempt({ TEA: 1 })).toMatchObject([expect.stringContaining('us TEA sellable: NetSuite has 19')]);
    await read();
    expect(await attempt({})).toEqual([]);
  });

  test('of a kit its members move; of an order on its way to be sent nothing does', async () => {
    await open();
    const order = await people.order('GIFT-SET', 3);
    await read();
    expect(await movements()).toEqual(OPENING);
    await people.ship(order);
    await read();
    expect((await movements()).slice(2)).toEqual([
      `2026-11-11 ItemShip BLU-MUG -6 at ${SELLABLE}`,
      `2026-11-11 ItemShip TEA -3 at ${SELLABLE}`,
    ]);
  });

  test('a first reading that is broken off goes on after the documents that it has, with the changes since it began', async () => {
    await open();
    const wishes: MovementWish[] = [];
    const { stock: reads } = account.connection.netsuite;
    const attempt = (failing: boolean) =>
      account.run((connection: Connection) =>
        readNetSuiteStock(
          withReads(connection, {
            ...reads,
            async *movements(locations, wish) {
              wishes.push(wish);
              for await (const page of reads.movements(locations, wish)) {
                yield page;
                if (failing) throw new Error('the process died');
              }
            },
          }),
        ),
      );
    await expect(attempt(true)).rejects.toThrow('the process died');
    const [opening] = await loadMovements(account.connection.db, account.name);
    const later = await people.adjust([['BLU-MUG', -5]]);
    await attempt(false);
    await attempt(false);
    // The demo clock stands still; the overlap is an hour and a half.
    expect(wishes).toEqual([{ after: '0' }, { after: opening!.netsuiteId }, { since: '2026-11-16 18:30:00' }]);
    expect((await loadMovements(account.connection.db, account.name)).at(-1)).toMatchObject({ netsuiteId: later });
  });

  test("of somebody's fulfilments that were read before that was asked for it is asked once what they were made from", async () => {
    await open();
    await people.ship(await people.order('BLU-MUG', 2));
    await read();
    const origins = async () =>
      (await loadMovements(account.connection.db, account.name)).flatMap(({ type, createdFrom }) =>
        type === 'ItemShip' ? [createdFrom ?? null] : [],
      );
    const known = await origins();
    expect(known).toEqual([expect.any(String)]);
    // As a store has it that is older than the column.
    const { db } = account.connection;
    await db.updateTable('netsuite_movements').set({ created_from: null }).execute();
    await forgetMark(db, account.name, 'netsuite-movements-origins');
    expect(await origins()).toEqual([null]);
    expect(await read()).toEqual({ documents: 1, readAgain: false });
    expect(await origins()).toEqual(known);
    expect(await read()).toEqual({ documents: 0, readAgain: false });
  });

  test('two attempts at once come to what one comes to', async () => {
    await open();
    await people.adjust([['BLU-MUG', -5]]);
    await Promise.all([read(), read()]);
    expect(await movements()).toHaveLength(3);
    expect(await units('BLU-MUG')).toEqual({ [SELLABLE]: 63, [PLACES.source]: 500 });
  });

  test('a reading that finds nothing new asks little, however many items there are', async () => {
    await open();
    await Promise.all(['BLU-MUG', 'TEA', 'GIFT-SET', 'LOT-JAM'].map((item) => map(`OUR-${item}`, item)));
    await read();
    account.calls();
    await read();
    // The currency, movements, on hand, locations with bins, items, members of kits, the warehouse, authorisations.
    expect(account.calls().filter((call) => call.includes('suiteql'))).toHaveLength(8);
  });
});

describe('items', () => {
  test('those that SKUs are mapped to, that moved, and members of kits; with why one cannot be counted, and their costs', async () => {
    await open();
    for (const item of ['GIFT-SET', 'LOT-JAM', 'OLD-MUG', 'TEA-CASE']) await map(`OUR-${item}`, item);
    await people.adjust([['BLU-MUG', 3, PLACES.unsellable]]);
    await read();
    const { items, currency, readAt } = await stock();
    expect({ currency, readAt }).toEqual({ currency: 'USD', readAt: '2026-11-16T20:00:00Z' });
    expect(items.map(({ item, uncountable }) => [item, uncountable])).toEqual([
      ['BLU-MUG', null],
      ['GIFT-SET', null],
      ['LOT-JAM', 'is counted by lots'],
      ['OLD-MUG', 'is inactive'],
      ['TEA', null],
      ['TEA-CASE', 'has a stock unit that is not its base unit'],
    ]);
    expect(items[1]!.members).toEqual([
      { item: 'BLU-MUG', quantity: 2 },
      { item: 'TEA', quantity: 1 },
    ]);
    expect(items[0]).toMatchObject({
      members: null,
      lastPurchasePrice: '5.8',
      averages: [
        { location: SELLABLE, cost: '6' },
        { location: PLACES.unsellable, cost: '7' },
        { location: PLACES.source, cost: '5.5' },
      ],
    });
    expect((await stock()).onHand.find(({ location }) => location === PLACES.source)).toMatchObject({ onHand: 500 });
  });

  test('a SKU of a shipment that is an item by its name is matched from today on; one that is none is asked for again', async () => {
    await open();
    const items = ['TEA', 'JAM'].map((sku) => ({ sku, fnsku: sku, shipped: 1, received: 0 }));
    const shipment = { shipmentId: 'FBA1', name: '', status: 'SHIPPED', destination: 'PDX9', items };
    await saveInbound(account.connection.db, account.name, 'us', shipment, '2026-11-16T20:00:00Z', SENT);
    await read();
    expect(await loadMatchedSkus(account.connection.db, account.name)).toEqual([
      { sku: 'TEA', item: 'TEA', matchedOn: '2026-11-16' },
    ]);
    await account.netsuitePage('POST', '/admin/items', {
      itemId: 'JAM',
      type: 'InvtPart',
      displayName: 'Jam',
      incomeAccount: '4000',
      cogsAccount: '5000',
      assetAccount: '1200',
    });
    await read();
    expect((await loadMatchedSkus(account.connection.db, account.name)).map(({ sku }) => sku)).toEqual(['JAM', 'TEA']);
  });
});

describe('authorisations', () => {
  const ORDER = '113-1111111-2222222';

  test('are open for what is neither received nor closed, of a kit its members, by the order in our key or the PO number', async () => {
    await open();
    const order = await people.order('BLU-MUG', 4);
    await people.ship(order);
    const ours = await people.authorise(order, { externalId: `AMZ_${account.name}_RA_${ORDER}-20261112T080000_1` });
    await people.receiveReturn(ours, 1, 1);
    const kit = await people.order('GIFT-SET', 1);
    await people.ship(kit);
    const theirs = await people.authorise(kit, { otherRefNum: '114-3333333-4444444' });
    const unnamed = await people.order('TEA', 1);
    await people.ship(unnamed);
    await people.authorise(unnamed, { otherRefNum: 'phone call' });
    await read();
    const day = '2026-11-12';
    expect((await stock()).authorisations).toEqual([
      { netsuiteId: ours, orderId: ORDER, day, item: 'BLU-MUG', open: 3 },
      { netsuiteId: theirs, orderId: '114-3333333-4444444', day, item: 'BLU-MUG', open: 2 },
      { netsuiteId: theirs, orderId: '114-3333333-4444444', day, item: 'TEA', open: 1 },
    ]);
  });
});

/** Days from which a shipment counts as sent, or as closed. */
const SENT = { sent: '2026-11-16', closed: '2026-11-16' };

describe('transfer orders of somebody else', () => {
  const shipped = async (...ids: string[]) => {
    for (const shipmentId of ids)
      await saveInbound(
        account.connection.db,
        account.name,
        'us',
        { shipmentId, name: '', status: 'SHIPPED', destination: 'PDX9', items: [] },
        '2026-11-02T20:00:00Z',
        SENT,
      );
  };

  const left = (units: number, day: string) => ({ day, item: 'BLU-MUG', units });

  test('are found by the shipment in PO number or memo; their day is that of the last fulfilment once all has left', async () => {
    await open({ inbound: 'theirs' });
    await shipped('FBA15DEMO1', 'FBA15DEMO2');
    const first = await people.transferOrder(30, { otherRefNum: 'FBA15DEMO1' });
    await people.transferOrder(5, { memo: 'for FBA15DEMO20' });
    const second = await people.transferOrder(12, { memo: 'boxes of FBA15DEMO2, by truck' });
    const begun = await people.fulfil(first, 20, '2026-11-03');
    await read();
    expect((await stock()).transferOrders).toEqual([
      {
        netsuiteId: first,
        shipmentId: 'FBA15DEMO1',
        fulfilled: null,
        open: [{ item: 'BLU-MUG', units: 20, fulfilment: begun }],
        fulfilments: [left(20, '2026-11-03')],
      },
      { netsuiteId: second, shipmentId: 'FBA15DEMO2', fulfilled: null, open: [], fulfilments: [] },
    ]);
    const last = await people.fulfil(first, 10, '2026-11-05');
    await people.receive(first, 20);
    await read();
    expect((await stock()).transferOrders[0]).toEqual({
      netsuiteId: first,
      shipmentId: 'FBA15DEMO1',
      fulfilled: '2026-11-05',
      open: [{ item: 'BLU-MUG', units: 10, fulfilment: last }],
      fulfilments: [left(20, '2026-11-03'), left(10, '2026-11-05')],
    });
    // 500 − 30 at the source; of those under way nothing is at any location.
    expect(await units('BLU-MUG')).toEqual({ [SELLABLE]: 88, [PLACES.source]: 470 });
  });

  test('are not asked for where our own transfers book what is sent', async () => {
    await open();
    await shipped('FBA15DEMO1');
    await people.transferOrder(30, { otherRefNum: 'FBA15DEMO1' });
    await read();
    expect((await stock()).transferOrders).toEqual([]);
  });
});

test('a location that NetSuite does not have is said by name, and by the check of the connection', async () => {
  await open({ places: { removal: 'Nowhere' } });
  await expect(read()).rejects.toMatchObject({ type: 'SETTING_UNKNOWN', details: ['active location Nowhere'] });
  expect(await account.run(checkConnection)).toEqual({ problems: ['location Nowhere'], prices: [] });
});
