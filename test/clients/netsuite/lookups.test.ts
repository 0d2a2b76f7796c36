import { describe, expect, test } from '@jest/globals';
import { createLookups } from '../../../src/clients/netsuite/lookups.ts';
import type { SuiteQlRow } from '../../../src/clients/netsuite/netsuite-client.ts';

/** Look-ups over rows that the test gives; remembers the queries. */
function over(rows: SuiteQlRow[], now: () => number = () => 0) {
  const asked: { query: string; params: readonly string[] }[] = [];
  const lookups = createLookups(async (query, params = []) => {
    asked.push({ query, params });
    return rows;
  }, now);
  return { lookups, asked };
}

describe('look-ups over SuiteQL', () => {
  test('transactions that are asked for together become one IN query', async () => {
    const { lookups, asked } = over([
      {
        id: '71',
        externalid: 'AMZ_us_INV_1_1',
        type: 'CustInvc',
        tranid: 'INV7',
        trandate: '2026-10-28',
        status: 'A',
        posting: 'T',
        foreigntotal: '65.99',
        memo: 'INV 1 1',
        currency: 'USD',
      },
    ]);
    const [found, missing] = await Promise.all([
      lookups.transactionByExternalId('AMZ_us_INV_1_1'),
      lookups.transactionByExternalId('AMZ_us_INV_2_1'),
    ]);
    expect(found).toEqual({
      id: '71',
      externalId: 'AMZ_us_INV_1_1',
      type: 'CustInvc',
      tranId: 'INV7',
      date: '2026-10-28',
      status: 'A',
      posting: true,
      foreignTotal: '65.99',
      memo: 'INV 1 1',
      currency: 'USD',
    });
    expect(missing).toBeNull();
    expect(asked).toHaveLength(1);
    expect(asked[0]!.query).toContain('WHERE externalid IN (?, ?)');
    expect(asked[0]!.params).toEqual(['AMZ_us_INV_1_1', 'AMZ_us_INV_2_1']);
  });

  test('an item is found by itemid before UPC, and by UPC only where one active item bears it', async () => {
    const item = (id: string, itemid: string, upccode?: string, isinactive = 'F'): SuiteQlRow => ({
      id,
      itemid,
      itemtype: 'InvtPart',
      isinactive,
      ...(upccode ? { upccode } : {}),
    });
    const { lookups } = over([
      item('1', 'SKU-A', '111'),
      item('2', 'SKU-B', '222'),
      item('3', 'SKU-C', '222'),
      item('4', '111'),
      item('5', 'SKU-OLD', '333', 'T'),
      item('6', 'SKU-NEW', '333'),
    ]);
    const names = ['SKU-A', '111', '222', '333', 'SKU-Z'];
    expect(
      (await Promise.all(names.map((name) => lookups.itemByName(name)))).map((found) => found?.id ?? null),
    ).toEqual(['1', '4', null, '6', null]);
  });

  test('an inactive item is asked for again, an active one is not', async () => {
    const { lookups, asked } = over([
      { id: '1', itemid: 'ON', itemtype: 'InvtPart', isinactive: 'F' },
      { id: '2', itemid: 'OFF', itemtype: 'InvtPart', isinactive: 'T' },
    ]);
    await lookups.itemByName('ON');
    await lookups.itemByName('OFF');
    await lookups.itemByName('ON');
    await lookups.itemByName('OFF');
    expect(asked.map(({ params }) => params[0])).toEqual(['ON', 'OFF', 'OFF']);
  });

  test('order lines come with their line ids, which are not 1 to n', async () => {
    const { lookups } = over([
      {
        transaction: '12',
        orderline: '1',
        item: '20',
        location: '6',
        quantity: '2',
        shipped: '1',
        billed: '0',
        closed: 'F',
        memo: 'A',
      },
      { transaction: '12', orderline: '4', item: '21', quantity: '1', shipped: '0', billed: '0', closed: 'T' },
    ]);
    expect(await lookups.salesOrderLines('12')).toEqual([
      { orderLine: '1', item: '20', location: '6', quantity: 2, fulfilled: 1, billed: 0, closed: false, memo: 'A' },
      { orderLine: '4', item: '21', location: null, quantity: 1, fulfilled: 0, billed: 0, closed: true, memo: '' },
    ]);
    expect(await lookups.salesOrderLines('99')).toEqual([]);
  });

  test('the periods from a day on are kept for a minute, since somebody may close them; where the first is shut they are asked for each time, since somebody may open it', async () => {
    let now = 0;
    const { lookups, asked } = over(
      [
        {
          id: '10',
          periodname: 'Oct 2026',
          startdate: '2026-10-01',
          enddate: '2026-10-31',
          closed: 'T',
          alllocked: 'F',
          arlocked: 'T',
        },
        {
          id: '11',
          periodname: 'Nov 2026',
          startdate: '2026-11-01',
          enddate: '2026-11-30',
          closed: 'F',
          alllocked: 'F',
          arlocked: 'F',
        },
      ],
      () => now,
    );
    const idsFrom = async (day: string) => (await lookups.periodsFrom(day)).map(({ id }) => id);
    expect(await idsFrom('2026-11-01')).toEqual(['11']);
    expect(await idsFrom('2026-11-30')).toEqual(['11']);
    expect(asked).toHaveLength(1);
    now = 60_000;
    await idsFrom('2026-11-01');
    expect(asked).toHaveLength(2);
    expect(await lookups.periodsFrom('2026-10-31')).toEqual([
      {
        id: '10',
        name: 'Oct 2026',
        start: '2026-10-01',
        end: '2026-10-31',
        closed: true,
        allLocked: false,
        arLocked: true,
      },
      {
        id: '11',
        name: 'Nov 2026',
        start: '2026-11-01',
        end: '2026-11-30',
        closed: false,
        allLocked: false,
        arLocked: false,
      },
    ]);
    expect(await lookups.periodsFrom('2027-01-01')).toEqual([]);
    expect(asked).toHaveLength(4);
  });

  test('accounts and names are kept, misses are not', async () => {
    const { lookups, asked } = over([
      {
        id: '118',
        acctnumber: '1180',
        name: 'Amazon clearing',
        accttype: 'OthCurrAsset',
        isinactive: 'F',
        entityid: 'Amazon US',
        symbol: 'USD',
      },
    ]);
    expect(await lookups.accountByNumber('1180')).toEqual({
      id: '118',
      number: '1180',
      name: 'Amazon clearing',
      type: 'OthCurrAsset',
      inactive: false,
    });
    expect(await lookups.entityByName('customer', 'Amazon US')).toEqual({ id: '118', inactive: false });
    expect(await lookups.currencyByCode('USD')).toEqual({ id: '118' });
    await lookups.accountByNumber('1180');
    expect(await lookups.accountByNumber('9999')).toBeNull();
    await lookups.accountByNumber('9999');
    expect(asked.map(({ params }) => params[0])).toEqual(['1180', 'Amazon US', 'USD', '9999', '9999']);
  });
});
