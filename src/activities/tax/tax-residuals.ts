/** Tax that did not wash although Amazon says that it collects it (tax.md, *Exceptions*). */
import { orderSubject, payoutSubject } from '../../domain/exceptions/exception.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { leftOfOrders, standsOn, type OwnedTax } from '../../domain/tax/collected-tax.ts';
import type { Database } from '../../store/database.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { leftTaxOf } from '../../store/payouts/left-tax.ts';
import type { StoredSettlement } from '../../store/payouts/settlements.ts';
import { leftByPeople } from '../../store/tax/left-by-people.ts';
import type { Connection } from '../connection.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';

/** What is left of one order's tax, or of rows that name no order. */
export interface TaxResidual {
  /** Of its exception. */
  key: string;
  orderId: string | null;
  /** Signed as in the report. */
  amount: bigint;
  /** What of it is on the accounts of countries. */
  owned: readonly OwnedTax[];
  /** A sentence for people. */
  what: string;
  /** What a person who leaves it has seen: of another amount it is asked about anew. */
  words: string;
}

/** As the journal that is written down has it, in the order of the file. */
export async function taxResidualsIn(
  db: Database,
  { name }: Pick<Connection, 'name'>,
  { settlementId, currency }: Pick<StoredSettlement, 'settlementId' | 'currency'>,
): Promise<TaxResidual[]> {
  return leftOfOrders(await leftTaxOf(db, name, settlementId))
    .filter(({ collected }) => collected)
    .map(({ orderId, amount, owned }) => ({
      key: `${settlementId}:${orderId ?? ''}`,
      orderId,
      amount,
      what: `tax of order ${orderId ?? '(none named)'} leaves ${renderMoney(amount, currency)} although Amazon collects it; it is on ${standsOn({ amount, owned }, currency)}`,
      owned,
      words: `${orderId ?? '(none named)'} ${formatMinor(amount, currency)}`,
    }));
}

/**
 * Raised until a person has left it, and holds nothing up. By what the journal that is written down has left, so that it makes no difference where a process
 * died; what a report that was issued again no longer leaves is ended. Idempotent.
 */
export async function raiseTaxResiduals({ connection, settlement }: PayoutSetup): Promise<void> {
  const { db, name } = connection;
  const { settlementId, currency } = settlement;
  const left = await taxResidualsIn(db, connection, settlement);
  const { residuals } = await leftByPeople(db, name, settlementId);
  for (const { key, orderId, amount, what, words } of left) {
    if (residuals.has(words)) continue;
    await connection.raise({
      code: 'tax-residual',
      key,
      payout: settlementId,
      subject: orderId === null ? payoutSubject(settlementId) : orderSubject(orderId),
      evidence: {
        what,
        atStake: amount,
        currency,
      },
      remedy: {
        kind: 'settle-payout',
        first:
          "Compare the tax rows of the order with Amazon's tax report, and move to its account in NetSuite what is somebody's; then say that the rest stays",
        settlementId,
        choice: 'leave',
      },
    });
  }
  const still = new Set(left.map(({ key }) => key));
  for (const key of await openKeys(db, name, 'tax-residual', `${settlementId}:`))
    if (!still.has(key)) await connection.resolve('tax-residual', key, 'its tax comes to zero');
}
