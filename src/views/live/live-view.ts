/** What the live block shows of a connection. */
import { formatMinor, type CurrencyCode } from '../../domain/money/money.ts';
import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import { stepsOf, type PayoutStep, type StepState } from '../../domain/payouts/payout-steps.ts';
import type { Database } from '../../store/database.ts';
import { documentStates } from '../../store/documents/documents.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { listSettlements, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { orderCountsView, type OrderCountsView } from '../orders/order-counts-view.ts';
import { openOf, type ListedException } from '../exceptions/exceptions-view.ts';
import type { Surroundings } from './surroundings.ts';

export interface LivePayout {
  settlementId: string;
  total: string;
  currency: CurrencyCode;
  /** The five stations of the tie line. */
  steps: Record<PayoutStep, StepState>;
  /** Who must act, `bank` or `orders`; null while it goes on by itself. */
  waitsFor: string | null;
  tied: boolean;
}

export interface LiveView extends Surroundings {
  connection: string;
  orders: OrderCountsView;
  payouts: LivePayout[];
  /** What is open, in the order in which it came. */
  exceptions: ListedException[];
}

/** @param surroundings what the vendors' limits leave, which not the store alone knows */
export async function liveView(db: Database, connection: string, surroundings: Surroundings): Promise<LiveView> {
  const settlements = await listSettlements(db, connection);
  return {
    connection,
    ...surroundings,
    orders: await orderCountsView(db, connection),
    payouts: await Promise.all(settlements.map((settlement) => livePayout(db, connection, settlement))),
    exceptions: await openOf(db, connection),
  };
}

const WAITS_FOR: Partial<Record<PayoutState, string>> = {
  'waits-amount': 'Finance',
  'waits-bank': 'bank',
  'waits-documents': 'orders',
  stopped: 'a person',
  held: 'a person',
  refused: 'Finance',
};

async function livePayout(db: Database, connection: string, settlement: StoredSettlement): Promise<LivePayout> {
  const { settlementId, total, currency, state, rowCount } = settlement;
  const [documents, movements] = await Promise.all([
    documentStates(db, connection, settlementId),
    movementsOf(db, connection, settlementId),
  ]);
  return {
    settlementId,
    total: formatMinor(total, currency),
    currency,
    tied: state === 'tied',
    waitsFor: WAITS_FOR[state] ?? null,
    // A file is only staged where its rows come to its total.
    steps: stepsOf({ settlement, rows: rowCount, sum: total, documents, movements }),
  };
}
