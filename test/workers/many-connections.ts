/**
 * Sellers of one order and one settlement each, all in one NetSuite account, and worker processes that share their
 * connections out. Servers and simulators are real; nothing has happened until a process is started.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Client } from '@temporalio/client';
import { lookOnce } from '../../src/operations/intake/look-once.ts';
import { secretName } from '../../src/config/environment.ts';
import { childEnvironment } from '../../src/local/child-environment.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { netSuiteSeedFor } from '../../src/local/demo-month/netsuite-seed.ts';
import { superviseWorkers } from '../../src/local/supervise.ts';
import { bundleOfTheRun } from '../temporal/bundle-of-the-run.ts';
import { startAmazonSimulator, type RunningAmazonSimulator } from '../../src/simulators/amazon/server.ts';
import { worldSpan } from '../../src/simulators/amazon/timeline.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { DemoClock } from '../../src/simulators/clock.ts';
import { startNetSuiteSimulator } from '../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';
import { connectClient } from '../../src/temporal/connection.ts';
import { settlementOf } from '../end-to-end/many-orders.ts';
import { startServers } from '../end-to-end/servers-under-test.ts';

export interface ManyConnections {
  names: readonly string[];
  client: Client;
  store: Store;
  /** Starts one worker process with `TIEOUT_CONNECTIONS`; resolves with its pid once it works. */
  startProcess(connections: string): Promise<number>;
  /** One look of the product at a seller, until nothing of it is left to do. */
  look(connection: string): Promise<void>;
  close(): Promise<void>;
}

const POLICY = { startToClose: '60s', heartbeat: '5s', firstRetry: '100ms', longestRetry: '1s' } as const;

export async function openManyConnections(count: number): Promise<ManyConnections> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-many-'));
  const closing: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const servers = await startServers(folder, false);
    closing.push(() => servers.stop());
    const world = worldFromSettlements([settlementOf(1)]);
    const clock = new DemoClock(Date.parse(worldSpan(world)!.last));
    const names = Array.from({ length: count }, (_, index) => `shop-${index + 1}`);
    const amazons = new Map<string, RunningAmazonSimulator>();
    for (const name of names) {
      const seller = { world: { ...world, sellerId: `${world.sellerId}-${name}` }, refreshToken: `Atzr|${name}` };
      const amazon = await startAmazonSimulator({ ...seller, port: 0, clock });
      amazons.set(name, amazon);
      closing.push(() => amazon.close());
    }
    const netsuite = await startNetSuiteSimulator({ seed: netSuiteSeedFor(world), port: 0, clock });
    closing.push(() => netsuite.close());

    const { netsuite: account, ...rest } = demoConnectionSettings(world);
    const [first] = amazons.values();
    const config = join(folder, 'tieout.config.yaml');
    writeFileSync(
      config,
      stringify({
        demoClock: first!.url,
        connections: [...amazons].map(([name, { url }]) => ({
          name,
          ...rest,
          bank: 'none',
          amazon: { region: 'na', endpoint: url },
          netsuite: { ...account, restBaseUrl: netsuite.url, maxConcurrency: 5, timeout: '5s' },
          posting: 'live',
          shippedBeforeCutOver: 'documents',
        })),
      }),
    );
    const { url: databaseUrl, ownerUrl } = servers.postgres;
    await prepareSchema(databaseUrl, ownerUrl);
    const store = openStore(databaseUrl, { max: 10 });
    closing.push(() => store.close());
    const { client, close: disconnect } = await connectClient(servers.temporal.address);
    closing.push(disconnect);
    const bundle = await bundleOfTheRun();
    const secrets = Object.fromEntries(
      [...amazons].flatMap(([name, amazon]) => [
        [secretName(name, 'AMAZON_CLIENT_ID'), amazon.clientId],
        [secretName(name, 'AMAZON_CLIENT_SECRET'), amazon.clientSecret],
        [secretName(name, 'AMAZON_REFRESH_TOKEN'), amazon.refreshToken],
        [secretName(name, 'NETSUITE_CLIENT_ID'), netsuite.clientId],
        [secretName(name, 'NETSUITE_CERTIFICATE_ID'), netsuite.certificateId],
        [secretName(name, 'NETSUITE_PRIVATE_KEY'), netsuite.privateKeyPem!],
      ]),
    );
    let processes = 0;
    return {
      names,
      client,
      store,
      async startProcess(connections) {
        const logs = join(folder, `process-${(processes += 1)}`);
        mkdirSync(logs);
        const env = childEnvironment('worker', {
          NODE_OPTIONS: '',
          TZ: 'UTC',
          TIEOUT_CONFIG: config,
          TIEOUT_CONNECTIONS: connections,
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: servers.temporal.address,
          TIEOUT_BUNDLE: bundle,
          ...secrets,
        });
        const supervised = await superviseWorkers(1, env, logs, { died: () => {}, back: () => {} });
        closing.push(() => supervised.stop());
        return supervised.pids[0]!;
      },
      look: (connection) =>
        lookOnce(
          {
            client,
            store,
            connection,
            policy: POLICY,
            statementsUrl: null,
            stock: false,
            tax: false,
            close: false,
            alerts: false,
            stopped: () => false,
          },
          'look',
        ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
