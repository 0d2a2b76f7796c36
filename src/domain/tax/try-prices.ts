/**
 * Tries how the prices of a marketplace may be read on sales that were settled: which settings give just what Amazon's rows
 * say, net and tax, to the cent (tax.md, *Proof*).
 */
import { isWithheldTaxRow } from '../journal/marketplace-tax.ts';
import { isRevenueRole, type Role } from '../mapping/roles.ts';
import type { Instant } from '../money/instant.ts';
import { sumMinor } from '../money/money.ts';
import type { OrderFact, ShipmentFact } from '../orders/order-facts.ts';
import type { OrderLine } from '../orders/sales-order.ts';
import type { PostingMode } from '../posting-modes/posting-mode.ts';
import { netOrder, netShipment } from './net-sale.ts';
import type { TaxPolicy } from './tax-policy.ts';

/** What the settings of a marketplace say of its prices. */
export type PriceReading = Pick<TaxPolicy, 'prices' | 'collects' | 'calculatedBy'>;

/** An order as Amazon told it, with its shipments as its report tells them, beside the rows that settled it. */
export interface SettledSale {
  order: OrderFact;
  /** In the order of their dispatch. */
  shipments: readonly ShipmentFact[];
  /** Of transaction type Order, summed by what they are called. */
  rows: readonly { role: Role; amountType: string; amountDescription: string; amount: bigint }[];
  /** Of its last row. */
  settledAt: Instant;
  /** When the last of its settlements was found. */
  foundAt: Instant;
}

/** What the documents of a sale become, by the posting mode. */
type Bill = PostingMode['sale']['bill']['plan'];

export interface PriceTrial {
  present: PriceReading;
  /** Settled sales that carry tax. */
  taxed: number;
  /** Of these, how many the present settings read to the cent. */
  agree: number;
  /** Settings that would agree with more of those of which Amazon tells tax; null where none would. */
  better: { reading: PriceReading; agree: number; of: number } | null;
  /** Sales within the jurisdiction of which Amazon tells no tax, where it tells none of any. */
  untaxedAtHome: number;
  /** Whether the seller is registered in the marketplace's jurisdiction. */
  owesAtHome: boolean;
  /** The first three in a row that Amazon settled by another's rules: their orders, else empty. */
  inARow: string[];
}

/** Days of settlements that are tried. */
export const TRIED_DAYS = 90;
/** So many taxed sales must agree before a marketplace goes live. */
export const ENOUGH = 20;
/** So many that differ, one after the other, stop a marketplace. */
const TOO_MANY = 3;

/**
 * Pure and exact.
 * @param since sales that were known before are not looked at for three in a row: a person has, or a proof
 */
export function tryPrices(
  sales: readonly SettledSale[],
  policy: TaxPolicy,
  bill: Bill,
  since: Instant | null,
): PriceTrial {
  const known = [...sales].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const told = known.filter(tellsTax);
  const present = readingOf(policy);
  const counted = known.flatMap((sale) => {
    const compared = compare(sale, policy, bill);
    // Where the tax is worked out of the price Amazon tells none.
    return tellsTax(sale) || (policy.calculatedBy === 'rates' && compared.documented !== 0n)
      ? [{ sale, ...compared }]
      : [];
  });
  const toldHome = told.some((sale) => isAtHome(sale, policy));
  return {
    present,
    taxed: counted.length,
    agree: counted.filter(({ outcome }) => outcome === 'agrees').length,
    better: better(told, policy, bill),
    untaxedAtHome: toldHome ? 0 : known.filter((sale) => isAtHome(sale, policy)).length,
    owesAtHome: policy.registrations.includes(policy.jurisdiction),
    inARow: firstInARow(counted.filter(({ sale }) => since === null || sale.foundAt > since)),
  };
}

export type PriceVerdict = 'proven' | 'differs' | 'untaxed' | 'few';

/** Whether a marketplace may go live, and else what keeps it from that. */
export function verdictOf({
  present,
  taxed,
  agree,
  better: other,
  untaxedAtHome,
  owesAtHome,
}: PriceTrial): PriceVerdict {
  if (other !== null) return 'differs';
  if (agree >= ENOUGH) return 'proven';
  return taxed === 0 && untaxedAtHome > 0 && owesAtHome && present.calculatedBy === 'amazon' ? 'untaxed' : 'few';
}

function readingOf({ prices, collects, calculatedBy }: PriceReading): PriceReading {
  return { prices, collects, calculatedBy };
}

const keyOf = ({ settledAt, order }: SettledSale): string => `${settledAt} ${order.orderId}`;
const isTaxRow = ({ role }: SettledSale['rows'][number]): boolean => role === 'marketplace-tax';

