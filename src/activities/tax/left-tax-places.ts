/** Where tax is owed that a settlement brings and no document carries, when its journal is planned. */
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import { placeOfClaims } from '../../domain/tax/vat-claims.ts';
import { placesOfLeftTax } from '../../store/payouts/left-tax.ts';
import { movesOfOrders } from '../../store/tax/tax-moves.ts';
import { vatFactsOfOrders } from '../../store/tax/vat-facts.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';

/** By order: where its documents have tax, and of what was moved as a whole where it was moved to (tax.md, *VAT report*). */
export async function leftTaxPlaces({ connection, settlement }: PayoutSetup): Promise<Map<string, Jurisdiction>> {
  const { db, name } = connection;
  const left = await placesOfLeftTax(db, name, settlement.settlementId);
  const moves = await movesOfOrders(db, name, [...left.keys()]);
  const sold = await vatFactsOfOrders(db, name, [...new Set(moves.map(({ orderId }) => orderId))]);
  return new Map(
    [...left].map(([orderId, { jurisdiction, skus }]) => {
      const of = <T extends { orderId: string }>(all: readonly T[]) => all.filter((one) => one.orderId === orderId);
      const own = of(moves);
      return [orderId, own.length === 0 ? jurisdiction : (placeOfClaims(of(sold), own, skus) ?? jurisdiction)];
    }),
  );
}
