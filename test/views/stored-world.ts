import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config/read-config.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { takePort } from '../../src/local/ports.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';
import type { ConnectionSource } from '../../src/views/view-source.ts';

export interface StoredWorld {
  store: Store;
  folder: string;
  /** What a view of its connection `demo-us` is made from. */
  source: ConnectionSource & { world: { simulators: object | null } };
  stop(): Promise<void>;
}

/**
 * A real Postgres with our tables and a configuration of two connections: a world of which only the memory runs, found by the
 * environment.
 * @param stock what `demo-us` has under `stock`, as YAML in one line
 */
export async function startStoredWorld({ stock = null }: { stock?: string | null } = {}): Promise<StoredWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-stored-'));
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({
    port: (await takePort(0))!,
    dataFolder: join(folder, 'postgres'),
    logFolder: folder,
    fresh: true,
  });
  await prepareSchema(postgres.url, postgres.ownerUrl);
  const store = openStore(postgres.url);
  writeFileSync(
    join(folder, 'tieout.config.yaml'),
    configuration('demo-us', '2026-10-01T07:00:00Z') +
      (stock === null ? '' : `    stock: ${stock}\n`) +
      configuration('other', '2026-10-01T07:00:00Z').replace(/^connections:\n/, ''),
  );
  const before = { ...process.env };
  // Nothing listens on port 9: these commands must do without Temporal.
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    TIEOUT_CONFIG: join(folder, 'tieout.config.yaml'),
    TIEOUT_HOME: folder,
  });
  return {
    store,
    folder,
    source: {
      store,
      settings: readConfig(join(folder, 'tieout.config.yaml')).connections[0]!,
      world: { temporal: { uiUrl: 'http://127.0.0.1:8233' }, simulators: null },
    },
    async stop() {
      for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TIEOUT_CONFIG', 'TIEOUT_HOME']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      await store.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(name: string, cutOver: string): string {
  return `connections:
  - name: ${name}
    amazon: { region: na }
    netsuite: { account: "1234567_SB1" }
    marketplaces: [{ id: ATVPDKIKX0DER, customer: Amazon US, location: FBA US }]
    cutOver: ${cutOver}
    shippedBeforeCutOver: documents
    posting: live
    vendor: Amazon Services
    items: { shipping: AMZ-SHIPPING, gift-wrap: AMZ-GIFTWRAP, promotion: AMZ-PROMOTION, points: AMZ-POINTS, refund: AMZ-REFUND }
    accounts: { bank: "1000", receivable: "1100", clearing: "1180", reserve-held: "1185", payouts-in-transit: "1190", settlement-in-progress: "1195",
      merchant-orders: "1197", card: "2000", balance-due-to-amazon: "2100", amazon-charges: "2110", sales-tax-payable: "2200", tax-withheld: "2210",
      loans: "2300", suspense: "2900", opening-balance: "3900", selling-fees: "6110", fulfilment-fees: "6120", storage: "6130", inbound: "6140",
      removal: "6150", advertising: "6160", subscription: "6170", tax-on-fees: "6180", liquidation: "6190", chargebacks-and-claims: "6200",
      inventory-loss: "6300", cogs-returns: "5000", variance: "6900", reimbursements: "7100" }
`;
}
