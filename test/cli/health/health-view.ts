import type { HealthView } from '../../../src/views/health/health-view.ts';

/** Everything that may be told, once. */
export const FULL: HealthView = {
  version: '0.1.0',
  ready: false,
  checks: [
    { part: 'Postgres', ok: true, detail: '17.10' },
    { part: 'Temporal', ok: false, detail: 'no answer within 5 s' },
  ],
  failingWorkflows: 2,
  connections: [
    {
      connection: 'demo-us',
      flows: [
        {
          flow: 'order-intake',
          everySeconds: 180,
          lastDone: '2026-11-28T10:00:00.000Z',
          lagSeconds: 90,
          next: '2026-11-28T10:03:00.000Z',
          missing: false,
        },
        { flow: 'stock', everySeconds: 900, lastDone: null, lagSeconds: null, next: null, missing: true },
      ],
      marks: [{ source: 'orders', ageSeconds: 120 }],
      netsuite: { busy: 2, allowed: 4, size: 5, queued: 7, throttledLastHour: 3 },
      amazon: { tokens: 19, burst: 20, polledSecondsAgo: 5, nextInSeconds: 60 },
      exceptions: [{ code: 'sku-unknown', owner: 'operations', open: 3, oldestSeconds: 7200 }],
      failingSteps: 1,
      withoutWorkflow: { orders: 4, payouts: 0 },
    },
  ],
};
