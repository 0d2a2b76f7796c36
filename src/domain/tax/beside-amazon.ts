/** A month's tax beside Amazon's VAT report, as moves between jurisdictions have left it: the one reading of the third tie (tax.md, *VAT report*). */
import { monthOf } from '../money/instant.ts';
import { asMoved, asMovedBeside, type BookedMove } from './moved-facts.ts';
import {
  compareWithAmazon,
  proposedMoves,
  type AmazonComparison,
  type ProposedMove,
  type VatDifference,
  type VatDifferenceKind,
} from './vat-amazon.ts';
import type { AmazonVatRow, VatFact } from './vat-facts.ts';

export interface MonthBesideAmazon {
  /** `2026-10` */
  month: string;
  /** What the report of the month counts, posted or not. */
  facts: readonly VatFact[];
  /** Of Amazon's report of the same month. */
  rows: readonly AmazonVatRow[];
  /** Of its report of the month after; null: not read yet. */
  next: readonly AmazonVatRow[] | null;
  /** Of all documents of the orders that `rows` names, of whatever month. */
  ofOrders: readonly VatFact[];
  /** Of the orders of both, of whatever day. */
  moves: readonly BookedMove[];
  /** Orders of `rows` whose sale another system owns. */
  leftAlone: ReadonlySet<string>;
}

export interface BesideAmazon extends AmazonComparison {
  /** Documents and claims of the month, where moves have brought them. */
  own: VatFact[];
  /** What does not say the same, but for what is another month's or another system's: none, and the month ties. */
  counting: VatDifference[];
  counts: Record<VatDifferenceKind, number>;
  proposed: ProposedMove[];
  /** Moves whose journal NetSuite does not hold yet: they make nothing agree, and are not proposed again. */
  waiting: BookedMove[];
}

export function besideAmazon({
  month,
  facts,
  rows,
  next,
  ofOrders,
  moves,
  leftAlone,
}: MonthBesideAmazon): BesideAmazon {
  const documents = facts.filter(({ type }) => type !== 'move');
  const others = ofOrders.filter(({ day }) => monthOf(day) !== month);
  const made = moves.filter(({ posted }) => posted);
  const own = asMovedBeside(documents, made, rows, others);
  const comparison = compareWithAmazon(month, own, rows, asMoved(others, made), next, leftAlone);
  const count = (kind: VatDifferenceKind) => comparison.differences.filter((one) => one.kind === kind).length;
  return {
    ...comparison,
    own,
    counting: comparison.differences.filter(({ kind }) => kind !== 'other-month' && kind !== 'other-system'),
    counts: {
      differs: count('differs'),
      'other-month': count('other-month'),
      'only-ours': count('only-ours'),
      'only-amazon': count('only-amazon'),
      'other-system': count('other-system'),
    },
    proposed: proposedMoves(comparison.differences, moves),
    waiting: moves.filter(({ posted }) => !posted),
  };
}
