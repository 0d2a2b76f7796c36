/** What of the month was unsettled, as it was decided, and how it came to be: by role and SKU, from Finances' transactions. */
import { formatMinor } from '../../../domain/money/money.ts';
import { firstDayOf, lastDayOf } from '../../../domain/period/calendar.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import type { Database } from '../../../store/database.ts';
import { accrualDocuments, accrualsOf } from '../../../store/period/accruals.ts';
import type { MonthOfPack } from './month.ts';

export async function accrualTables(
  db: Database,
  { connection, period }: Pick<MonthOfPack, 'connection' | 'period'>,
): Promise<EvidenceTable[]> {
  const decided = await accrualsOf(db, connection, period);
  const within = { from: firstDayOf(period), until: lastDayOf(period) };
  const accruals = (await accrualDocuments(db, connection, within)).filter(({ plan }) => plan.reverses === undefined);
  return [
    {
      name: 'accruals',
      title: 'Accruals',
      note: 'What no settlement had brought by the end of the month, as it was decided.',
      columns: columnsOf('Currency', 'Decided', '>Transactions', '>Amount', 'By', 'Why', 'Entry'),
      rows: decided.map(({ currency, choice, transactions, amount, by, why, audit }) => [
        currency,
        choice === 'post' ? 'accrued' : 'none',
        String(transactions),
        formatMinor(amount, currency),
        by,
        why,
        String(audit),
      ]),
    },
    {
      name: 'accrual-shares',
      title: 'What was accrued, by role and SKU',
      note: 'Debit positive. Transactions without an item have none.',
      columns: columnsOf('Document', 'Role', 'SKU', 'Channel', 'Currency', '>Amount'),
      rows: accruals.flatMap(({ externalId, currency, plan }) =>
        (plan.whose ?? []).map(({ role, sku, channel, amount }) => [
          externalId,
          role,
          sku ?? '',
          channel,
          currency,
          formatMinor(amount, currency),
        ]),
      ),
    },
  ];
}
