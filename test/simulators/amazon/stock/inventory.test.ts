import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from '../started-simulator.ts';
import type { Started } from '../started-simulator.ts';
import { told } from './asked-report.ts';
import { EUROPE, OCTOBER, stockedWorld } from './stocked-world.ts';

/** Quotations: Amazon's model of the FBA Inventory API v1. */

interface Summary {
  sellerSku: string;
  fnSku: string;
  productName: string;
  totalQuantity: number;
  lastUpdatedTime: string;
  inventoryDetails?: Record<string, unknown> & {
    fulfillableQuantity: number;
    reservedQuantity: Record<string, number>;
    researchingQuantity: { totalResearchingQuantity: number; researchingQuantityBreakdown: { quantity: number }[] };
    unfulfillableQuantity: Record<string, number>;
  };
}
interface Answer {
  payload: { granularity: object; inventorySummaries: Summary[]; nextToken?: string };
  pagination?: { nextToken: string };
}

const SUMMARIES = '/fba/inventory/v1/summaries';
const US = 'granularityType=Marketplace&granularityId=ATVPDKIKX0DER&marketplaceIds=ATVPDKIKX0DER';
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-10-13T12:00:00Z', { world: stockedWorld() });
});
afterEach(() => started.simulator.close());

const summaries = async (query: string, marketplace = US): Promise<Summary[]> => {
  // Two calls are a burst: a second of the demo clock gives both back.
  started.passReal(1);
  return (await started.json<Answer>(`${SUMMARIES}?${marketplace}${query}`)).payload.inventorySummaries;
};
const one = async (sku: string): Promise<Summary> => (await summaries(`&details=true&sellerSkus=${sku}`))[0]!;

test('"otherwise, returns inventory summaries only (default value)": details must be asked for', async () => {
  const [plain] = await summaries('');
  expect(plain).toEqual({
    asin: 'B0BLUMUG01',
    fnSku: 'X001BLUMUG',
    sellerSku: 'BLU-MUG',
    condition: 'NewItem',
    lastUpdatedTime: '2026-10-12T18:00:00Z',
    productName: 'Mug, blue',
    totalQuantity: 61 + 2 + 6,
    stores: [],
  });
});

test('what lies there, by what can be done with it', async () => {
  const { inventoryDetails } = await one('BLU-MUG');
  expect(inventoryDetails).toMatchObject({
    fulfillableQuantity: 61,
    unfulfillableQuantity: {
      totalUnfulfillableQuantity: 2,
      customerDamagedQuantity: 1,
      warehouseDamagedQuantity: 1,
      defectiveQuantity: 0,
    },
    inboundWorkingQuantity: 0,
    inboundShippedQuantity: 0,
    inboundReceivingQuantity: 6,
  });
});

test('an inbound shipment goes from working to shipped to receiving, and is gone when it is closed', async () => {
  await started.simulator.close();
  started = await startAt('2026-10-03T12:00:00Z', { world: stockedWorld() });
  const inbound = async (at: string): Promise<unknown[]> => {
    started.at(at);
    const details = (await one('BLU-MUG')).inventoryDetails;
    return ['inboundWorkingQuantity', 'inboundShippedQuantity', 'inboundReceivingQuantity'].map(
      (name) => details?.[name],
    );
  };
  expect(await inbound('2026-10-03T12:00:00Z')).toEqual([30, 0, 0]);
  expect(await inbound('2026-10-05T12:00:00Z')).toEqual([0, 30, 0]);
  expect(await inbound('2026-10-07T12:00:00Z')).toEqual([0, 0, 6]);
  expect(await inbound('2026-10-21T12:00:00Z')).toEqual([0, 0, 0]);
});

