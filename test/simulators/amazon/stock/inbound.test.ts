import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from '../started-simulator.ts';
import type { Started } from '../started-simulator.ts';
import { told } from './asked-report.ts';
import { OCTOBER, stockedWorld } from './stocked-world.ts';

/** Quotations: Amazon's model of Fulfillment Inbound v0. */

interface Item {
  ShipmentId: string;
  SellerSKU: string;
  FulfillmentNetworkSKU: string;
  QuantityShipped: number;
  QuantityReceived: number;
}
interface Shipments {
  payload: { ShipmentData: { ShipmentId: string; ShipmentStatus: string }[]; NextToken?: string };
}
interface Items {
  payload: { ItemData: Item[]; NextToken?: string };
}

const SHIPMENTS = '/fba/inbound/v0/shipments';
const US = 'MarketplaceId=ATVPDKIKX0DER';
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-10-21T12:00:00Z', { world: stockedWorld() });
});
afterEach(() => started.simulator.close());

const shipments = (query: string): Promise<Shipments> => started.json<Shipments>(`${SHIPMENTS}?${US}&${query}`);
const ids = async (query: string): Promise<string[]> =>
  (await shipments(query)).payload.ShipmentData.map(({ ShipmentId }) => ShipmentId);
const itemsOf = async (shipment: string): Promise<string[]> =>
  (await started.json<Items>(`${SHIPMENTS}/${shipment}/items`)).payload.ItemData.map(
    (item) => `${item.SellerSKU} ${item.QuantityShipped} ${item.QuantityReceived}`,
  );
const second = {
  shipment: 'FBA15DEMO2',
  country: 'US',
  centre: 'ONT8',
  items: { 'OLD-CUP': 10 },
  history: [{ at: '2026-10-18T11:00:00Z', status: 'SHIPPED' }],
};

