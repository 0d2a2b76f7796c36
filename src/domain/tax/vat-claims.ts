/** Claims as the VAT report counts them, and other tax that a settlement has without a document: of the item's country and rate. */
import type { Day, Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { factsOfItem, type NamedItem } from './left-tax-shares.ts';
import { factsOfMove, type BookedMove } from './moved-facts.ts';
import type { Jurisdiction, TaxPolicy } from './tax-policy.ts';
import type { VatFact } from './vat-facts.ts';

/** An item of a claim without a memo, or one whose tax a settlement brings or takes without a document. */
export interface ClaimTax extends NamedItem {
  /** External id of the journal that has it. */
  journal: string;
  day: Day;
  posted: boolean;
  /** End of the settlement. */
  settledAt: Instant;
  marketplaceName: string | null;
  currency: CurrencyCode;
  /** False for tax of a sale or a refund that no document of it carries. */
  isClaim: boolean;
  /** Whether a row of it says that Amazon withheld tax. */
  withheld: boolean;
  /** Negative: it was given back. */
  net: bigint;
  /** Its tax, by where its journals booked it; none where no row of it has any. */
  taxes: ClaimedTax[];
}

export interface ClaimedTax {
  journal: string;
  posted: boolean;
  /** Null: on `sales-tax-payable` of no country. */
  jurisdiction: Jurisdiction | null;
  /** Of the documents. */
  orderItemId: string | null;
  amount: bigint;
}

type PolicyOf = (marketplaceName: string | null) => Pick<TaxPolicy, 'jurisdiction' | 'registrations'>;

/**
 * Those of jurisdictions where the seller is registered. Tax that is in the journal of no country is nobody's, named under its
 * marketplace's jurisdiction: in no sum, and the account of the jurisdiction has not moved. A claim that gives back no tax counts
 * where the seller sold its item without any; else it is no part of what was sold.
 * @param sold of documents of their orders
 * @param moves of their orders, of whatever day
 */
export function claimFacts(
  claims: readonly ClaimTax[],
  sold: readonly VatFact[],
  moves: readonly BookedMove[],
  policyOf: PolicyOf,
): VatFact[] {
  return claims.flatMap((claim) => {
    const known = [...sold, ...moves.filter(({ day }) => day <= claim.day).flatMap(factsOfMove)];
    const own = factsOfItem(known, claim).filter(({ collector }) => collector === 'seller');
    const later = factsOfItem([...sold, ...moves.flatMap(factsOfMove)], claim);
    const { jurisdiction: home, registrations } = policyOf(claim.marketplaceName);
    const isOwed = ({ jurisdiction }: VatFact) => registrations.includes(jurisdiction);
    return factsOf(claim, own, later, home).filter(isOwed);
  });
}

function factsOf(claim: ClaimTax, own: readonly VatFact[], later: readonly VatFact[], home: Jurisdiction): VatFact[] {
  const { journal, day, posted, orderId, sku, currency, isClaim, net, taxes } = claim;
  const shared = {
    orderId,
    sku,
    currency,
    day,
    type: isClaim ? 'claim' : 'settlement',
    event: isClaim ? 'refund' : 'sale',
  } as const;
  const countries = taxes.flatMap((tax) =>
    tax.jurisdiction === null ? [] : [{ ...tax, jurisdiction: tax.jurisdiction }],
  );
  const facts = countries.flatMap(({ journal: document, posted: isPosted, jurisdiction, orderItemId, amount }, at) => {
    const here = later.filter((one) => one.collector === 'seller' && one.jurisdiction === jurisdiction);
    const sale = here.find((one) => one.orderItemId === orderItemId) ?? here[0];
    const ofItem = { orderItemId: orderItemId ?? sale?.orderItemId ?? '', jurisdiction, rate: sale?.rate ?? null };
    const fact = { ...shared, ...ofItem, document, posted: isPosted, tax: amount };
    if (isClaim) return [{ ...fact, collector: 'seller' as const, net: at === 0 ? net : 0n }];
    const part = netOf(amount, here);
    const seller = { ...fact, collector: 'seller' as const, net: part };
    // What Amazon withheld of a sale is its own to pay: the sale is Amazon's as far.
    return claim.withheld ? [seller, { ...fact, collector: 'amazon' as const, net: -part, tax: -amount }] : [seller];
  });
  const nobodys = taxes.find(({ jurisdiction }) => jurisdiction === null);
  const sale = own.find(({ event }) => event === 'sale') ?? own[0];
  const isSellers = sumMinor(own.map((one) => one.net)) > 0n;
  const isUntaxed = isSellers && own.every(({ tax }) => tax === 0n);
  const ofNone = { ...shared, orderItemId: sale?.orderItemId ?? '', document: journal, posted };
  const zero: VatFact[] =
    isClaim && countries.length === 0 && isUntaxed && net !== 0n
      ? [{ ...ofNone, collector: 'seller', jurisdiction: sale!.jurisdiction, rate: sale!.rate, net, tax: 0n }]
      : [];
  if (nobodys === undefined || !isClaim) return [...facts, ...zero];
  const { journal: document, posted: isPosted, amount: tax } = nobodys;
  const isCounted = facts.length > 0 || zero.length > 0;
  return [
    ...facts,
    ...zero,
    {
      ...ofNone,
      document,
      posted: isPosted,
      collector: 'nobody',
      jurisdiction: home,
      rate: null,
      net: isCounted ? 0n : net,
      tax,
    },
  ];
}

/** What was sold with so much tax, in proportion. */
function netOf(tax: bigint, sale: readonly VatFact[]): bigint {
  const net = sumMinor(sale.map((one) => one.net));
  const whole = sumMinor(sale.map((one) => one.tax));
  return whole === 0n ? 0n : (net * tax) / whole;
}
