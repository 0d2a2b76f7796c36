import { netsuiteInTransit } from '../../domain/stock/in-transit.ts';
import type { StockPolicy, Units } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { loadPlannedDocuments } from '../../store/stock/find-documents.ts';
import type { NetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import type { StockRun } from '../../store/stock/standings.ts';

/** NetSuite's units in transit as they were last read, in `posting: plan` with what is planned. */
export async function loadInTransitNow(
  db: Database,
  {
    connection,
    policy,
    netsuite,
    run,
  }: { connection: string; policy: StockPolicy; netsuite: NetSuiteStock | null; run: StockRun | null },
): Promise<Units[]> {
  if (netsuite === null) return [];
  const planned = policy.posting === 'plan' ? await loadPlannedDocuments(db, connection) : [];
  return netsuiteInTransit(policy, {
    ...netsuite,
    standings: run?.inbound ?? [],
    planned: planned.map(({ document }) => document),
  });
}
