/** The part of the VAT report that stands beside Amazon's own. */
import { formatMinor } from '../../domain/money/money.ts';
import { percentOf } from '../../domain/tax/tax-rate.ts';
import { moveCommand } from '../../domain/tax/render-tax-decision.ts';
import { besideAmazon } from '../../domain/tax/beside-amazon.ts';
import type { ProposedMove, VatDifference, VatDifferenceKind, VatSide } from '../../domain/tax/vat-amazon.ts';
import { monthAfter } from '../../domain/tax/vat-months.ts';
import { splitZero, type ZeroReason } from '../../domain/tax/vat-zero.ts';
import type { AmazonVatRow, VatFact } from '../../domain/tax/vat-facts.ts';
import { vatFactsAround } from '../../store/tax/vat-facts.ts';
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
  /** Whether nothing differs but what is another month's or another system's. */
  ties: boolean;
  counts: Record<VatDifferenceKind, number>;
  differences: VatDifferenceView[];
  /** What would make the documents say the jurisdiction that Amazon says, and the command that does it. */
  moves: ProposedMoveView[];
  /** External ids of journals of moves that NetSuite does not hold yet: they make nothing agree. */
  waiting: string[];
  /** The seller's documents without tax, by the reason that Amazon's report gives. */
  zero: { jurisdiction: string; currency: string; reason: ZeroReason; net: string }[];
}

export async function amazonPart(
  { store: { db }, settings }: ConnectionSource,
  month: string,
  facts: readonly VatFact[],
  { file, rows }: { file: string; rows: readonly AmazonVatRow[] },
): Promise<VatAmazonView> {
  const around = await vatFactsAround(db, settings.name, { after: monthAfter(month), facts, rows });
  const { own, agree, differences, counting, counts, proposed, waiting } = besideAmazon({
    month,
    facts,
    rows,
    ...around,
  });
  const registrations = settings.tax?.registrations ?? [];
  return {
    file,
    rows: rows.length,
    agree,
    ties: counting.length === 0,
    counts,
    differences: differences.map(({ ours, amazon, ...difference }) => ({
      ...difference,
      ours: sideView(ours, difference.currency),
      amazon: sideView(amazon, difference.currency),
    })),
    moves: proposed.map((move) => moveView(move, registrations)),
    waiting: waiting.map(({ document }) => document),
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
