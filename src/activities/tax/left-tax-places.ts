/** Whose the tax is that a settlement brings and no document carries, when its journal is planned. */
import { owesTax } from '../../config/tax-policy.ts';
import type { SharedTax } from '../../domain/journal/tax-of-items.ts';
import { sharesOfLeftTax } from '../../domain/tax/left-tax-shares.ts';
import { ordersWithLeftTax } from '../../store/payouts/left-tax.ts';
import { movesOfOrders } from '../../store/tax/tax-moves.ts';
import { sharesOfOrders } from '../../store/tax/tax-shares.ts';
import { vatFactsOfOrders } from '../../store/tax/vat-facts.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';

/** By item: its country's, as far as its documents still have tax there (tax.md, *VAT report*). */
export async function leftTaxPlaces({ connection, settlement: { settlementId } }: PayoutSetup): Promise<SharedTax> {
  const { db, name, settings } = connection;
  const orders = await ordersWithLeftTax(db, name, settlementId, { claims: owesTax(settings) });
  const known = {
    documents: await vatFactsOfOrders(db, name, orders),
    moves: await movesOfOrders(db, name, orders),
    booked: await sharesOfOrders(db, name, orders, settlementId),
  };
  return { orders: new Set(orders), sharesOf: (left) => sharesOfLeftTax(left, known) };
}
