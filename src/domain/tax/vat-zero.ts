/** What the seller's documents of a month hold without tax, by the reason that Amazon's report gives (tax.md, *VAT report*). */
import type { CurrencyCode } from '../money/money.ts';
import type { Jurisdiction } from './tax-policy.ts';
import { grouped, itemKey } from './vat-amazon.ts';
import type { AmazonVatRow, VatFact } from './vat-facts.ts';
import { vatCaseOf } from './vat-lines.ts';

/** Why a sale carries no tax; `not-told`: the report has no row of it. */
export const ZERO_REASONS = ['foreign-stock', 'export', 'business', 'zero-rated', 'not-told'] as const;
export type ZeroReason = (typeof ZERO_REASONS)[number];

export interface ZeroPart {
  jurisdiction: Jurisdiction;
  currency: CurrencyCode;
  reason: ZeroReason;
  net: bigint;
}

/**
 * By order, event and SKU: where its rows give several reasons, each has the net of its rows, and what they do not come to is
 * not told.
 */
export function splitZero(facts: readonly VatFact[], rows: readonly AmazonVatRow[]): ZeroPart[] {
  const told = new Map([...grouped(rows)].map(([key, all]) => [key, all.map((row) => ({ row, left: row.net }))]));
  const parts = new Map<string, ZeroPart>();
  const put = ({ jurisdiction, currency }: VatFact, reason: ZeroReason, net: bigint): void => {
    const key = `${currency} ${jurisdiction} ${ZERO_REASONS.indexOf(reason)}`;
    parts.set(key, { jurisdiction, currency, reason, net: (parts.get(key)?.net ?? 0n) + net });
  };
  for (const fact of facts) {
    if (fact.collector !== 'seller' || vatCaseOf(fact) !== 'zero') continue;
    const all = told.get(itemKey(fact)) ?? [];
    // Rows with tax are of another part of it, where there are others.
    const some = all.some(({ row }) => row.tax === 0n) ? all.filter(({ row }) => row.tax === 0n) : all;
    const reasons = new Set(some.map(({ row }) => reasonOf(fact, row)));
    if (reasons.size < 2) {
      put(fact, [...reasons][0] ?? 'not-told', fact.net);
      continue;
    }
    let rest = fact.net;
    for (const one of some) {
      const part = within(one.left, rest);
      if (part === 0n) continue;
      put(fact, reasonOf(fact, one.row), part);
      one.left -= part;
      rest -= part;
    }
    if (rest !== 0n) put(fact, 'not-told', rest);
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** Goods that left from abroad are no supply of the jurisdiction, whoever bought them and wherever they went. */
function reasonOf({ jurisdiction }: VatFact, row: AmazonVatRow): ZeroReason {
  if (row.departure !== null && row.departure !== jurisdiction) return 'foreign-stock';
  if (row.exported) return 'export';
  return row.business ? 'business' : 'zero-rated';
}

/** As much of one amount as another has room for; nothing where their signs differ. */
function within(amount: bigint, room: bigint): bigint {
  if (amount < 0n !== room < 0n) return 0n;
  const isSmaller = amount < 0n ? amount > room : amount < room;
  return isSmaller ? amount : room;
}
