/** Tax that a payout brings, nobody withheld and no document carries: it is somebody's, and a person says so. */
import { leavesUnwithheldTax, owesTax, taxPolicyOf } from '../../config/tax-policy.ts';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { leftOfOrders, withoutOwned } from '../../domain/tax/collected-tax.ts';
import { taxOfNobody, wordsOf, type TaxOfNobody } from '../../domain/tax/tax-of-nobody.ts';
import type { Database } from '../../store/database.ts';
import { askedTaxOf } from '../../store/payouts/left-tax.ts';
import type { StoredSettlement } from '../../store/payouts/settlements.ts';
import { leftByPeople } from '../../store/tax/left-by-people.ts';
import type { Connection } from '../connection.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';

/** Kind of act by which a person leaves it where it stands. */
export const LEAVE_TAX = 'leave-tax';

/**
 * Null where nothing is, or nothing that a person has not left already, or the seller has said that he owes tax nowhere, or of all its
 * marketplaces that it is left. What Amazon says that it collects is `tax-residual`.
 */
export async function taxOfNobodyIn(
  db: Database,
  { name, settings }: Pick<Connection, 'name' | 'settings'>,
  { settlementId, currency }: Pick<StoredSettlement, 'settlementId' | 'currency'>,
): Promise<TaxOfNobody | null> {
  if (!owesTax(settings)) return null;
  const left = leftOfOrders(withoutOwned(await askedTaxOf(db, name, settlementId))).filter(
    (one) => !one.collected && !leavesUnwithheldTax(settings, one.marketplaceName),
  );
  const asked = left.map(({ orderId, marketplaceName, amount }) => ({
    orderId,
    amount,
    jurisdiction: taxPolicyOf(settings, marketplaceName).jurisdiction,
  }));
  const { nobodys } = await leftByPeople(db, name, settlementId);
  return taxOfNobody(
    asked.filter((one) => !nobodys.has(wordsOf(one, currency))),
    settings.tax!.registrations,
    currency,
  );
}

/** Raised at each proof, and holds its payout up until a person has left it: what another report or document changes is asked about anew. */
export async function raiseTaxOfNobody({ connection, settlement }: PayoutSetup): Promise<void> {
  const { db } = connection;
  const { settlementId, currency } = settlement;
  if (!owesTax(connection.settings)) return;
  const tax = await taxOfNobodyIn(db, connection, settlement);
  if (tax === null) return connection.resolve('tax-of-nobody', settlementId, 'none is left to ask about');
  await connection.raise({
    code: 'tax-of-nobody',
    subject: payoutSubject(settlementId),
    evidence: { what: tax.what, atStake: tax.amount, currency },
    remedy: {
      kind: 'settle-payout',
      first:
        "Look in Amazon's VAT report whose it is; where you owe it, name the country under tax.registrations for what comes, and book what stands there to the account of the country in NetSuite",
      settlementId,
      choice: 'leave',
    },
  });
}
