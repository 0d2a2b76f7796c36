import { expect, test } from '@jest/globals';
import { startAt } from './started-simulator.ts';
import { smallWorld } from './small-world.ts';

test.each([
  ['/orders/2026-01-01/orders?lastUpdatedAfter=2026-03-01T00:00:00Z', 20, '0.0056', 179],
  ['/orders/2026-01-01/orders/111-0000001-0000001', 30, '0.5', 2],
  ['/reports/2021-06-30/reports?reportTypes=X', 10, '0.0222', 46],
  ['/finances/2024-06-19/transactions?postedAfter=2026-03-01T00:00:00Z', 10, '0.5', 2],
  ['/finances/v0/financialEventGroups', 30, '0.5', 2],
  ['/sellers/v1/marketplaceParticipations', 15, '0.016', 63],
])(
  '%s: a burst of %d, then 429 without the rate, refilled by the demo clock',
  async (path, burst, rate, secondsForOne) => {
    const started = await startAt('2026-03-20T00:00:00Z', { world: smallWorld() });
    for (let call = 0; call < burst; call += 1) {
      const response = await started.get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('x-amzn-ratelimit-limit')).toBe(rate);
      await response.arrayBuffer();
    }
    const refused = await started.get(path);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-amzn-ratelimit-limit')).toBeNull();
    expect(await refused.json()).toEqual({
      errors: [{ code: 'QuotaExceeded', message: 'You exceeded your quota for the requested resource.', details: '' }],
    });
    // One token less a second is not enough; with it the call goes through, and only one.
    const then = (seconds: number): string =>
      new Date(Date.parse('2026-03-20T00:00:00Z') + seconds * 1000).toISOString();
    started.at(then(secondsForOne - 1));
    expect((await started.get(path)).status).toBe(429);
    started.at(then(secondsForOne));
    expect((await started.get(path)).status).toBe(200);
    expect((await started.get(path)).status).toBe(429);
    await started.simulator.close();
  },
);
