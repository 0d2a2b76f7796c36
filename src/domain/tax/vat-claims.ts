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
 * Those of jurisdictions where the seller is registered; where no document of the order tells one, that of its marketplace, at
 * an unknown rate.
 * @param sold of documents of their orders
 */
export function claimFacts(
  claims: readonly ClaimTax[],
  sold: readonly VatFact[],
  policyOf: (marketplaceName: string | null) => Pick<TaxPolicy, 'jurisdiction' | 'registrations'>,
): VatFact[] {
  return claims.flatMap(({ journal, day, posted, orderId, marketplaceName, sku, currency, net, tax }) => {
    const { jurisdiction: home, registrations } = policyOf(marketplaceName);
    const sale = sold.find((one) => one.orderId === orderId && (sku === null || one.sku === sku));
    const owed = sale?.collector === 'seller' ? sale : null;
    const jurisdiction = owed?.jurisdiction ?? home;
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
        orderItemId: owed?.orderItemId ?? '',
        sku,
        collector: 'seller',
        jurisdiction,
        rate: owed?.rate ?? null,
        net,
        tax,
      } satisfies VatFact,
    ];
  });
}
