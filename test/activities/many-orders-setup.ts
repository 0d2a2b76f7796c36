/** A connection and a settlement of many orders on a real Postgres, for steps of a payout that ask neither Amazon nor NetSuite. */
import { stringify } from 'yaml';
import { recordReport, storeReport } from '../../src/activities/intake/take-in-report.ts';
import type { Connection } from '../../src/activities/connection.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { Store } from '../../src/store/database.ts';
import { settlementOf } from '../end-to-end/many-orders.ts';
import { connectionForTest } from './connection-for-test.ts';

export const CONNECTION = 'demo-us';
export const SETTLEMENT = '70000000001';
const NOW = '2026-10-20T12:00:00Z';

export function connectionOn(store: Store, now = async () => NOW): Connection {
  const { netsuite, ...rest } = demoConnectionSettings(worldFromSettlements([settlementOf(1)]));
  const text = stringify({
    connections: [
      {
        ...rest,
        name: CONNECTION,
        amazon: { region: 'na' },
        netsuite,
        posting: 'live',
        shippedBeforeCutOver: 'documents',
      },
    ],
  });
  return connectionForTest({ store, settings: parseConfig('many-orders.yaml', text).connections[0]!, now });
}

/** The report of a settlement of so many orders, as intake stores it. */
export async function takeInReport(connection: Connection, orders: number): Promise<void> {
  const { header, sha256 } = await storeReport(
    connection,
    'report',
    (async function* () {
      yield settlementOf(orders).bytes;
    })(),
  );
  await recordReport(connection, header!, sha256);
}

/** Dispatches of its orders with their posted invoices, written by Postgres from the staged rows; the first `without` orders have none. */
export async function invoiceOrders({ pool }: Store, without = 0): Promise<void> {
  await pool.query(
    `
    insert into shipments (connection, shipment_key, order_id, shipment_id, shipped_at, fact, state, told)
    select connection, order_id || '-' || shipment_id, order_id, shipment_id, posted_at, '{"items": []}', 'done', true from settlement_rows where amount_description = 'Principal' order by line offset $1`,
    [without],
  );
  await pool.query(`
    insert into documents (external_id, connection, purpose, business_key, part, record_type, state, attempt, netsuite_id, date, currency, total, order_id, plan)
    select 'AMZ_' || s.connection || '_INV_' || s.shipment_key || '_1', s.connection, 'INV', s.shipment_key, 1, 'invoice', 'posted', 1, s.shipment_id, s.shipped_at::date, 'USD', 2000, s.order_id, '{}' from shipments s`);
}
