import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as sdk from '@amazon-sp-api-release/amazon-sp-api-sdk-js';
import { startAt } from './started-simulator.ts';
import type { Started } from './started-simulator.ts';
import { SETTLEMENT_TEXT, smallWorld } from './small-world.ts';
import { OCTOBER, stockedWorld } from './stock/stocked-world.ts';

/** Amazon's own SDK, unmodified, against the simulator. Its LWA address is fixed in its code, so the token is handed to it. */

let started: Started;
beforeAll(async () => {
  started = await startAt('2026-03-20T00:00:00Z', { world: smallWorld() });
});
afterAll(() => started.simulator.close());

/** What the SDK's objects hold, as plain data. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
function ready<Client extends { applyXAmzAccessTokenToRequest(token: string): unknown }>(
  client: Client,
  { token }: Started = started,
): Client {
  client.applyXAmzAccessTokenToRequest(token);
  return client;
}

test('searches orders, page by page, and gets one', async () => {
  const client = ready(new sdk.Orders_v2026SpApi.ApiClient(started.simulator.url));
  const search = new sdk.Orders_v2026SpApi.SearchOrdersApi(client);
  const query = {
    createdAfter: new Date('2026-03-01T00:00:00Z'),
    includedData: ['PROCEEDS', 'FULFILLMENT'],
    maxResultsPerPage: 4,
  };
  const first = await search.searchOrders(query);
  expect(plain(first)).toMatchObject({
    orders: [
      {
        orderId: '111-0000001-0000001',
        fulfillment: { fulfillmentStatus: 'SHIPPED' },
        orderItems: [{ proceeds: { proceedsTotal: { amount: '30.00' } } }],
      },
      {},
      {},
      {},
    ],
  });
  const { pagination } = plain(first) as { pagination: { nextToken: string } };
  const last = plain(await search.searchOrders({ ...query, paginationToken: pagination.nextToken })) as {
    orders: object[];
    pagination?: object;
  };
  expect(last.orders).toHaveLength(2);
  expect(last.pagination).toBeUndefined();
  expect(plain(await new sdk.Orders_v2026SpApi.GetOrderApi(client).getOrder('111-0000004-0000004'))).toMatchObject({
    order: { associatedOrders: [{ orderId: '111-0000001-0000001', associationType: 'REPLACEMENT_ORIGINAL_ID' }] },
  });
});

test('asks for a report, waits for it, and reads a settlement', async () => {
  const api = new sdk.ReportsSpApi.ReportsApi(ready(new sdk.ReportsSpApi.ApiClient(started.simulator.url)));
  const { reportId } = plain(
    await api.createReport({
      reportType: 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL',
      marketplaceIds: ['ATVPDKIKX0DER'],
      dataStartTime: new Date('2026-03-01T00:00:00Z'),
      dataEndTime: new Date('2026-03-15T00:00:00Z'),
    }),
  ) as { reportId: string };
  await api.getReport(reportId);
  await api.getReport(reportId);
  expect(plain(await api.getReport(reportId))).toMatchObject({
    processingStatus: 'DONE',
    reportType: 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL',
  });
  const { reports } = plain(
    await api.getReports({ reportTypes: ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2'], pageSize: 100 }),
  ) as { reports: { reportDocumentId: string }[] };
  const document = plain(await api.getReportDocument(reports[0]?.reportDocumentId ?? '')) as {
    url: string;
    compressionAlgorithm: string;
  };
  expect(document.compressionAlgorithm).toBe('GZIP');
  expect(gunzipSync(Buffer.from(await (await fetch(document.url)).arrayBuffer())).toString()).toBe(SETTLEMENT_TEXT);
});

test('lists transactions and event groups', async () => {
  const transactions = plain(
    await new sdk.Finances20240619SpApi.DefaultApi(
      ready(new sdk.Finances20240619SpApi.ApiClient(started.simulator.url)),
    ).listTransactions({ postedAfter: new Date('2026-03-01T00:00:00Z') }),
  );
  expect(transactions).toMatchObject({
    payload: {
      transactions: expect.arrayContaining([
        expect.objectContaining({
          transactionType: 'Refund',
          totalAmount: { currencyAmount: -23.9, currencyCode: 'USD' },
        }),
      ]),
    },
  });
  const groups = plain(
    await new sdk.FinancesSpApi.DefaultApi(
      ready(new sdk.FinancesSpApi.ApiClient(started.simulator.url)),
    ).listFinancialEventGroups({ financialEventGroupStartedAfter: new Date('2026-02-01T00:00:00Z') }),
  );
  expect(groups).toMatchObject({
    payload: {
      financialEventGroupList: [
        {
          processingStatus: 'Closed',
          fundTransferStatus: 'Successful',
          originalTotal: { currencyAmount: 24, currencyCode: 'USD' },
        },
      ],
    },
  });
});

test("learns the seller's marketplaces, and is refused with a token that nobody gave", async () => {
  const client = new sdk.SellersSpApi.ApiClient(started.simulator.url);
  client.applyXAmzAccessTokenToRequest('Atza|of-somebody-else');
  await expect(new sdk.SellersSpApi.SellersApi(client).getMarketplaceParticipations()).rejects.toMatchObject({
    status: 403,
  });
  expect(plain(await new sdk.SellersSpApi.SellersApi(ready(client)).getMarketplaceParticipations())).toMatchObject({
    payload: [{ marketplace: { id: 'ATVPDKIKX0DER' } }],
  });
});

describe('stock', () => {
  const US = 'ATVPDKIKX0DER';
  let stocked: Started;
  beforeAll(async () => {
    const more = Array.from({ length: 60 }, (_, n) => ({
      sku: `Z & ${n}`,
      fnsku: `X9${n}`,
      country: 'US',
      centre: 'PDX9',
      units: 1,
    }));
    stocked = await startAt('2026-10-21T12:00:00Z', {
      world: stockedWorld({ opening: [...OCTOBER.opening, ...more] }),
    });
  });
  afterAll(() => stocked.simulator.close());
  test('reads the inventory, page by page, with details', async () => {
    const api = new sdk.FbainventorySpApi.FbaInventoryApi(
      ready(new sdk.FbainventorySpApi.ApiClient(stocked.simulator.url), stocked),
    );
    const query = { details: true, startDateTime: new Date('2026-09-01T00:00:00Z') };
    const first = plain(await api.getInventorySummaries('Marketplace', US, [US], query)) as {
      pagination: { nextToken: string };
    };
    expect(first).toMatchObject({
      payload: {
        inventorySummaries: expect.arrayContaining([
          expect.objectContaining({
            sellerSku: 'BLU-MUG',
            inventoryDetails: expect.objectContaining({
              fulfillableQuantity: 61,
              unfulfillableQuantity: expect.objectContaining({ totalUnfulfillableQuantity: 0 }),
            }),
          }),
        ]),
      },
    });
    const { nextToken } = first.pagination;
    const last = plain(await api.getInventorySummaries('Marketplace', US, [US], { ...query, nextToken })) as {
      payload: { inventorySummaries: object[] };
      pagination?: object;
    };
    expect([last.payload.inventorySummaries.length, last.pagination]).toEqual([13, undefined]);
  });

  test('reads inbound shipments and their items', async () => {
    const api = new sdk.Fulfillmentinbound_v0SpApi.FbaInboundApi(
      ready(new sdk.Fulfillmentinbound_v0SpApi.ApiClient(stocked.simulator.url), stocked),
    );
    const range = {
      lastUpdatedAfter: new Date('2026-10-01T00:00:00Z'),
      lastUpdatedBefore: new Date('2026-10-21T00:00:00Z'),
    };
    expect(plain(await api.getShipments('DATE_RANGE', US, range))).toMatchObject({
      payload: { shipmentData: [{ shipmentId: 'FBA15DEMO1', shipmentStatus: 'CLOSED' }] },
    });
    expect(
      plain(await api.getShipments('SHIPMENT', US, { shipmentStatusList: ['CLOSED'], shipmentIdList: ['FBA15DEMO1'] })),
    ).toMatchObject({ payload: { shipmentData: [{ destinationFulfillmentCenterId: 'PDX9' }] } });
    const items = { payload: { itemData: [{ sellerSKU: 'BLU-MUG', quantityShipped: 30, quantityReceived: 24 }] } };
    expect(plain(await api.getShipmentItems('DATE_RANGE', US, range))).toMatchObject(items);
    expect(plain(await api.getShipmentItemsByShipmentId('FBA15DEMO1'))).toMatchObject(items);
  });
});
