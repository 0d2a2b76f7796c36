/** A refund, net of tax: what it gives back of the tax goes where the sale's tax went. */
import type { RefundComponent, RefundFact, RefundItemFact } from '../orders/order-facts.ts';
import { sumMinor } from '../money/money.ts';
import { rateThatGives } from './net-of-tax.ts';
import { taxInside, taxOn, type Rate } from './tax-rate.ts';
import { placesOf, rateOf, type ItemTax, type Jurisdiction, type TaxPolicy } from './tax-policy.ts';

/** Parts of a refund whose price may hold tax. */
const TAXED: readonly RefundComponent[] = ['principal', 'shipping', 'gift-wrap', 'promotion', 'other'];

/**
 * The tax that Finances tells, less what Amazon had withheld, at the sale's jurisdiction and rate; where Amazon calculates
 * none, the tax inside each part at the sale's rate (tax.md, *Booking*).
 * @param sold what the documents of the sale say of the tax of its items; none where the sale is not in our books
 * @param shipTo country that the sale went to; null where it is not known
 */
export function netRefund(
  refund: RefundFact,
  sold: readonly ItemTax[],
  policy: TaxPolicy,
  shipTo: Jurisdiction | null = null,
): RefundFact {
  if (policy.registrations.length === 0) return refund;
  return { ...refund, items: refund.items.map((item) => netItem(item, sold, policy, shipTo)) };
}

function netItem(
  item: RefundItemFact,
  sold: readonly ItemTax[],
  policy: TaxPolicy,
  shipTo: Jurisdiction | null,
): RefundItemFact {
  const sale =
    sold.find(({ orderItemId }) => orderItemId === item.orderItemId) ??
    sold.find(({ sku }) => item.orderItemId === null && sku !== null && sku === item.sku) ??
    withoutSale(item, policy, shipTo);
  const { jurisdiction, rate } = sale;
  const collector = isWithheldWhole(item) ? 'amazon' : sale.collector;
  const owed = { orderItemId: sale.orderItemId, sku: item.sku, collector, jurisdiction, rate };
  const calculated = policy.calculatedBy === 'amazon' || collector !== 'seller';
  const amounts = { ...item.amounts };
  const told = (item.tax ?? 0n) + (collector === 'seller' ? (item.withheld ?? 0n) : 0n);
  let [net, tax] = [0n, calculated ? told : 0n];
  for (const part of TAXED) {
    const price = item.amounts[part];
    if (price === undefined) continue;
    const own =
      calculated || rate === null ? 0n : policy.prices === 'inclusive' ? taxInside(price, rate) : taxOn(price, rate);
    amounts[part] = !calculated && policy.prices === 'inclusive' ? price - own : price;
    net += amounts[part];
    tax += own;
  }
  if (collector === 'seller') amounts.tax = tax;
  return {
    ...item,
    amounts,
    taxed: { ...owed, net, tax },
    ...(calculated || item.amounts.principal === undefined ? {} : { grossPrincipal: item.amounts.principal }),
  };
}

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
      policy.calculatedBy === 'rates' ? rateOf(policy, jurisdiction, item.sku) : rateTold(item, jurisdiction, policy),
    net: 0n,
    tax: 0n,
  };
}

/** The rate of a sale that is not in our books, by the tax that Amazon gives back; null where none gives it. */
function rateTold(item: RefundItemFact, jurisdiction: Jurisdiction, policy: TaxPolicy): Rate | null {
  const tax = item.tax ?? 0n;
  const net = sumMinor(TAXED.map((part) => item.amounts[part] ?? 0n));
  return tax === 0n ? 0n : rateThatGives({ net, tax, sku: item.sku, units: item.quantity ?? 1 }, jurisdiction, policy);
}
