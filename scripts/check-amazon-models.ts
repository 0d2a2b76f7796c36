/**
 * `npm run check:amazon-models -- DIR`: holds what the product's Amazon client asks and what the simulator answers
 * against Amazon's own OpenAPI models in DIR. One line per operation; exit 1 when anything disagrees, 2 without a folder.
 */
import { existsSync } from 'node:fs';
import { createAmazonClient } from '../src/clients/amazon/create-amazon-client.ts';
import { demoMonth } from '../src/local/demo-month/demo-month.ts';
import { startAmazonSimulator } from '../src/simulators/amazon/server.ts';
import { STOCK_REPORTS } from '../src/simulators/amazon/stock/stock-reports.ts';
import type { WorldStock } from '../src/simulators/amazon/stock/world-stock.ts';
import { worldSpan } from '../src/simulators/amazon/timeline.ts';
import type { AmazonWorld } from '../src/simulators/amazon/world.ts';
import { DemoClock } from '../src/simulators/clock.ts';
import { AmazonModels } from './amazon-model-check.ts';
import type { Exchange } from './amazon-model-check.ts';
import { startRecordingProxy } from './recording-proxy.ts';

const folder = process.argv[2];
if (folder === undefined || !existsSync(folder)) {
  console.error("usage: npm run check:amazon-models -- DIR   (the folder with Amazon's OpenAPI models)");
  process.exit(2);
}

const models = new AmazonModels(folder);
const month = demoMonth();
const world = { ...month, stock: month.stock ?? stockOf(month) };
const clock = new DemoClock(Date.parse(worldSpan(world)?.last ?? '2026-11-02T00:00:00Z'));
const simulator = await startAmazonSimulator({ world, port: 0, clock });
const proxy = await startRecordingProxy(simulator.url);
try {
  await drive();
  await driveStock();
  process.exitCode = report(
    proxy.exchanges.filter(({ path }) => path !== '/auth/o2/token' && !path.startsWith('/documents-store/')),
  )
    ? 0
    : 1;
} finally {
  proxy.close();
  await simulator.close();
}

/** Every operation that the product uses, through its own client, and the refusals that it meets. */
async function drive(): Promise<void> {
  const { clientId, clientSecret, refreshToken, marketplaceIds } = simulator;
  const client = createAmazonClient({
    region: 'na',
    clientId,
    clientSecret,
    refreshToken,
    endpoint: proxy.url,
    lwaUrl: `${proxy.url}/auth/o2/token`,
    marketplaceIds,
    timeoutMs: 20_000,
  });
  await client.marketplaceParticipations();
  for (let token: string | undefined, more = true; more;) {
    const page = await client.searchOrders({
      lastUpdatedAfter: '2026-10-01T00:00:00Z',
      ...(token && { paginationToken: token }),
    });
    more = page.nextToken !== null;
    token = page.nextToken ?? undefined;
  }
  for (const order of world.orders.slice(0, 20)) await client.getOrder(order.orderId);
  await client.getOrder('111-9999999-9999999');
  const { reports } = await client.getReports({
    reportTypes: ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2'],
    createdSince: '2026-09-01T00:00:00Z',
  });
  for (const report of reports) (await client.openDocument(report.reportDocumentId ?? '')).resume();
  const { reportId } = await client.createReport({
    reportType: 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL',
    marketplaceIds,
    dataStart: '2026-10-05T00:00:00Z',
    dataEnd: '2026-11-01T00:00:00Z',
  });
  let requested = await client.getReport(reportId);
  while (requested.status === 'IN_QUEUE' || requested.status === 'IN_PROGRESS')
    requested = await client.getReport(reportId);
  await client.readShipments(requested.reportDocumentId ?? '');
  for (let token: string | undefined, more = true; more;) {
    const page = await client.listTransactions({
      postedAfter: '2026-10-01T00:00:00Z',
      ...(token && { nextToken: token }),
    });
    more = page.nextToken !== null;
    token = page.nextToken ?? undefined;
  }
  await client.listBalances({ asOfDate: '2026-10-20' });
  await client.listBalances({ asOfDate: '2099-12-31' }).catch(() => undefined);
  await client.listEventGroups({ startedAfter: '2026-09-01T00:00:00Z' });
  await client
    .createReport({
      reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
      marketplaceIds,
      dataStart: '2026-10-05T00:00:00Z',
      dataEnd: '2026-11-01T00:00:00Z',
    })
    .catch(() => undefined);
}

