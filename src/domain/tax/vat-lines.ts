/** The lines of the VAT report, and the boxes of a UK return that they fill (tax.md, *VAT report*). */
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { BookedInvoice } from './fee-invoices.ts';
import type { Jurisdiction, TaxCollector } from './tax-policy.ts';
import type { Rate } from './tax-rate.ts';
import type { VatDocumentType, VatFact } from './vat-facts.ts';

/**
 * `taxed` at a rate; `zero`: no tax, which is an export, a business abroad, foreign stock or goods of rate zero; `amazon` owes
 * it; `unclear`: no rate of the settings gives it, or it is nobody's, or it is tax where none is due.
 */
export type VatCase = 'taxed' | 'zero' | 'amazon' | 'unclear';

export interface VatLine {
  jurisdiction: Jurisdiction;
  collector: TaxCollector;
  /** Null where it is not known. */
  rate: Rate | null;
  case: VatCase;
  type: VatDocumentType;
  currency: CurrencyCode;
  /** Documents; one with several rates counts on each of its lines. */
  count: number;
  net: bigint;
  tax: bigint;
  gross: bigint;
}

const COLLECTORS: readonly TaxCollector[] = ['seller', 'amazon', 'nobody'];
const CASES: readonly VatCase[] = ['taxed', 'zero', 'amazon', 'unclear'];
const TYPES: readonly VatDocumentType[] = ['invoice', 'credit memo', 'claim', 'settlement', 'move'];

export function vatCaseOf({ collector, rate, tax }: Pick<VatFact, 'collector' | 'rate' | 'tax'>): VatCase {
  if (collector === 'amazon') return 'amazon';
  if (collector === 'nobody') return tax === 0n ? 'zero' : 'unclear';
  if (rate === null) return 'unclear';
  if (rate !== 0n) return 'taxed';
  return tax === 0n ? 'zero' : 'unclear';
}

/** By currency, jurisdiction, collector, case, rate (the highest first) and type of document. */
export function vatLines(facts: readonly VatFact[]): VatLine[] {
  const groups = new Map<string, VatFact[]>();
  for (const fact of facts) {
    const { currency, jurisdiction, collector, type } = fact;
    const key = [currency, jurisdiction, collector, vatCaseOf(fact), rateOf(fact), type].join(' ');
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return [...groups.values()].map(lineOf).sort(inOrder);
}

/** The rate at which nobody but the seller's tax is owed says nothing. */
function rateOf({ collector, rate }: VatFact): Rate | null {
  return collector === 'nobody' ? null : rate;
}

function lineOf(group: readonly VatFact[]): VatLine {
  const { currency, jurisdiction, collector, type } = group[0]!;
  const net = sumMinor(group.map((fact) => fact.net));
  const tax = sumMinor(group.map((fact) => fact.tax));
  return {
    jurisdiction,
    collector,
    rate: rateOf(group[0]!),
    case: vatCaseOf(group[0]!),
    type,
    currency,
    count: new Set(group.map(({ document }) => document)).size,
    net,
    tax,
    gross: net + tax,
  };
}

function inOrder(a: VatLine, b: VatLine): number {
  return (
    a.currency.localeCompare(b.currency) ||
    a.jurisdiction.localeCompare(b.jurisdiction) ||
    COLLECTORS.indexOf(a.collector) - COLLECTORS.indexOf(b.collector) ||
    CASES.indexOf(a.case) - CASES.indexOf(b.case) ||
    Number((b.rate ?? -1n) - (a.rate ?? -1n)) ||
    TYPES.indexOf(a.type) - TYPES.indexOf(b.type)
  );
}

/** Of the seller's tax in one jurisdiction and currency, whatever its rate. */
export interface VatSum {
  jurisdiction: Jurisdiction;
  currency: CurrencyCode;
  net: bigint;
  tax: bigint;
}

/** What the seller owes, by jurisdiction and currency: what a return begins with. */
export function sellerSums(facts: readonly VatFact[]): VatSum[] {
  const sums = new Map<string, VatSum>();
  for (const { collector, jurisdiction, currency, net, tax } of facts) {
    if (collector !== 'seller') continue;
    const key = `${currency} ${jurisdiction}`;
    const before = sums.get(key) ?? { jurisdiction, currency, net: 0n, tax: 0n };
    sums.set(key, { ...before, net: before.net + net, tax: before.tax + tax });
  }
  return [...sums.values()].sort(
    (a, b) => a.currency.localeCompare(b.currency) || a.jurisdiction.localeCompare(b.jurisdiction),
  );
}

/** Jurisdiction and currency of a UK return. */
export const UK = { jurisdiction: 'GB', currency: 'GBP' };

/** Exact: the return itself takes boxes 6 and 7 in whole pounds. */
export interface UkBoxes {
  /** VAT due on sales. */
  box1: bigint;
  /** VAT reclaimed on Amazon's fee invoices; null where they are entered elsewhere. */
  box4: bigint | null;
  /** Sales without VAT. */
  box6: bigint;
  /** Those invoices without VAT; null as box 4. */
  box7: bigint | null;
}

/**
 * What documents and fee invoices give for a UK return; null where there are neither in pounds.
 * @param invoices null where they are entered elsewhere
 */
export function ukBoxes(facts: readonly VatFact[], invoices: readonly BookedInvoice[] | null): UkBoxes | null {
  const isUk = (one: { jurisdiction: Jurisdiction; currency: CurrencyCode }) =>
    one.jurisdiction === UK.jurisdiction && one.currency === UK.currency;
  const own = sellerSums(facts).find(isUk);
  const bought = invoices?.filter((invoice) => isUk(invoice) && invoice.posted) ?? null;
  if (own === undefined && (bought ?? []).length === 0) return null;
  return {
    box1: own?.tax ?? 0n,
    box4: bought === null ? null : sumMinor(bought.map(({ tax }) => tax)),
    box6: own?.net ?? 0n,
    box7: bought === null ? null : sumMinor(bought.map(({ net }) => net)),
  };
}
