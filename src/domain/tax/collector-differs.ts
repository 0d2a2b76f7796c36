/** How the tax that a document carries stands beside the rows of tax that settle it (tax.md, *Proof*). */
import { asShown, type SalesPurpose } from '../documents/document-kinds.ts';
import { isWithheldTaxRow } from '../journal/marketplace-tax.ts';
import { sumMinor } from '../money/money.ts';
import { lineTag } from '../orders/sales-order.ts';
import { differenceOf, type DocumentStanding } from '../payouts/document-standing.ts';

/** Amounts in minor units as the document shows them: tax of an invoice is positive, and so is what a credit memo gives back. */
interface TaxAmounts {
  /** Of its tax lines. */
  documented: bigint;
  /** Of the rows of tax of all payouts, with those by which Amazon withheld it. */
  settled: bigint;
  /** Of those alone: of an invoice it is negative. */
  withheld: bigint;
}

/** Of one document. */
export interface TaxStanding extends TaxAmounts {
  /** Its tax lines: by one minor unit each Amazon may split them otherwise. */
  lines: number;
  /** The same of each item that has tax, by the tag of its tax line; none where some row names no item. */
  items: ReadonlyMap<string, TaxAmounts>;
}

/** What is stored of the tax of a document. */
export interface TaxFacts {
  purpose: SalesPurpose;
  /** Its tax lines, as its plan keeps them. */
  lines: readonly { tag: string; amount: bigint }[];
  /** Whether its plan is that of a refund, whose lines are a credit, also where Amazon takes it back and it is an invoice. */
  isRefund: boolean;
  /** The rows of tax that it owns, summed by item and by what they are called. */
  rows: readonly { orderItemId: string | null; amountType: string; amountDescription: string; amount: bigint }[];
}

export function taxStandingOf(facts: TaxFacts): TaxStanding {
  const { lines, rows } = facts;
  const rowTag = ({ orderItemId }: TaxFacts['rows'][number]) =>
    orderItemId === null ? null : lineTag(orderItemId, 'tax');
  const named = rows.map(rowTag);
  const tags = named.every((tag) => tag !== null) ? new Set([...lines.map(({ tag }) => tag), ...named]) : [];
  return {
    ...amountsOf(facts),
    lines: lines.length,
    items: new Map(
      [...tags].map((tag) => [
        tag,
        amountsOf({
          ...facts,
          lines: lines.filter((line) => line.tag === tag),
          rows: rows.filter((row) => rowTag(row) === tag),
        }),
      ]),
    ),
  };
}

function amountsOf({ purpose, lines, isRefund, rows }: TaxFacts): TaxAmounts {
  const documented = sumMinor(lines.map(({ amount }) => amount));
  const settled = (some: TaxFacts['rows']) => asShown(purpose, sumMinor(some.map(({ amount }) => amount)));
  return {
    documented: isRefund && purpose === 'INV' ? -documented : documented,
    settled: settled(rows),
    withheld: settled(rows.filter((row) => isWithheldTaxRow({ ...row, transactionType: '' }))),
  };
}

/** Who owes the tax of a document after all, and how much it is. */
export interface CollectorFound {
  owedBy: 'amazon' | 'seller';
  amount: bigint;
  /** Tags of the tax lines of the items whose tax it is; null where it is all tax of the document. */
  items: readonly string[] | null;
}

/**
 * A total that is off by exactly the tax, of all items or of some: the document carries the seller's and its rows show that
 * Amazon withheld all of it, or it carries none and its rows have tax that nobody withheld. Null where the difference is
 * another one, or there is none.
 */
export function collectorFound(standing: DocumentStanding, tax: TaxStanding): CollectorFound | null {
  const difference = differenceOf(standing);
  const owedBy = otherCollector(tax);
  if (owedBy !== null) return offBy(difference, { owedBy, amount: shownOf(owedBy, tax), items: null });
  const others = [...tax.items].filter(([, of]) => of.settled !== of.documented);
  const [first] = others.map(([, of]) => otherCollector(of));
  if (!first || others.some(([, of]) => otherCollector(of) !== first)) return null;
  const amount = sumMinor(others.map(([, of]) => shownOf(first, of)));
  return offBy(difference, { owedBy: first, amount, items: others.map(([tag]) => tag) });
}

/** Who owes it, where that is not whom the document says. */
function otherCollector({ documented, settled, withheld }: TaxAmounts): CollectorFound['owedBy'] | null {
  if (documented > 0n && settled === 0n && withheld === -documented) return 'amazon';
  if (documented === 0n && withheld === 0n && settled > 0n) return 'seller';
  return null;
}

const shownOf = (owedBy: CollectorFound['owedBy'], { documented, settled }: TaxAmounts): bigint =>
  owedBy === 'amazon' ? documented : settled;

function offBy(difference: bigint, found: CollectorFound): CollectorFound | null {
  return difference === (found.owedBy === 'amazon' ? -found.amount : found.amount) ? found : null;
}

/**
 * What Amazon splits otherwise into net and tax of a document that is settled for just its total; beyond one minor unit a
 * line it is raised.
 * @returns tax settled less tax documented
 */
export function splitOf(standing: DocumentStanding, { documented, settled, lines }: TaxStanding) {
  const amount = differenceOf(standing) === 0n && standing.variance === 0n ? settled - documented : 0n;
  return { amount, isRounding: (amount < 0n ? -amount : amount) <= BigInt(lines) };
}

/** A document of a settlement that is not settled for just its amount. */
export interface OpenDocument {
  externalId: string;
  orderId: string;
  purpose: SalesPurpose;
  standing: DocumentStanding;
  tax: TaxStanding;
}

/**
 * External ids of documents that were settled for less by just the tax that they carry, none of whose rows they own, as far as the
 * journal has tax of their order left: it was built before anything told that a document would carry it.
 * @param left by order, signed as in the report
 * @param taken what of it documents of these orders took before, as each shows it
 */
export function lateTaxes(
  open: readonly OpenDocument[],
  left: ReadonlyMap<string, bigint>,
  taken: readonly (Pick<OpenDocument, 'orderId' | 'purpose'> & { amount: bigint })[] = [],
): string[] {
  const rest = new Map(left);
  for (const { orderId, purpose, amount } of taken)
    rest.set(orderId, (rest.get(orderId) ?? 0n) - asShown(purpose, amount));
  return open.flatMap(({ externalId, orderId, purpose, standing, tax: { documented, settled } }) => {
    if (documented <= 0n || settled !== 0n || differenceOf(standing) !== -documented) return [];
    // As the document shows it.
    const there = asShown(purpose, rest.get(orderId) ?? 0n);
    if (there < documented) return [];
    rest.set(orderId, asShown(purpose, there - documented));
    return [externalId];
  });
}
