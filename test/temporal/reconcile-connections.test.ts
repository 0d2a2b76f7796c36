import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { takePort } from '../../src/local/ports.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal, type RunningTemporal } from '../../src/local/temporal-server.ts';
import { productPolicy } from '../../src/temporal/product-policy.ts';
import { reconcileConnections } from '../../src/temporal/reconcile-connections.ts';

let server: RunningTemporal;
let connection: Connection;
beforeAll(async () => {
  server = await startTemporal(await findTemporal(), {
    port: (await takePort(0))!,
    uiPort: null,
    logFolder: mkdtempSync(join(tmpdir(), 'tieout-reconcile-')),
  });
  connection = await Connection.connect({ address: server.address });
}, 120_000);
afterAll(async () => {
  await connection.close();
  await server.stop();
});

test('a connection gets its schedules and its decisions once, and another interval changes only that', async () => {
  const client = new Client({ connection });
  const shop = {
    name: 'shop-us',
    orders: '3m',
    payouts: '1h',
    reconciler: '10m',
    stock: null as string | null,
    tax: null as string | null,
    close: null as string | null,
    alerts: '1d',
    policy: productPolicy(false),
    paused: false,
  };
  const intervalOf = async (id: string) =>
    (await client.schedule.getHandle(id).describe()).spec.intervals?.map(({ every }) => every);

  expect(await reconcileConnections(client, [shop])).toEqual([
    'order-intake:shop-us',
    'payout-intake:shop-us',
    'population-intake:shop-us',
    'reconciler:shop-us',
    'housekeeping:shop-us',
    'document-sweep:shop-us',
    'alerts:shop-us',
  ]);
  expect(await intervalOf('housekeeping:shop-us')).toEqual([86_400_000]);
  const first = await client.workflow.getHandle('decisions:shop-us').describe();
  expect([
    first.status.name,
    await intervalOf('order-intake:shop-us'),
    await intervalOf('payout-intake:shop-us'),
  ]).toEqual(['RUNNING', [180_000], [3_600_000]]);

  // Without a stock flow there is no schedule of one.
  expect(await reconcileConnections(client, [{ ...shop, name: 'shop-stock', stock: '15m' }])).toContain(
    'stock:shop-stock',
  );
  expect(await intervalOf('stock:shop-stock')).toEqual([900_000]);

  expect(await reconcileConnections(client, [{ ...shop, name: 'shop-tax', tax: '15m' }])).toContain('tax:shop-tax');

  await reconcileConnections(client, [{ ...shop, orders: '5m' }]);
  const second = await client.workflow.getHandle('decisions:shop-us').describe();
  expect([second.runId, await intervalOf('order-intake:shop-us'), await intervalOf('payout-intake:shop-us')]).toEqual([
    first.runId,
    [300_000],
    [3_600_000],
  ]);
});
