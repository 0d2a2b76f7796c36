/** Tax that did not wash although Amazon says that it collects it (tax.md, *Exceptions*). */
import { orderSubject, payoutSubject } from '../../domain/exceptions/exception.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { isCollected } from '../../domain/tax/tax-of-nobody.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { leftTaxOf } from '../../store/payouts/left-tax.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';

/**
 * Raised, and holds nothing up. By what the journal that is written down has left, so that it makes no difference where a process
 * died; what a report that was issued again no longer leaves is ended. Idempotent.
 */
export async function raiseTaxResiduals({ connection, settlement }: PayoutSetup): Promise<void> {
  const { db, name } = connection;
  const { settlementId, currency } = settlement;
  const keyOf = (orderId: string | null) => `${settlementId}:${orderId ?? ''}`;
  const left = (await leftTaxOf(db, name, settlementId)).filter(isCollected);
  for (const { orderId, amount } of left)
    await connection.raise({
      code: 'tax-residual',
      key: keyOf(orderId),
      payout: settlementId,
      subject: orderId === null ? payoutSubject(settlementId) : orderSubject(orderId),
      evidence: {
        what: `tax of order ${orderId ?? '(none named)'} leaves ${renderMoney(amount, currency)} although Amazon collects it; it is on sales-tax-payable`,
        atStake: amount,
        currency,
      },
      remedy: { kind: 'look', where: "Compare the tax rows of the order with Amazon's tax report" },
    });
  const still = new Set(left.map(({ orderId }) => keyOf(orderId)));
  for (const key of await openKeys(db, name, 'tax-residual', `${settlementId}:`))
    if (!still.has(key)) await connection.resolve('tax-residual', key, 'its tax comes to zero');
}
