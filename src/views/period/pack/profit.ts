/** What the month earned, by role beside NetSuite's ledger, and by SKU. */
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import type { ConnectionSource } from '../../view-source.ts';
import { profitView } from '../profit-view.ts';

/** None where the month's profit has not been worked out. */
export async function profitTables(source: ConnectionSource, period: string): Promise<EvidenceTable[]> {
  const view = await profitView(source, source.settings, period, { by: 'sku' });
  if (view === null) return [];
  return [
    {
      name: 'profit-roles',
      title: 'Profit by role',
      note: `${view.sentence} Income is positive, cost negative; what all SKUs have, what was allocated, what no SKU has, and NetSuite's ledger.`,
      columns: columnsOf('Role', 'Currency', '>SKUs', '>Allocated', '>Unallocated', '>Ledger', '>Difference'),
      rows: view.tables.flatMap(({ roles }) =>
        roles.map(({ role, currency, skus, allocated, unallocated, ledger, difference }) => [
          role,
          currency,
          skus,
          allocated,
          unallocated,
          ledger,
          difference,
        ]),
      ),
    },
    {
      name: 'profit-skus',
      title: 'Profit by SKU',
      note: null,
      columns: columnsOf(
        'SKU',
        'Channel',
        'Currency',
        '>Units',
        '>Income',
        '>Fees',
        '>Cost',
        '>Allocated',
        '>Profit',
        '>Margin %',
      ),
      rows: view.tables.flatMap(({ currency, rows }) =>
        rows.map(({ name, channel, units, income, feesTotal, cost, allocated, profit, margin }) => [
          name ?? 'none',
          channel,
          currency,
          String(units),
          income,
          feesTotal,
          cost,
          allocated,
          profit,
          margin ?? '',
        ]),
      ),
    },
  ];
}
