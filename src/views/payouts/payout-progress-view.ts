/** How far each payout has come, for those who watch it. */
import { breakDown } from '../../domain/payouts/explain-breakdown.ts';
import { formatMinor, sumMinor } from '../../domain/money/money.ts';
import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import type { Database } from '../../store/database.ts';
import { linesByKey } from '../../store/bank/statement-lines.ts';
import { payoutProgress } from '../../store/payouts/payout-progress.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { listSettlements, type StoredSettlement } from '../../store/payouts/settlements.ts';

/** What the rows come to, by what they are; signed as in the report, but for what is held, which is what stays behind. */
export type PayoutParts = Record<keyof ReturnType<typeof breakDown>, string>;

export interface PayoutProgressView {
  settlementId: string;
  currency: string;
  start: string;
  end: string;
  total: string;
  rows: number;
  state: PayoutState;
  /** Null until every row has its role. */
  parts: PayoutParts | null;
  /** The sum of its debits. */
  journal: { posted: boolean; debit: string };
  applied: { invoices: number; creditMemos: number; planned: number };
  movements: MovementProgress[];
}

export interface MovementProgress {
  externalId: string;
  kind: string;
  amount: string;
  state: string;
  traceId: string | null;
  /** The line of a statement that shows it. */
  line: { account: 'bank' | 'card'; date: string; amount: string; description: string; traced: boolean } | null;
}

/** @param left those that nobody watches any more */
export async function payoutProgressViews(
  db: Database,
  connection: string,
  left: (settlementId: string) => boolean,
): Promise<PayoutProgressView[]> {
  const watched = (await listSettlements(db, connection)).filter(({ settlementId }) => !left(settlementId));
  return Promise.all(watched.map((settlement) => progressOf(db, connection, settlement)));
}

async function progressOf(db: Database, connection: string, settlement: StoredSettlement): Promise<PayoutProgressView> {
  const { settlementId, currency, start, end, total, rowCount, state } = settlement;
  const { sums, journal, applied } = await payoutProgress(db, connection, settlementId);
  const amount = (minor: bigint) => formatMinor(minor, currency);
  return {
    settlementId,
    currency,
    start,
    end,
    total: amount(total),
    rows: rowCount,
    state,
    parts: sums.size === 0 ? null : partsOf(breakDown(sums), amount),
    journal: { posted: journal.posted, debit: amount(sumMinor(journal.debits)) },
    applied,
    movements: await movementProgress(db, connection, settlementId, amount),
  };
}

function partsOf(parts: ReturnType<typeof breakDown>, amount: (minor: bigint) => string): PayoutParts {
  const { sales, tax, fees, other, reserve, released, held, total } = parts;
  return {
    sales: amount(sales),
    tax: amount(tax),
    fees: amount(fees),
    other: amount(other),
    reserve: amount(reserve),
    released: amount(released),
    held: amount(-held),
    total: amount(total),
  };
}

async function movementProgress(
  db: Database,
  connection: string,
  settlementId: string,
  amount: (minor: bigint) => string,
): Promise<MovementProgress[]> {
  const movements = await movementsOf(db, connection, settlementId);
  const lines = await linesByKey(
    db,
    connection,
    movements.flatMap(({ bankLine }) => bankLine ?? []),
  );
  return movements.map((movement) => {
    const { externalId, kind, state, traceId } = movement;
    const line = lines.get(movement.bankLine ?? '');
    return {
      externalId,
      kind,
      amount: amount(movement.amount),
      state,
      traceId,
      line:
        line === undefined
          ? null
          : {
              account: line.account,
              date: line.date,
              amount: amount(line.amount),
              description: line.description,
              traced: traceId !== null && (line.transactionId === traceId || line.description.includes(traceId)),
            },
    };
  });
}