test('reserved: units ordered and not sent, between centres, and in processing; researching by age', async () => {
  await started.simulator.close();
  const sku = 'BLU-MUG';
  started = await startAt('2026-10-03T12:00:00Z', {
    world: stockedWorld({
      events: [
        { at: '2026-10-03T10:00:00Z', type: 'transfer', sku, units: 4, to: 'ONT8', arrives: '2026-10-09T10:00:00Z' },
        { at: '2026-10-03T10:00:00Z', type: 'hold', sku, units: 3, as: 'processing', until: '2026-10-04T12:00:00Z' },
        { at: '2026-10-03T10:00:00Z', type: 'hold', sku, units: 5, as: 'researching' },
      ],
      returns: [],
    }),
  });
  const first = (await one(sku)).inventoryDetails;
  expect(first?.reservedQuantity).toEqual({
    totalReservedQuantity: 2 + 4 + 3,
    pendingCustomerOrderQuantity: 2,
    pendingTransshipmentQuantity: 4,
    fcProcessingQuantity: 3,
  });
  expect(first?.fulfillableQuantity).toBe(40 - 2 - 4 - 3 - 5);
  const ages = async (at: string): Promise<number[] | undefined> => {
    started.at(at);
    return (await one(sku)).inventoryDetails?.researchingQuantity.researchingQuantityBreakdown.map(
      ({ quantity }) => quantity,
    );
  };
  expect(await ages('2026-10-05T12:00:00Z')).toEqual([5, 0, 0]);
  expect((await one(sku)).inventoryDetails?.reservedQuantity).toMatchObject({ totalReservedQuantity: 4 });
  expect(await ages('2026-10-15T12:00:00Z')).toEqual([0, 5, 0]);
  expect(await ages('2026-10-25T12:00:00Z')).toEqual([0, 0, 5]);
  // Sent mugs left, the five that are looked for are still there, and those between centres have arrived.
  const last = (await one(sku)).inventoryDetails;
  expect(last?.fulfillableQuantity).toBe(40 - 2 - 5);
});

describe('startDateTime', () => {
  test('"all inventory summaries that have changed since then", sellerSkus "ignored"', async () => {
    const changed = await summaries('&startDateTime=2026-10-05T00:00:00Z&sellerSkus=OLD-CUP');
    expect(changed.map(({ sellerSku }) => sellerSku)).toEqual(['BLU-MUG']);
  });

  test('"changes in inboundWorkingQuantity, inboundShippedQuantity and inboundReceivingQuantity are not detected"', async () => {
    await told(started, {
      inbound: [
        {
          shipment: 'FBA15DEMO2',
          country: 'US',
          centre: 'ONT8',
          items: { 'OLD-CUP': 10 },
          history: [{ at: '2026-10-13T11:00:00Z', status: 'SHIPPED' }],
        },
      ],
    });
    expect((await one('OLD-CUP')).inventoryDetails).toMatchObject({ inboundShippedQuantity: 10 });
    expect(await summaries('&startDateTime=2026-10-13T00:00:00Z')).toEqual([]);
  });

  test('"no earlier than 18 months prior"', async () => {
    expect((await started.get(`${SUMMARIES}?${US}&startDateTime=2025-03-01T00:00:00Z`)).status).toBe(400);
  });
});

