/** Claims as the VAT report counts them: of the jurisdiction and at the rate of their order's sale. */
import type { Day, Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { TaxPolicy } from './tax-policy.ts';
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
  /** Negative: it was given back. */
  net: bigint;
  tax: bigint;
}

/**
 * Those of jurisdictions where the seller is registered. Where no document of the order carries tax of the seller it is nobody's
 * here, named under its marketplace's jurisdiction: its journal took it from the rest of `sales-tax-payable`, and the account of
 * the jurisdiction has not moved.
 * @param sold of documents of their orders
 */
export function claimFacts(
  claims: readonly ClaimTax[],
  sold: readonly VatFact[],
  policyOf: (marketplaceName: string | null) => Pick<TaxPolicy, 'jurisdiction' | 'registrations'>,
): VatFact[] {
  return claims.flatMap(({ journal, day, posted, orderId, marketplaceName, sku, currency, net, tax }) => {
    const { jurisdiction: home, registrations } = policyOf(marketplaceName);
    const owed = sold.filter((one) => one.orderId === orderId && one.collector === 'seller');
    // As the journal books it: of the order, whichever item it is of.
    const jurisdiction = owed.map((one) => one.jurisdiction).sort()[0] ?? home;
    const sale = owed.find((one) => one.jurisdiction === jurisdiction && (sku === null || one.sku === sku));
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
