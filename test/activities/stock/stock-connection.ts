/** A connection with stock of which only the store and the schedule are there: for steps that ask neither vendor. */
import { ScheduleNotFoundError } from '@temporalio/client';
import { stringify } from 'yaml';
import type { Connection } from '../../../src/activities/connection.ts';
import { parseConfig } from '../../../src/config/read-config.ts';
import { accountsByRole, COST_OF_GOODS_ACCOUNT } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { demoConnectionSettings } from '../../../src/local/demo-month/connection-settings.ts';
import type { FreshPostgres } from '../../store/fresh-postgres.ts';
import { connectionForTest } from '../connection-for-test.ts';
import { WORLD } from '../worked-example.ts';

const STOCK = {
  from: '2026-10-01',
  pools: [
    {
      name: 'us',
      countries: ['US'],
      marketplace: 'ATVPDKIKX0DER',
      sellable: 'FBA US',
      unsellable: 'FBA US unsellable',
      inTransit: 'To Amazon',
      removal: 'From Amazon',
      source: 'Warehouse',
    },
  ],
};

export interface StockConnection {
  connection: Connection;
  name: string;
  /** By the connection's clock from now on. */
  at(now: string): void;
  /** The schedule of stock: whether it is paused, or missing. */
  schedule: { state: 'acts' | 'paused' | 'missing'; triggered: string[] };
}

let connections = 0;

export function openStockConnection({ store }: FreshPostgres, options: { stock?: boolean } = {}): StockConnection {
  connections += 1;
  const name = `stock-${connections}`;
  const { netsuite, accounts: _, ...rest } = demoConnectionSettings(WORLD);
  const settings = parseConfig(
    'stock-connection.yaml',
    stringify({
      connections: [
        {
          name,
          ...rest,
          netsuite,
          cutOver: '2026-10-01T07:00:00Z',
          amazon: { region: 'na' },
          posting: 'live',
          shippedBeforeCutOver: 'documents',
          accounts: { ...accountsByRole(['USD']), 'cogs-returns': COST_OF_GOODS_ACCOUNT },
          ...(options.stock === false ? {} : { stock: STOCK }),
        },
      ],
    }),
  ).connections[0]!;
  let now = '2026-10-20T18:00:00Z';
  const schedule: StockConnection['schedule'] = { state: 'acts', triggered: [] };
  const handle = (id: string) => {
    const there = () => {
      if (schedule.state === 'missing') throw new ScheduleNotFoundError('no schedule', id);
    };
    return {
      async describe() {
        there();
        return { state: { paused: schedule.state === 'paused' } };
      },
      async trigger(overlap: string) {
        there();
        schedule.triggered.push(`${id} ${overlap}`);
      },
    };
  };
  return {
    name,
    schedule,
    at(instant) {
      now = instant;
    },
    connection: connectionForTest({
      store,
      settings,
      temporal: { schedule: { getHandle: handle } } as unknown as Connection['temporal'],
      now: async () => now,
      latest: () => now,
      realNow: () => Date.parse(now),
    }),
  };
}
