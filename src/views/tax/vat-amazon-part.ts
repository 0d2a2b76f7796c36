/** The part of the VAT report that stands beside Amazon's own. */
import { formatMinor } from '../../domain/money/money.ts';
import { percentOf } from '../../domain/tax/tax-rate.ts';
import {
  compareWithAmazon,
  splitZero,
  type VatDifference,
  type VatDifferenceKind,
  type VatSide,
  type ZeroReason,
} from '../../domain/tax/vat-amazon.ts';
import type { AmazonVatRow, VatFact } from '../../domain/tax/vat-facts.ts';
import { monthOf } from '../../domain/money/instant.ts';
import { vatFactsOfOrders } from '../../store/tax/vat-facts.ts';
import type { ConnectionSource } from '../view-source.ts';

export interface VatSideView extends Omit<VatSide, 'rate' | 'net' | 'tax'> {
  /** Per cent; null where it is not told. */
  rate: string | null;
  net: string;
  tax: string;
}

export interface VatDifferenceView extends Omit<VatDifference, 'ours' | 'amazon'> {
  ours: VatSideView | null;
  amazon: VatSideView | null;
}

export interface VatAmazonView {
  file: string;
  /** Its sales and refunds. */
  rows: number;
  /** Orders, events and SKUs that say the same on both sides. */
  agree: number;
  /** Whether nothing differs but what is another month's. */
  ties: boolean;
  counts: Record<VatDifferenceKind, number>;
  differences: VatDifferenceView[];
  /** The seller's documents without tax, by the reason that Amazon's report gives. */
  zero: { jurisdiction: string; currency: string; reason: ZeroReason; net: string }[];
}

export async function amazonPart(
  { store: { db }, settings }: ConnectionSource,
  month: string,
  facts: readonly VatFact[],
  { file, rows }: { file: string; rows: readonly AmazonVatRow[] },
): Promise<VatAmazonView> {
  const orders = [...new Set(rows.map(({ orderId }) => orderId))];
  const others = (await vatFactsOfOrders(db, settings.name, orders)).filter(({ day }) => monthOf(day) !== month);
  const { agree, differences } = compareWithAmazon(month, facts, rows, others);
  const count = (kind: VatDifferenceKind) => differences.filter((difference) => difference.kind === kind).length;
  return {
    file,
    rows: rows.length,
    agree,
    ties: differences.every(({ kind }) => kind === 'other-month'),
    counts: {
      differs: count('differs'),
      'other-month': count('other-month'),
      'only-ours': count('only-ours'),
      'only-amazon': count('only-amazon'),
    },
    differences: differences.map(({ ours, amazon, ...difference }) => ({
      ...difference,
      ours: sideView(ours, difference.currency),
      amazon: sideView(amazon, difference.currency),
    })),
    zero: splitZero(facts, rows).map(({ net, ...part }) => ({ ...part, net: formatMinor(net, part.currency) })),
  };
}

function sideView(side: VatSide | null, currency: string): VatSideView | null {
  if (side === null) return null;
  const { rate, net, tax, ...who } = side;
  return {
    ...who,
    rate: rate === null ? null : percentOf(rate),
    net: formatMinor(net, currency),
    tax: formatMinor(tax, currency),
  };
}