/** Every operation on stock, and one refusal of each kind, by bare HTTP. */
async function driveStock(): Promise<void> {
  const { clientId, clientSecret, refreshToken, marketplaceIds } = simulator;
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const body = new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret });
  const lwa = await fetch(`${proxy.url}/auth/o2/token`, { method: 'POST', body });
  const { access_token: token } = (await lwa.json()) as { access_token: string };
  const get = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${proxy.url}${path}`, { headers: { 'x-amz-access-token': token } });
    return (await answer.json()) as Record<string, unknown>;
  };
  const id = marketplaceIds[0] ?? '';
  const inventory = `/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId=${id}&marketplaceIds=${id}`;
  // A burst of two: of three calls at once the last is refused.
  await get(`${inventory}&details=true&startDateTime=2026-10-01T00:00:00Z`);
  await get(`${inventory}&nextToken=nonsense`);
  await get(inventory);
  const inbound = '/fba/inbound/v0';
  const range = 'LastUpdatedAfter=2026-09-01T00:00:00Z&LastUpdatedBefore=2026-12-01T00:00:00Z';
  await get(`${inbound}/shipments?MarketplaceId=${id}&QueryType=DATE_RANGE&${range}`);
  await get(`${inbound}/shipments?MarketplaceId=${id}&QueryType=SHIPMENT`);
  await get(`${inbound}/shipmentItems?MarketplaceId=${id}&QueryType=DATE_RANGE&${range}`);
  for (const { shipment } of world.stock.inbound ?? []) await get(`${inbound}/shipments/${shipment}/items`);
  await get(`${inbound}/shipments/FBA15NOBODY/items`);
  for (const reportType of STOCK_REPORTS.keys())
    await fetch(`${proxy.url}/reports/2021-06-30/reports`, {
      method: 'POST',
      headers: { 'x-amz-access-token': token, 'content-type': 'application/json' },
      body: JSON.stringify({ reportType, marketplaceIds, dataStartTime: '2026-10-01T00:00:00Z' }),
    });
}

/** A stock for a world that has none: of every product a thousand, and a shipment that was received in part. */
function stockOf({ catalogue }: AmazonWorld): WorldStock {
  const [first] = catalogue;
  const place = { country: 'US', centre: 'PDX9' };
  return {
    opening: catalogue.map(({ sku }, n) => ({ ...place, sku, fnsku: `X00${n}`, units: 1_000 })),
    inbound: [
      {
        ...place,
        shipment: 'FBA15DEMO1',
        items: { [first?.sku ?? '']: 30 },
        history: [{ at: '2026-10-04T16:00:00Z', status: 'RECEIVING' }],
      },
    ],
    events: [{ at: '2026-10-06T18:00:00Z', type: 'receive', sku: first?.sku ?? '', units: 24, shipment: 'FBA15DEMO1' }],
  };
}

/** One line per operation and status; true when all agree. */
function report(exchanges: readonly Exchange[]): boolean {
  const lines = new Map<string, { calls: number; faults: Set<string> }>();
  for (const exchange of exchanges) {
    const { operationId, faults } = models.check(exchange);
    const key = `${operationId} ${exchange.status}`;
    const line = lines.get(key) ?? { calls: 0, faults: new Set() };
    line.calls += 1;
    for (const fault of faults) line.faults.add(fault);
    lines.set(key, line);
  }
  for (const [key, { calls, faults }] of lines) {
    console.log(`${faults.size === 0 ? 'ok  ' : 'FAIL'} ${key} (${calls} ${calls === 1 ? 'call' : 'calls'})`);
    for (const fault of [...faults].slice(0, 10)) console.log(`       ${fault}`);
  }
  const expected = [
    'getMarketplaceParticipations',
    'searchOrders',
    'getOrder',
    'getReports',
    'createReport',
    'getReport',
    'getReportDocument',
    'listTransactions',
    'listBalances',
    'listFinancialEventGroups',
    'getInventorySummaries',
    'getShipments',
    'getShipmentItems',
    'getShipmentItemsByShipmentId',
  ];
  const missing = expected.filter(
    (operationId) => ![...lines.keys()].some((key) => key.startsWith(`${operationId} 2`)),
  );
  for (const operationId of missing) console.log(`FAIL ${operationId}: not called`);
  return missing.length === 0 && [...lines.values()].every(({ faults }) => faults.size === 0);
}
