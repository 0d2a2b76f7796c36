/** A refund, net of tax: what it gives back of the tax goes where the sale's tax went. */
import type { RefundComponent, RefundFact, RefundItemFact } from '../orders/order-facts.ts';
import { sumMinor } from '../money/money.ts';
import { rateThatGives } from './net-of-tax.ts';
import { taxGivenBack, type PricedTax } from './tax-given-back.ts';
import { taxInside, taxOn, type Rate } from './tax-rate.ts';
import type { SoldItem } from './sold-item.ts';
import { placesOf, rateOf, vatCountryOf, type ItemTax, type Jurisdiction, type TaxPolicy } from './tax-policy.ts';

/** Parts of a refund whose price may hold tax. */
const TAXED: readonly RefundComponent[] = ['principal', 'shipping', 'gift-wrap', 'promotion', 'other'];

/**
 * The tax that Finances tells, less what Amazon had withheld, at the sale's jurisdiction and rate; where it tells none and the
 * sale's was inside its price, the tax inside each part at the sale's rate (tax.md, *Booking*), over all refunds of an item
 * never more than was sold. An item whose documents say nothing of tax has none in those of its refund either.
 * @param sold what the documents of the sale say of its items; none where the sale is not in our books, which alone is read by
 *   the settings of now
 * @param shipTo country that the sale went to; null where it is not known
 * @param given what the documents of the order's other refunds say of it, signed as Amazon tells it
 */
export function netRefund(
  refund: RefundFact,
  sold: readonly SoldItem[],
  policy: TaxPolicy,
  shipTo: Jurisdiction | null = null,
  given: readonly ItemTax[] = [],
): RefundFact {
  const before = [...given];
  const items = refund.items.map((item) => {
    const net = netItem(item, { sold, given: before, policy, shipTo });
    if (net.taxed) before.push(net.taxed);
    return net;
  });
  return { ...refund, items };
}

interface Known {
  sold: readonly SoldItem[];
  given: readonly ItemTax[];
  policy: TaxPolicy;
  shipTo: Jurisdiction | null;
}

function netItem(item: RefundItemFact, known: Known): RefundItemFact {
  const { sold, policy, shipTo } = known;
  const of = saleOf(item, sold);
  if (of === undefined ? policy.registrations.length === 0 : of.tax === null) return item;
  const sale = of?.tax ?? withoutSale(item, policy, shipTo);
  const { jurisdiction, rate } = sale;
  const collector = isWithheldWhole(item) ? 'amazon' : sale.collector;
  const owed = { orderItemId: sale.orderItemId, sku: item.sku, collector, jurisdiction, rate };
  const inPrice = of?.inPrice ?? policy.calculatedBy === 'rates';
  const calculated = !inPrice || isTaxTold(item) || collector !== 'seller';
  const amounts = { ...item.amounts };
  const told = (item.tax ?? 0n) + (collector === 'seller' ? (item.withheld ?? 0n) : 0n);
  const parts = TAXED.filter((part) => item.amounts[part] !== undefined);
  const taxes = calculated ? parts.map(() => 0n) : taxesByRate(item, parts, sale, known);
  const tax = calculated ? told : sumMinor(taxes);
  let net = 0n;
  for (const [index, part] of parts.entries()) {
    const price = item.amounts[part]!;
    amounts[part] = policy.prices === 'inclusive' ? price - taxes[index]! : price;
    net += amounts[part];
  }
  if (collector === 'seller') amounts.tax = tax;
  return {
    ...item,
    amounts,
    taxed: { ...owed, net, tax },
    ...(calculated || item.amounts.principal === undefined ? {} : { grossPrincipal: item.amounts.principal }),
  };
}

/** Signed as Amazon tells the parts; nothing is known of tax at no rate. */
function taxesByRate(
  item: RefundItemFact,
  parts: readonly RefundComponent[],
  { orderItemId, rate }: ItemTax,
  { sold, given, policy: { prices } }: Known,
): bigint[] {
  if (rate === null) return parts.map(() => 0n);
  const credits = parts.map((part): PricedTax => {
    const price = -item.amounts[part]!;
    return { price, tax: prices === 'inclusive' ? taxInside(price, rate) : taxOn(price, rate) };
  });
  const ofItem = (all: readonly ItemTax[]): PricedTax => {
    const own = all.filter((one) => one.orderItemId === orderItemId && one.collector === 'seller');
    const tax = sumMinor(own.map((one) => one.tax));
    return { tax, price: sumMinor(own.map(({ net }) => net)) + (prices === 'inclusive' ? tax : 0n) };
  };
  const before = ofItem(given);
  const isKnown = sold.some((one) => one.orderItemId === orderItemId);
  const billed = ofItem(sold.flatMap(({ tax }) => tax ?? []));
  return taxGivenBack(credits, isKnown ? billed : null, { price: -before.price, tax: -before.tax }).map((tax) => -tax);
}