/** Amazon says that there is tax: beside the prices, or in rows of its own. */
function tellsTax({ shipments, rows }: SettledSale): boolean {
  return (
    shipments.some(({ items }) => items.some(({ taxes }) => Object.values(taxes ?? {}).some((tax) => tax !== 0n))) ||
    rows.some((row) => isTaxRow(row) && row.amount !== 0n)
  );
}

function isAtHome({ shipments }: SettledSale, { jurisdiction }: TaxPolicy): boolean {
  return shipments.every(({ shipTo }) => shipTo === undefined || shipTo === jurisdiction);
}

/** `differs`: the same total, otherwise split into net and tax, or off by just the tax. `other`: by something else, as where a part is not settled yet. */
type Outcome = 'agrees' | 'rounding' | 'differs' | 'other';

/** What the documents of a sale would be under a policy, beside its rows; `documented` is the seller's tax in them. */
function compare(
  { order, shipments, rows }: SettledSale,
  policy: TaxPolicy,
  bill: Bill,
): { outcome: Outcome; documented: bigint } {
  const lines = billed(order, shipments, policy, bill);
  const ofTax = lines.filter(({ component }) => component === 'tax');
  const documented = sumMinor(ofTax.map(({ amount }) => amount));
  const net = sumMinor(lines.map(({ amount }) => amount)) - documented;
  const taxRows = rows.filter(isTaxRow);
  const tax = sumMinor(taxRows.map(({ amount }) => amount));
  const withheld = sumMinor(
    taxRows.filter((row) => isWithheldTaxRow({ ...row, transactionType: '' })).map(({ amount }) => amount),
  );
  const settled = sumMinor(rows.filter(({ role }) => isRevenueRole(role)).map(({ amount }) => amount));
  const off = settled + tax - net - documented;
  const outcome = ((): Outcome => {
    if (settled === net && tax === documented) return 'agrees';
    if (off === 0n) {
      if (policy.calculatedBy === 'rates' && taxRows.length === 0) return 'agrees';
      return absolute(tax - documented) <= BigInt(ofTax.length) ? 'rounding' : 'differs';
    }
    const ofAmazon = documented > 0n && tax === 0n && withheld === -documented && off === -documented;
    const ofSeller = documented === 0n && withheld === 0n && tax > 0n && off === tax;
    // The prices hold the tax, or do not: the document is off by it.
    const inPrices = tax !== 0n && tax === documented && absolute(off) === absolute(tax);
    return ofAmazon || ofSeller || inPrices ? 'differs' : 'other';
  })();
  return { outcome, documented };
}

function billed(
  order: OrderFact,
  shipments: readonly ShipmentFact[],
  policy: TaxPolicy,
  bill: Bill,
): Pick<OrderLine, 'component' | 'amount'>[] {
  return shipments.flatMap((shipment, index) => {
    const earlier = shipments.slice(0, index);
    const plan = bill('', netOrder(order, policy), netShipment(shipment, order, earlier, policy), earlier, 'UTC');
    if (plan === null) return [];
    return [...plan.lines, ...plan.cut.map(({ component, amount }) => ({ component, amount: -amount }))];
  });
}

/** Of the settings that agree with the most, those that change the least; null where none agrees with more than the present ones. */
function better(told: readonly SettledSale[], policy: TaxPolicy, bill: Bill): PriceTrial['better'] {
  const agreeing = (reading: PriceReading) =>
    told.filter((sale) => compare(sale, { ...policy, ...reading }, bill).outcome === 'agrees').length;
  const present = agreeing(policy);
  if (present === told.length) return null;
  const found = readings(policy)
    .map((reading) => ({ reading, agree: agreeing(reading), of: told.length, changes: changed(policy, reading) }))
    .sort((a, b) => b.agree - a.agree || a.changes - b.changes);
  const [best] = found;
  if (best === undefined || best.agree <= present) return null;
  const { reading, agree, of } = best;
  return { reading, agree, of };
}

/** All settings that the configuration would take. */
function readings({ registrations, jurisdiction }: TaxPolicy): PriceReading[] {
  const collectors = registrations.includes(jurisdiction)
    ? (['order', 'amazon', 'seller'] as const)
    : (['order', 'amazon'] as const);
  return (['inclusive', 'exclusive'] as const).flatMap((prices) =>
    collectors.flatMap((collects) =>
      (['amazon', 'rates'] as const).map((calculatedBy) => ({ prices, collects, calculatedBy })),
    ),
  );
}

/** How many settings one would change. */
function changed(from: PriceReading, to: PriceReading): number {
  return (['prices', 'collects', 'calculatedBy'] as const).filter((name) => from[name] !== to[name]).length;
}

function firstInARow(counted: readonly { sale: SettledSale; outcome: Outcome }[]): string[] {
  let row: string[] = [];
  for (const { sale, outcome } of counted) {
    if (outcome === 'other') continue;
    row = outcome === 'differs' ? [...row, sale.order.orderId] : [];
    if (row.length === TOO_MANY) return row;
  }
  return [];
}

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
