import { endedIn } from '../../../domain/period/calendar.ts';
import type { Database } from '../../../store/database.ts';
import { monthOrders } from '../../../store/period/month-orders.ts';
import { listSettlements } from '../../../store/payouts/settlements.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import type { MonthOfPack } from './month.ts';

/** Files that the month was worked out from, by the hash of what was received. */
export async function sourceTable(db: Database, { connection, period, homeZone }: MonthOfPack): Promise<EvidenceTable> {
  const settlements = (await listSettlements(db, connection)).filter(endedIn(period, homeZone));
  const orders = await monthOrders(db, connection, period);
  return {
    name: 'source-files',
    title: 'Source files',
    note: 'SHA-256 of each as it was received, unpacked.',
    columns: columnsOf('File', 'SHA-256'),
    rows: [
      ...settlements.map(({ settlementId, sha256 }) => [`settlement report ${settlementId}`, sha256]),
      ...(orders === null ? [] : [[`all-orders report of ${period}`, orders.sha256]]),
    ],
  };
}
