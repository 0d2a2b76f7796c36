/** Health of a real world: what is told while all is well, while something waits, and while a server is away. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { healthOfSession } from '../../../src/cli/health/health-of-session.ts';
import { serveHealth, type HealthServer } from '../../../src/cli/health/serve-health.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { productPolicy } from '../../../src/temporal/product-policy.ts';
import { reconcileConnections } from '../../../src/temporal/reconcile-connections.ts';
import { scheduledConnections } from '../../../src/temporal/scheduled-connections.ts';
import { parseConfig } from '../../../src/config/read-config.ts';
import { report, sale } from '../../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';

const REPORT = report(
  {
    id: '27910000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '18.00',
  },
  sale(
    {
      order: '114-9100001-9100001',
      shipment: 'H1',
      at: '2026-10-05T12:00:00Z',
      item: '9901',
      sku: 'NOT-MAPPED',
      quantity: 1,
    },
    [
      ['ItemPrice', 'Principal', '20.00'],
      ['ItemFees', 'Commission', '-2.00'],
    ],
  ),
);

interface Ready {
  ready: boolean;
  checks: { part: string; ok: boolean; detail: string }[];
}

describe('the health of a running world', () => {
  let world: WorldUnderTest;
  let health: HealthServer;
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements([REPORT]),
      paceDays: 14,
      durable: true,
      seed: (seed) => ({
        ...seed,
        items: seed.items.filter(({ itemId }) => itemId !== 'NOT-MAPPED'),
        openingStock: seed.openingStock.filter(({ itemId }) => itemId !== 'NOT-MAPPED'),
      }),
    });
    const configuration = parseConfig('world-under-test.yaml', world.places.configText);
    const session = {
      client: world.client,
      store: world.store,
      connections: configuration.connections,
      scheduled: scheduledConnections(configuration),
      alerts: false,
      policy: productPolicy(true),
      statementsUrl: world.amazonUrl,
    };
    const simulators = { amazonUrl: world.amazonUrl, netsuiteUrl: world.netsuiteUrl };
    health = await serveHealth(healthOfSession(session, { simulators }, Date.now), 0);
  }, 180_000);
  afterAll(async () => {
    await health?.close();
    await world?.close();
  });

  const ready = async () => {
    const answer = await fetch(`${health.url}/health/ready`);
    return { status: answer.status, ...((await answer.json()) as Ready) };
  };
  const wrongIn = ({ checks }: Ready) => checks.filter(({ ok }) => !ok).map(({ part }) => part);
  const samples = async () => (await (await fetch(`${health.url}/metrics`)).text()).split('\n');

  test('a schedule that is missing is not ready, and is named', async () => {
    const before = await world.until(ready, (answer) => wrongIn(answer).length < 2, 30);
    expect([before.status, wrongIn(before)]).toEqual([503, ['schedules']]);
    expect(before.checks.find(({ part }) => part === 'schedules')!.detail).toContain('missing: order-intake:demo-us');
  });

  test('once they stand it is', async () => {
    await reconcileConnections(
      world.client,
      scheduledConnections(parseConfig('world-under-test.yaml', world.places.configText)),
    );
    const now = await world.until(ready, ({ ready: all }) => all, 50);
    expect(now.checks.map(({ part, ok }) => [part, ok])).toEqual([
      ['Postgres', true],
      ['Temporal', true],
      ['workers', true],
      ['schedules', true],
    ]);
  });

  test('what waits for a person is counted by code, owner and age in days of the demo clock', async () => {
    await world.runToTheEnd();
    const told = await world.until(samples, (lines) => lines.some((line) => line.includes('flow="payout-intake"')), 30);
    expect(told).toContain('tieout_exceptions_open{connection="demo-us",code="sku-unknown",owner="operations"} 1');
    const age = told.find(
      (line) => line.startsWith('tieout_exception_oldest_age_seconds') && line.includes('sku-unknown'),
    );
    expect(Number(age!.split(' ').at(-1))).toBeGreaterThan(86_400);
    const lag = told.find((line) => line.startsWith('tieout_flow_lag_seconds') && line.includes('flow="order-intake"'));
    expect(Number(lag!.split(' ').at(-1))).toBeLessThan(600);
    expect(told).toContain('tieout_without_workflow{connection="demo-us",kind="orders"} 0');
  }, 240_000);

  test('without Postgres it is not ready, says so, and still lives; back, it is ready by itself', async () => {
    await world.servers.outage(async () => {
      await world.servers.postgres.stop();
      const down = await ready();
      expect([down.status, wrongIn(down)]).toEqual([503, ['Postgres']]);
      expect((await fetch(`${health.url}/health/live`)).status).toBe(200);
      expect(await samples()).toContain('tieout_up{part="postgres"} 0');
    });
    await world.servers.restartPostgres();
    expect((await world.until(ready, (now) => now.ready, 60)).ready).toBe(true);
  }, 120_000);

  test('anything else is told that there is nothing', async () => {
    expect((await fetch(`${health.url}/orders`)).status).toBe(404);
    expect((await fetch(`${health.url}/metrics`, { method: 'POST' })).status).toBe(405);
  });
});
