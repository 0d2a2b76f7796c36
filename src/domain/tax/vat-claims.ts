/** Claims as the VAT report counts them: of the jurisdiction and at the rate of their order's sale. */
import type { Day, Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import { asMoved, type BookedMove } from './moved-facts.ts';
import type { Jurisdiction, TaxPolicy } from './tax-policy.ts';
import type { VatFact } from './vat-facts.ts';

/** A claim without a memo, whose tax the journal of its settlement has taken from what is owed. */
export interface ClaimTax {
  /** External id of that journal. */
  journal: string;
  day: Day;
  posted: boolean;
  /** End of the settlement. */
  settledAt: Instant;
  orderId: string;
  marketplaceName: string | null;
  sku: string | null;
  currency: CurrencyCode;
  /** Where its journal booked the tax; null where that does not say so: of no country, or from before it was written down. */
  bookedIn: Jurisdiction | null;
  /** Negative: it was given back. */
  net: bigint;
  tax: bigint;
}

/**
 * Those of jurisdictions where the seller is registered. Where no document of the order carries tax of the seller it is nobody's
 * here, named under its marketplace's jurisdiction: its journal took it from the rest of `sales-tax-payable`, and the account of
 * the jurisdiction has not moved.
 * A claim whose journal was planned after its sale was moved is where the sale is now, and one from before where the sale was.
 * @param sold of documents of their orders
 * @param moves of their orders, of whatever day
 */
export function claimFacts(
  claims: readonly ClaimTax[],
  sold: readonly VatFact[],
  moves: readonly BookedMove[],
  policyOf: (marketplaceName: string | null) => Pick<TaxPolicy, 'jurisdiction' | 'registrations'>,
): VatFact[] {
  const moved = asMoved(sold, moves);
  return claims.flatMap((claim) => {
    const { journal, day, posted, orderId, marketplaceName, sku, currency, bookedIn, net, tax } = claim;
    const { jurisdiction: home, registrations } = policyOf(marketplaceName);
    const owed = sold.filter((one) => isOwed(one, orderId));
    // As the journal books it: of the order, whichever item it is of.
    const jurisdiction = bookedIn ?? owed.map((one) => one.jurisdiction).sort()[0] ?? home;
    const sale = [...owed, ...moved.filter((one) => isOwed(one, orderId))].find(
      (one) => one.jurisdiction === jurisdiction && (sku === null || one.sku === sku),
    );
    if (!registrations.includes(jurisdiction)) return [];
    return [
      {
        document: journal,
        type: 'claim',
        event: 'refund',
        orderId,
        currency,
        day,
        posted,
        orderItemId: sale?.orderItemId ?? '',
        sku,
        collector: owed.length === 0 ? 'nobody' : 'seller',
        jurisdiction,
        rate: sale?.rate ?? null,
        net,
        tax,
      } satisfies VatFact,
    ];
  });
}

const isOwed = (one: VatFact, orderId: string): boolean => one.orderId === orderId && one.collector === 'seller';

/**
 * Where tax of an order that no document carries goes when its journal is planned: where its sale is by then, as a refund's
 * does. Of an order that is in several places where that of the claimed SKUs is; null where no sale of it has tax of the seller.
 */
export function placeOfClaims(
  sold: readonly VatFact[],
  moves: readonly BookedMove[],
  skus: readonly string[],
): Jurisdiction | null {
  const owed = asMoved(
    sold.filter(({ event, collector }) => event === 'sale' && collector === 'seller'),
    moves,
  );
  const ofSkus = owed.filter(({ sku }) => sku !== null && skus.includes(sku));
  return (ofSkus.length > 0 ? ofSkus : owed).map(({ jurisdiction }) => jurisdiction).sort()[0] ?? null;
}