/**
 * SKU or item of a refund whose tax nobody can know: Amazon calculates none, the sale is not in these books, and where it went is
 * not known: at home it had the tax of its class, sent out of the country none (tax.md, *Without calculation*). Null where there
 * is none: goods that bear no tax anywhere bear none.
 */
export function unplacedItem(
  { items }: RefundFact,
  sold: readonly SoldItem[],
  policy: TaxPolicy,
  shipTo: Jurisdiction | null,
): string | null {
  const { calculatedBy, registrations } = policy;
  if (calculatedBy !== 'rates' || shipTo !== null) return null;
  const isUnplaced = (item: RefundItemFact): boolean =>
    saleOf(item, sold) === undefined &&
    !isTaxTold(item) &&
    withoutSale(item, policy, null).collector === 'seller' &&
    registrations.some((place) => rateOf(policy, place, item.sku) !== 0n);
  const item = items.find(isUnplaced);
  return item === undefined ? null : (item.sku ?? item.orderItemId ?? 'an item without a name');
}

/** What the documents of its sale say of an item of a refund. */
function saleOf(item: RefundItemFact, sold: readonly SoldItem[]): SoldItem | undefined {
  return (
    sold.find(({ orderItemId }) => orderItemId === item.orderItemId) ??
    sold.find(({ sku }) => item.orderItemId === null && sku !== null && sku === item.sku)
  );
}

/** Tax that Finances tells is the refund's, however the sale was told. */
const isTaxTold = ({ tax = 0n }: RefundItemFact): boolean => tax !== 0n;

/** Amazon gives back all that it had withheld of this item: the tax was its own, whatever was said of the sale. */
function isWithheldWhole({ tax = 0n, withheld = 0n }: RefundItemFact): boolean {
  return withheld !== 0n && tax + withheld === 0n;
}

/** Of a sale that is not in our books: the seller's where it was sent or at home, unless Amazon withheld tax of it, at the rate that gives its tax. */
function withoutSale(item: RefundItemFact, policy: TaxPolicy, shipTo: Jurisdiction | null): ItemTax {
  const { collects } = policy;
  const [place] = placesOf(shipTo, policy);
  const jurisdiction = place ?? policy.jurisdiction;
  const amazon = collects === 'amazon' || (collects === 'order' && (item.withheld ?? 0n) !== 0n);
  return {
    orderItemId: item.orderItemId ?? '',
    sku: item.sku,
    collector: amazon ? 'amazon' : place === undefined ? 'nobody' : 'seller',
    jurisdiction,
    rate:
      policy.calculatedBy === 'rates' && !isTaxTold(item)
        ? rateAt(shipTo, jurisdiction, item.sku, policy)
        : rateTold(item, jurisdiction, policy),
    net: 0n,
    tax: 0n,
  };
}

/** As a sale to there is rated: none when the goods leave the jurisdiction. */
function rateAt(
  shipTo: Jurisdiction | null,
  jurisdiction: Jurisdiction,
  sku: string | null,
  policy: TaxPolicy,
): Rate | null {
  return shipTo !== null && vatCountryOf(shipTo) !== jurisdiction ? 0n : rateOf(policy, jurisdiction, sku);
}

/** The rate of a sale that is not in our books, by the tax that Amazon gives back; null where none gives it. */
function rateTold(item: RefundItemFact, jurisdiction: Jurisdiction, policy: TaxPolicy): Rate | null {
  const tax = item.tax ?? 0n;
  const net = sumMinor(TAXED.map((part) => item.amounts[part] ?? 0n));
  return tax === 0n ? 0n : rateThatGives({ net, tax, sku: item.sku, units: item.quantity ?? 1 }, jurisdiction, policy);
}
