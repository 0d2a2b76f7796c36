/** A seller's NetSuite with the places of a pool, a kit, items that cannot be counted, and documents that people make in it. */
import type { JsonObject, WriteOutcome } from '../../../src/clients/netsuite/netsuite-client.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import {
  accountsByRole,
  COST_OF_GOODS_ACCOUNT,
  INVENTORY_ACCOUNT,
  SALES_ACCOUNT,
} from '../../../src/local/demo-month/chart-of-accounts.ts';
import type { NetSuiteSeed, NetSuiteSeedItem } from '../../../src/simulators/netsuite/seed.ts';
import type { FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';
import { WORLD } from '../worked-example.ts';

export const SELLABLE = 'FBA US';
export const PLACES = {
  sellable: SELLABLE,
  unsellable: 'FBA US unsellable',
  inTransit: 'To Amazon',
  removal: 'From Amazon',
  source: 'Warehouse',
};

const goods = (itemId: string, more: Partial<NetSuiteSeedItem> = {}): NetSuiteSeedItem => ({
  itemId,
  type: 'InvtPart',
  displayName: itemId,
  incomeAccount: SALES_ACCOUNT,
  cogsAccount: COST_OF_GOODS_ACCOUNT,
  assetAccount: INVENTORY_ACCOUNT,
  ...more,
});

/** 68 mugs at 6.00 where Amazon sells from, 500 in the warehouse at 5.50; nothing else of ours. */
const seeded = (seed: NetSuiteSeed): NetSuiteSeed => ({
  ...seed,
  locations: [
    ...seed.locations,
    ...Object.values(PLACES)
      .filter((name) => name !== SELLABLE)
      .map((name) => ({ name })),
  ],
  unitsTypes: [
    {
      name: 'Tins',
      units: [
        { name: 'Tin', rate: 1 },
        { name: 'Case', rate: 12 },
      ],
    },
  ],
  items: [
    ...seed.items,
    goods('BLU-MUG', { lastPurchasePrice: '5.80' }),
    goods('TEA', { stockUnit: 'Tin' }),
    goods('TEA-CASE', { stockUnit: 'Case' }),
    goods('LOT-JAM', { numbered: 'lot' }),
    goods('OLD-MUG', { inactive: true }),
    {
      itemId: 'GIFT-SET',
      type: 'Kit',
      displayName: 'Gift set',
      incomeAccount: SALES_ACCOUNT,
      members: [
        { itemId: 'BLU-MUG', quantity: 2 },
        { itemId: 'TEA', quantity: 1 },
      ],
    },
  ],
  openingStock: [
    { itemId: 'BLU-MUG', location: SELLABLE, quantity: 68, unitCost: '6.00' },
    { itemId: 'TEA', location: SELLABLE, quantity: 20, unitCost: '2.00' },
    { itemId: 'BLU-MUG', location: PLACES.source, quantity: 500, unitCost: '5.50' },
  ],
});

export function openStockedAccount(
  postgres: FreshPostgres,
  { inbound = 'inventory-transfer', places = {} }: { inbound?: string; places?: Partial<typeof PLACES> } = {},
): Promise<AccountUnderTest> {
  return openAccount(postgres, {
    world: WORLD,
    now: '2026-11-16T20:00:00Z',
    seed: seeded,
    settings: {
      accounts: { ...accountsByRole(['USD']), 'cogs-returns': COST_OF_GOODS_ACCOUNT },
      stock: {
        from: '2026-11-01',
        inbound,
        pools: [{ name: 'us', countries: ['US'], marketplace: 'ATVPDKIKX0DER', ...PLACES, ...places }],
      },
    },
  });
}

/** What people do in this NetSuite. Each hands back the internal id. */
export function peopleIn({ connection: { netsuite } }: AccountUnderTest) {
  const { lookups } = netsuite;
  const item = async (name: string) => ({ id: (await lookups.itemByName(name))!.id });
  const place = async (name: string) => ({ id: (await lookups.locationByName(name))!.id });
  const idOf = async (write: Promise<WriteOutcome>): Promise<string> => {
    const outcome = await write;
    if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
    return outcome.id;
  };
  const adjustment = async (name: string, units: number, at = SELLABLE): Promise<JsonObject> => ({
    item: await item(name),
    location: await place(at),
    adjustQtyBy: units,
    ...(units > 0 ? { unitCost: decimal('7.00') } : {}),
  });
  return {
    adjust: async (lines: [name: string, units: number, at?: string][], more: JsonObject = {}) =>
      idOf(
        netsuite.create('inventoryAdjustment', {
          subsidiary: { id: '1' },
          account: { id: (await lookups.accountByNumber('6300'))!.id },
          tranDate: '2026-11-15',
          memo: 'counted',
          inventory: { items: await Promise.all(lines.map((line) => adjustment(...line))) },
          ...more,
        }),
      ),
    /** Another quantity of the first line. */
    edit: async (id: string, units: number) =>
      idOf(netsuite.patch('inventoryAdjustment', id, { inventory: { items: [{ line: 1, adjustQtyBy: units }] } })),
    order: async (name: string, units: number) =>
      idOf(
        netsuite.create('salesOrder', {
          entity: { id: (await lookups.entityByName('customer', 'Amazon US'))!.id },
          tranDate: '2026-11-10',
          orderStatus: { id: 'B' },
          item: {
            items: [
              { item: await item(name), quantity: units, amount: decimal('50.00'), location: await place(SELLABLE) },
            ],
          },
        }),
      ),
    ship: (order: string) =>
      idOf(
        netsuite.transform({ type: 'salesOrder', id: order }, 'itemFulfillment', {
          tranDate: '2026-11-11',
          shipStatus: { id: 'C' },
        }),
      ),
    authorise: (order: string, more: JsonObject) =>
      idOf(
        netsuite.transform({ type: 'salesOrder', id: order }, 'returnAuthorization', {
          tranDate: '2026-11-12',
          ...more,
        }),
      ),
    receiveReturn: (authorisation: string, orderLine: number, quantity: number) =>
      idOf(
        netsuite.transform({ type: 'returnAuthorization', id: authorisation }, 'itemReceipt', {
          tranDate: '2026-11-13',
          item: { items: [{ orderLine, quantity }] },
        }),
      ),
    /** From the warehouse on the way to Amazon. */
    transferOrder: async (units: number, more: JsonObject) =>
      idOf(
        netsuite.create('transferOrder', {
          subsidiary: { id: '1' },
          location: await place(PLACES.source),
          transferLocation: await place(SELLABLE),
          tranDate: '2026-11-02',
          orderStatus: { id: 'B' },
          item: { items: [{ item: await item('BLU-MUG'), quantity: units }] },
          ...more,
        }),
      ),
    fulfil: (order: string, units: number, tranDate: string) =>
      idOf(
        netsuite.transform({ type: 'transferOrder', id: order }, 'itemFulfillment', {
          tranDate,
          shipStatus: { id: 'C' },
          item: { items: [{ orderLine: 1, quantity: units }] },
        }),
      ),
    /** The line that comes in is the third of the order. */
    receive: (order: string, units: number) =>
      idOf(
        netsuite.transform({ type: 'transferOrder', id: order }, 'itemReceipt', {
          tranDate: '2026-11-09',
          item: { items: [{ orderLine: 3, quantity: units }] },
        }),
      ),
  };
}