describe('getShipments', () => {
  test('a shipment has its name, its centre and its status', async () => {
    expect((await shipments('QueryType=SHIPMENT&ShipmentIdList=FBA15DEMO1')).payload.ShipmentData).toEqual([
      {
        ShipmentId: 'FBA15DEMO1',
        ShipmentName: 'Mugs of October',
        ShipFromAddress: expect.objectContaining({ CountryCode: 'US' }),
        DestinationFulfillmentCenterId: 'PDX9',
        ShipmentStatus: 'CLOSED',
        LabelPrepType: 'SELLER_LABEL',
        AreCasesRequired: false,
        BoxContentsSource: 'INTERACTIVE',
      },
    ]);
  });

  test('"only shipments that match both parameters are returned"', async () => {
    await told(started, { inbound: [second] });
    expect(await ids('QueryType=SHIPMENT&ShipmentStatusList=CLOSED,SHIPPED')).toEqual(['FBA15DEMO1', 'FBA15DEMO2']);
    expect(await ids('QueryType=SHIPMENT&ShipmentStatusList=CLOSED&ShipmentIdList=FBA15DEMO1,FBA15DEMO2')).toEqual([
      'FBA15DEMO1',
    ]);
  });

  test('"last updated after (or at) a specified time", before or at another: status, units and receipts are updates', async () => {
    await told(started, { inbound: [second] });
    const within = (from: string, to: string): Promise<string[]> =>
      ids(`QueryType=DATE_RANGE&LastUpdatedAfter=${from}&LastUpdatedBefore=${to}`);
    expect(await within('2026-10-20T16:00:00Z', '2026-10-20T16:00:00Z')).toEqual(['FBA15DEMO1']);
    expect(await within('2026-10-18T00:00:00Z', '2026-10-19T00:00:00Z')).toEqual(['FBA15DEMO2']);
    await told(started, {
      events: [{ at: '2026-10-21T11:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 6, shipment: 'FBA15DEMO1' }],
    });
    expect(await within('2026-10-21T11:00:00Z', '2026-10-21T12:00:00Z')).toEqual(['FBA15DEMO1']);
  });

  test('pages of 50 by QueryType NEXT_TOKEN', async () => {
    await told(started, {
      inbound: Array.from({ length: 60 }, (_, n) => ({ ...second, shipment: `FBA16${String(n).padStart(3, '0')}` })),
    });
    const first = await shipments('QueryType=SHIPMENT&ShipmentStatusList=SHIPPED');
    const token = encodeURIComponent(first.payload.NextToken ?? '');
    const next = await shipments(`QueryType=NEXT_TOKEN&NextToken=${token}`);
    expect([first.payload.ShipmentData.length, next.payload.ShipmentData.length]).toEqual([50, 10]);
    expect(next.payload).not.toHaveProperty('NextToken');
  });

  test('a status that comes later, and a shipment that is not there yet', async () => {
    await told(started, {
      inbound: [{ ...second, history: [{ at: '2026-10-22T00:00:00Z', status: 'WORKING' }] }],
      events: [{ at: '2026-10-23T00:00:00Z', type: 'inbound-status', shipment: 'FBA15DEMO2', status: 'CANCELLED' }],
    });
    const status = async (): Promise<unknown> =>
      (await shipments('QueryType=SHIPMENT&ShipmentIdList=FBA15DEMO2')).payload.ShipmentData[0]?.ShipmentStatus;
    expect(await status()).toBeUndefined();
    started.at('2026-10-22T12:00:00Z');
    expect(await status()).toBe('WORKING');
    started.at('2026-10-23T12:00:00Z');
    expect(await status()).toBe('CANCELLED');
  });

  test.each([
    `${SHIPMENTS}?QueryType=SHIPMENT&ShipmentIdList=FBA15DEMO1`,
    `${SHIPMENTS}?${US}`,
    `${SHIPMENTS}?${US}&QueryType=ALL`,
    `${SHIPMENTS}?${US}&QueryType=SHIPMENT`,
    `${SHIPMENTS}?${US}&QueryType=SHIPMENT&ShipmentStatusList=LOST`,
    `${SHIPMENTS}?${US}&QueryType=DATE_RANGE&LastUpdatedAfter=2026-10-01T00:00:00Z`,
    `${SHIPMENTS}?${US}&QueryType=NEXT_TOKEN`,
    `${SHIPMENTS}?${US}&QueryType=NEXT_TOKEN&NextToken=nonsense`,
    `/fba/inbound/v0/shipmentItems?${US}&QueryType=SHIPMENT`,
  ])('refuses %s', async (path) => {
    expect((await started.get(path)).status).toBe(400);
  });
});

describe('items of a shipment', () => {
  test('QuantityReceived grows, falls, and goes on after CLOSED', async () => {
    expect(await itemsOf('FBA15DEMO1')).toEqual(['BLU-MUG 30 24']);
    await told(started, {
      events: [
        { at: '2026-10-25T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 5, shipment: 'FBA15DEMO1' },
        { at: '2026-10-27T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: -2, shipment: 'FBA15DEMO1' },
      ],
    });
    started.at('2026-10-26T00:00:00Z');
    expect(await itemsOf('FBA15DEMO1')).toEqual(['BLU-MUG 30 29']);
    started.at('2026-10-28T00:00:00Z');
    expect(await itemsOf('FBA15DEMO1')).toEqual(['BLU-MUG 30 27']);
  });

  test('units received under another SKU are an item with nothing shipped; the seller may ship fewer', async () => {
    await told(started, {
      events: [
        { at: '2026-10-21T10:00:00Z', type: 'receive', sku: 'OLD-CUP', units: 3, shipment: 'FBA15DEMO1' },
        { at: '2026-10-21T11:00:00Z', type: 'inbound-units', shipment: 'FBA15DEMO1', sku: 'BLU-MUG', units: 28 },
      ],
    });
    expect(await itemsOf('FBA15DEMO1')).toEqual(['BLU-MUG 28 24', 'OLD-CUP 0 3']);
  });

  test('no more than 200, and no token', async () => {
    const skus = Array.from({ length: 210 }, (_, n) => `S-${n}`);
    await told(started, {
      opening: skus.map((sku) => ({ sku, fnsku: `X-${sku}`, country: 'US', centre: 'ONT8', units: 0 })),
      inbound: [{ ...second, items: Object.fromEntries(skus.map((sku) => [sku, 1])) }],
    });
    const { payload } = await started.json<Items>(`${SHIPMENTS}/FBA15DEMO2/items`);
    expect([payload.ItemData.length, 'NextToken' in payload]).toEqual([200, false]);
  });

  test('of a shipment that nobody knows: 404', async () => {
    expect((await started.get(`${SHIPMENTS}/FBA15NOBODY/items`)).status).toBe(404);
  });
});

test('getShipmentItems: those "that were updated within a specified time frame"', async () => {
  await told(started, { inbound: [second] });
  const { payload } = await started.json<Items>(
    `/fba/inbound/v0/shipmentItems?${US}&QueryType=DATE_RANGE&LastUpdatedAfter=2026-10-18T00:00:00Z&LastUpdatedBefore=2026-10-21T00:00:00Z`,
  );
  expect(payload.ItemData).toEqual([
    {
      ShipmentId: 'FBA15DEMO2',
      SellerSKU: 'OLD-CUP',
      FulfillmentNetworkSKU: 'X001OLDCUP',
      QuantityShipped: 10,
      QuantityReceived: 0,
      QuantityInCase: 0,
      PrepDetailsList: [],
    },
  ]);
});

test('two a second, burst 30', async () => {
  const statuses: number[] = [];
  for (let call = 0; call <= 30; call += 1)
    statuses.push((await started.get(`${SHIPMENTS}/${OCTOBER.inbound?.[0]?.shipment}/items`)).status);
  expect(statuses).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
});