describe('pages', () => {
  beforeEach(async () => {
    await started.simulator.close();
    started = await startAt('2026-10-13T12:00:00Z', {
      world: stockedWorld({
        opening: [
          ...OCTOBER.opening,
          ...Array.from({ length: 117 }, (_, n) => ({
            sku: `ZZ-${String(n).padStart(3, '0')}`,
            fnsku: `X9${n}`,
            country: 'US',
            centre: 'PDX9',
            units: n,
          })),
        ],
      }),
    });
  });
  const page = (query = ''): Promise<Answer> => {
    started.passReal(1);
    return started.json<Answer>(`${SUMMARIES}?${US}${query}`);
  };
  const after = ({ pagination }: Answer): string => `&nextToken=${encodeURIComponent(pagination?.nextToken ?? '')}`;

  test('50 SKUs each, the token in `pagination` beside `payload`, none on the last', async () => {
    const first = await page();
    expect(first.payload.nextToken).toBeUndefined();
    const second = await page(after(first));
    const third = await page(after(second));
    expect([first, second, third].map(({ payload }) => payload.inventorySummaries.length)).toEqual([50, 50, 20]);
    expect(third).not.toHaveProperty('pagination');
    const skus = [first, second, third].flatMap(({ payload }) =>
      payload.inventorySummaries.map(({ sellerSku }) => sellerSku),
    );
    expect(new Set(skus).size).toBe(120);
  });

  test('"the string token will expire 30 seconds after being created"', async () => {
    const first = await page();
    started.passReal(28);
    expect((await started.get(`${SUMMARIES}?${US}${after(first)}`)).status).toBe(200);
    started.passReal(2);
    const late = await started.get(`${SUMMARIES}?${US}${after(first)}`);
    expect([late.status, await late.json()]).toMatchObject([400, { errors: [{ code: 'InvalidInput' }] }]);
  });

  test('"use both startDateTime and nextToken to get the next page"', async () => {
    const since = '&startDateTime=2026-09-01T00:00:00Z';
    const first = await page(since);
    started.passReal(1);
    expect((await started.get(`${SUMMARIES}?${US}${after(first)}`)).status).toBe(400);
    expect((await started.get(`${SUMMARIES}?${US}${since}${after(first)}`)).status).toBe(200);
  });

  test('by a switch the whole snapshot is cut', async () => {
    await told(started, { snapshotKeeps: 0.25 }, '/admin/stock/switches');
    const cut = await page();
    expect([cut.payload.inventorySummaries.length, cut.pagination]).toEqual([30, undefined]);
    await told(started, { snapshotKeeps: 1 }, '/admin/stock/switches');
    expect((await page()).pagination).toBeDefined();
  });
});

test('"inventory that could be fulfilled in the given marketplace": by country, and by what a country serves', async () => {
  const own = await startAt('2026-10-13T12:00:00Z', {
    world: stockedWorld(
      {
        opening: [
          { sku: 'TEE', fnsku: 'X002TEE', country: 'DE', centre: 'LEJ1', units: 9 },
          { sku: 'TEE', fnsku: 'X002TEE', country: 'PL', centre: 'WRO5', units: 4 },
          { sku: 'TEE', fnsku: 'X002TEE', country: 'GB', centre: 'LTN4', units: 2 },
        ],
        serves: { PL: 'A1PA6795UKMFR9' },
        events: [],
        inbound: [],
        returns: [],
      },
      { marketplaces: EUROPE, orders: [], shipments: [] },
    ),
  });
  const total = async (id: string): Promise<number> => {
    const query = `granularityType=Marketplace&granularityId=${id}&marketplaceIds=${id}`;
    return (await own.json<Answer>(`${SUMMARIES}?${query}`)).payload.inventorySummaries[0]!.totalQuantity;
  };
  expect([await total('A1PA6795UKMFR9'), await total('A1F83G8C2ARO7P')]).toEqual([13, 2]);
  await own.simulator.close();
});

test.each([
  'granularityType=Country&granularityId=ATVPDKIKX0DER&marketplaceIds=ATVPDKIKX0DER',
  'granularityType=Marketplace&marketplaceIds=ATVPDKIKX0DER',
  'granularityType=Marketplace&granularityId=ATVPDKIKX0DER',
  'granularityType=Marketplace&granularityId=ATVPDKIKX0DER&marketplaceIds=ATVPDKIKX0DER,A2EUQ1WTGCTBG2',
  `${US}&details=yes`,
  `${US}&sellerSkus=${Array.from({ length: 51 }, (_, n) => `S${n}`).join(',')}`,
  `${US}&nextToken=nonsense`,
])('refuses %s', async (query) => {
  expect((await started.get(`${SUMMARIES}?${query}`)).status).toBe(400);
});

test('two a second, burst 2', async () => {
  const statuses: number[] = [];
  for (let call = 0; call < 3; call += 1) statuses.push((await started.get(`${SUMMARIES}?${US}`)).status);
  expect(statuses).toEqual([200, 200, 429]);
});
