/** Settlements that ended in the month with their tie line, what each moved, and the lines of the bank behind it. */
import { formatMinor } from '../../../domain/money/money.ts';
import { endedIn } from '../../../domain/period/calendar.ts';
import { explainPayout } from '../../../domain/payouts/explain-payout.ts';
import { PAYOUT_STEPS } from '../../../domain/payouts/payout-steps.ts';
import { numberedLines } from '../../../store/bank/statement-lines.ts';
import type { Database } from '../../../store/database.ts';
import { payoutStatus, type PayoutStatus } from '../../../store/payouts/payout-status.ts';
import { listSettlements } from '../../../store/payouts/settlements.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import type { MonthOfPack } from './month.ts';

export async function payoutTables(db: Database, month: MonthOfPack): Promise<EvidenceTable[]> {
  const { connection, period, homeZone } = month;
  const ended = (await listSettlements(db, connection)).filter(endedIn(period, homeZone));
  const statuses: PayoutStatus[] = [];
  for (const { settlementId } of ended) statuses.push((await payoutStatus(db, connection, settlementId))!);
  const lines = await numberedLines(db, [connection], { account: null, unmatched: false });
  const ids = new Set(ended.map(({ settlementId }) => settlementId));
  return [
    {
      name: 'payouts',
      title: 'Payouts',
      note: 'Of settlements that ended in the month: the report beside its rows, and the stations of each.',
      columns: columnsOf(
        'Settlement',
        'From',
        'To',
        'Currency',
        '>Total',
        '>Rows',
        '>Sum of rows',
        ...PAYOUT_STEPS,
        'Stands',
      ),
      rows: statuses.map(payoutRow),
    },
    {
      name: 'deposits',
      title: 'Deposits and charges',
      note: null,
      columns: columnsOf('Settlement', 'Document', 'Kind', 'Currency', '>Amount', 'Dated', 'Trace', 'State'),
      rows: statuses.flatMap(({ settlement, movements }) =>
        movements.map(({ externalId, kind, currency, amount, date, traceId, state }) => [
          settlement.settlementId,
          externalId,
          kind,
          currency,
          formatMinor(amount, currency),
          date ?? '',
          traceId ?? '',
          state,
        ]),
      ),
    },
    {
      name: 'bank-lines',
      title: 'Lines of the bank behind them',
      note: null,
      columns: columnsOf('Line', 'Account', 'Date', 'Currency', '>Amount', 'Text', 'Settlement', 'Proves'),
      rows: lines
        .filter(({ movement }) => movement !== null && ids.has(movement.settlementId))
        .map(({ number, account, date, currency, amount, description, movement }) => [
          String(number),
          account,
          date,
          currency,
          formatMinor(amount, currency),
          description,
          movement!.settlementId,
          movement!.externalId,
        ]),
    },
  ];
}

function payoutRow(status: PayoutStatus): string[] {
  const { settlement, rows, sum } = status;
  const story = explainPayout(status);
  return [
    settlement.settlementId,
    settlement.start,
    settlement.end,
    settlement.currency,
    formatMinor(settlement.total, settlement.currency),
    String(rows),
    formatMinor(sum, settlement.currency),
    ...PAYOUT_STEPS.map((step) => story.steps[step]),
    story.state,
  ];
}
