/** Finds net, tax, who owes it and at which rate in the price of an item, as a report or Orders tells it (tax.md, *Finding net and tax*). */
import { sumMinor } from '../money/money.ts';
import type { SaleAmounts, ToldTaxes } from '../orders/order-facts.ts';
import { partOf, taxInside, taxOn, type Rate } from './tax-rate.ts';
import { placesOf, rateOf, vatCountryOf, type ItemTax, type Jurisdiction, type TaxPolicy } from './tax-policy.ts';

/** An item's price as it was told. */
export interface ToldItem {
  orderItemId: string;
  sku: string | null;
  quantity: number;
  amounts: SaleAmounts;
  /** The tax that was told beside its parts; that of a discount is zero or negative. */
  taxes: ToldTaxes;
  /** Whether the prices hold the tax; null: as the marketplace writes them. */
  holdTax: boolean | null;
  /** Whether the order item says that Amazon collects the tax. */
  amazonCollects: boolean;
  /** Null where the country is not known. */
  shipTo: Jurisdiction | null;
}

export interface NetItem {
  /** Without tax; `tax` where the seller owes it, at zero too. */
  amounts: SaleAmounts;
  taxed: ItemTax;
}

const PRICED = ['principal', 'shipping', 'cod', 'gift-wrap'] as const;

/** Pure and exact: net + tax is the price where it holds the tax. */
export function netOfTax(told: ToldItem, policy: TaxPolicy): NetItem {
  const collector = collectorOf(told, policy);
  return collector === 'seller' && policy.calculatedBy === 'rates'
    ? byRates(told, policy)
    : asTold(told, policy, collector);
}

/** Amazon, if the setting or the order item says so; else the seller, if he is registered where it may be owed; else nobody. */
function collectorOf(told: ToldItem, policy: TaxPolicy): ItemTax['collector'] {
  if (policy.collects === 'amazon' || (policy.collects === 'order' && told.amazonCollects)) return 'amazon';
  return placesOf(told.shipTo, policy).length > 0 ? 'seller' : 'nobody';
}

/** Amazon tells no tax: it is inside the price, part by part, at the rate of the SKU's class; none when the goods leave the jurisdiction. */
function byRates(told: ToldItem, policy: TaxPolicy): NetItem {
  const jurisdiction = placesOf(told.shipTo, policy)[0]!;
  const leaves = told.shipTo !== null && vatCountryOf(told.shipTo) !== jurisdiction;
  const rate = leaves ? 0n : rateOf(policy, jurisdiction, told.sku);
  const holdTax = policy.prices === 'inclusive';
  return netted(told, holdTax, { collector: 'seller', jurisdiction, rate }, (amount) =>
    rate === null ? 0n : holdTax ? taxInside(amount, rate) : taxOn(amount, rate),
  );
}

/** The tax that Amazon tells beside the prices; that of a discount or of cash on delivery it may not tell, then it is the line's. */
function asTold(told: ToldItem, policy: TaxPolicy, collector: ItemTax['collector']): NetItem {
  const holdTax = told.holdTax ?? policy.prices === 'inclusive';
  const isTold = (part: TaxedPart) => told.taxes[part] !== undefined || (part !== 'promotion' && part !== 'cod');
  const ofRate = PRICED.filter(isTold);
  const tax = sumMinor(ofRate.map((part) => told.taxes[part] ?? 0n));
  const price = sumMinor(ofRate.map((part) => told.amounts[part] ?? 0n));
  const net = holdTax ? price - tax : price;
  const { jurisdiction, rate } = whereAndRate(told, policy, net, tax);
  return netted(told, holdTax, { collector, jurisdiction, rate }, (amount, part) => {
    if (isTold(part)) return told.taxes[part] ?? 0n;
    if (rate === null) return partOf(tax, amount, holdTax ? price : net);
    return holdTax ? taxInside(amount, rate) : taxOn(amount, rate);
  });
}

type TaxedPart = (typeof PRICED)[number] | 'promotion';

function netted(
  told: ToldItem,
  holdTax: boolean,
  owed: Pick<ItemTax, 'collector' | 'jurisdiction' | 'rate'>,
  taxOf: (amount: bigint, part: TaxedPart) => bigint,
): NetItem {
  const amounts: SaleAmounts = { ...told.amounts };
  let [net, tax] = [0n, 0n];
  for (const part of [...PRICED, 'promotion'] as const) {
    const amount = told.amounts[part];
    if (amount === undefined) continue;
    const own = taxOf(amount, part);
    const without = holdTax ? amount - own : amount;
    amounts[part] = without;
    net += without;
    tax += own;
  }
  if (owed.collector === 'seller') amounts.tax = tax;
  return { amounts, taxed: { orderItemId: told.orderItemId, sku: told.sku, ...owed, net, tax } };
}

/**
 * The first jurisdiction with a rate that gives the tax to one minor unit a unit, that of the SKU's class before others. None
 * fits: the marketplace's, at an unknown rate. No tax where Amazon calculates it is a rate of zero: an export, a business, or
 * goods of rate zero, which only Amazon's VAT report tells apart.
 */
function whereAndRate(
  told: ToldItem,
  policy: TaxPolicy,
  net: bigint,
  tax: bigint,
): { jurisdiction: Jurisdiction; rate: Rate | null } {
  const places = placesOf(told.shipTo, policy);
  const fallback = places.includes(policy.jurisdiction) ? policy.jurisdiction : (places[0] ?? policy.jurisdiction);
  if (tax === 0n) return { jurisdiction: fallback, rate: 0n };
  for (const jurisdiction of places) {
    const rate = rateThatGives({ net, tax, sku: told.sku, units: told.quantity }, jurisdiction, policy);
    if (rate !== null) return { jurisdiction, rate };
  }
  return { jurisdiction: fallback, rate: null };
}

/** The rate of a jurisdiction that gives a tax to one minor unit a unit, that of the SKU's class before others; null where none does. */
export function rateThatGives(
  { net, tax, sku, units }: Pick<ItemTax, 'net' | 'tax' | 'sku'> & { units: number },
  jurisdiction: Jurisdiction,
  policy: TaxPolicy,
): Rate | null {
  const off = (rate: Rate): bigint => {
    const difference = tax - taxOn(net, rate);
    return difference < 0n ? -difference : difference;
  };
  const own = rateOf(policy, jurisdiction, sku);
  const others = Object.values(policy.rates[jurisdiction] ?? {}).sort((a, b) => (off(a) < off(b) ? -1 : 1));
  return [...(own === null ? [] : [own]), ...others].find((one) => off(one) <= BigInt(units || 1)) ?? null;
}
