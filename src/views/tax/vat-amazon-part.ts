/** The part of the VAT report that stands beside Amazon's own. */
import { formatMinor } from '../../domain/money/money.ts';
import { percentOf } from '../../domain/tax/tax-rate.ts';
import { moveCommand } from '../../domain/tax/render-tax-decision.ts';
import { asMoved, asMovedBeside } from '../../domain/tax/moved-facts.ts';
import {
  compareWithAmazon,
  proposedMoves,
  type ProposedMove,
  type VatDifference,
  type VatDifferenceKind,
  type VatSide,
} from '../../domain/tax/vat-amazon.ts';
import { splitZero, type ZeroReason } from '../../domain/tax/vat-zero.ts';
import type { AmazonVatRow, VatFact } from '../../domain/tax/vat-facts.ts';
import { monthOf } from '../../domain/money/instant.ts';
import { movesOfOrders } from '../../store/tax/tax-moves.ts';
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

/** Amounts as decimal texts in `currency`, signed as on the return. */
export interface ProposedMoveView extends Omit<ProposedMove, 'net' | 'tax'> {
  net: string;
  tax: string;
  /** Null where the seller is not registered in `to`. */
  command: string | null;
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
  /** What would make the documents say the jurisdiction that Amazon says, and the command that does it. */
  moves: ProposedMoveView[];
  /** The seller's documents without tax, by the reason that Amazon's report gives. */
  zero: { jurisdiction: string; currency: string; reason: ZeroReason; net: string }[];
}

export async function amazonPart(
  { store: { db }, settings }: ConnectionSource,
  month: string,
  facts: readonly VatFact[],
  { file, rows }: { file: string; rows: readonly AmazonVatRow[] },
): Promise<VatAmazonView> {
  const documents = facts.filter(({ type }) => type !== 'move');
  const orders = [...new Set(rows.map(({ orderId }) => orderId))];
  const moves = await movesOfOrders(db, settings.name, [
    ...new Set([...orders, ...documents.map(({ orderId }) => orderId)]),
  ]);
  const elsewhere = (await vatFactsOfOrders(db, settings.name, orders)).filter(({ day }) => monthOf(day) !== month);
  const own = asMovedBeside(documents, moves, rows, elsewhere);
  const others = asMoved(elsewhere, moves);
  const { agree, differences } = compareWithAmazon(month, own, rows, others);
  const registrations = settings.tax?.registrations ?? [];
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
    moves: proposedMoves(differences, moves).map((move) => moveView(move, registrations)),
    zero: splitZero(own, rows).map(({ net, ...part }) => ({ ...part, net: formatMinor(net, part.currency) })),
  };
}

function moveView({ net, tax, ...move }: ProposedMove, registrations: readonly string[]): ProposedMoveView {
  const amounts = { net: formatMinor(net, move.currency), tax: formatMinor(tax, move.currency) };
  return {
    ...move,
    ...amounts,
    command: registrations.includes(move.to) ? moveCommand({ ...move, ...amounts }) : null,
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
