/** Why a line of a posted document is what it is: from the line to the rows of the report and to the rule that sent them there. */
import type { JournalPurpose } from '../documents/document-kinds.ts';
import { covers } from '../mapping/beginnings.ts';
import { amountKey, classify, decidedFor, type AmountOverrides } from '../mapping/classify.ts';
import { foldKey, keyOfFolded, keyText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import { sumMinor } from '../money/money.ts';
import type { AmountKey } from '../settlement/settlement.ts';
import type { JournalLine, StoredJournalPart } from './journal-plan.ts';

/** Rows of one key behind a line; amounts signed as in the report. */
export interface KeyedRows {
  key: AmountKey;
  role: Role | null;
  booked: Role | null;
  rows: number;
  amount: bigint;
}

/** A decision for an amount key, by its folded triple, which may name a beginning; `sameAs` the known key that it is a new spelling of. */
export interface KeyDecision {
  key: string;
  choice: string;
  sameAs: [string, string, string] | null;
  by: string;
  why: string | null;
}

/** Which rows of its settlement stand behind a journal line. `none`: the line is no sum of rows. */
export type RowsBehind =
  { part: number; booked: Role; marketplaces?: (string | null)[] } | { meaning: Role } | 'all' | 'none';

export interface LineProof {
  rows: number;
  /** Of the rows, signed as in the report. */
  sum: bigint;
  /** The rows come to the line, to the cent. */
  agrees: boolean;
}

/**
 * Rows behind a line of a settlement's journal (`JE`) or opening entry (`OPN`). The payout line carries the report's
 * total, so all rows stand behind it; `settlement-in-progress` bridges the parts and has none. An opening entry brings in
 * what its settlement's rows take out: the reserve released, the balance due and a returned payout.
 */
export function rowsBehindLine(purpose: JournalPurpose, plan: StoredJournalPart, line: JournalLine): RowsBehind {
  if (purpose === 'OPN')
    return line.role === 'opening-balance'
      ? 'none'
      : { meaning: line.role === 'reserve-held' ? 'reserve-released' : line.role };
  if (line.payout) return 'all';
  if (line.role === 'settlement-in-progress') return 'none';
  return { part: plan.part, booked: line.role, ...(line.marketplaces ? { marketplaces: line.marketplaces } : {}) };
}

/** Of the rows in transit an opening entry brings in those that come back, which are positive; a micro deposit is the settlement's own. */
export function broughtIn(purpose: JournalPurpose, line: JournalLine, groups: readonly KeyedRows[]): KeyedRows[] {
  return purpose === 'OPN' && line.role === 'payouts-in-transit'
    ? groups.filter((group) => group.amount > 0n)
    : [...groups];
}

/** A positive amount of the report is a credit of its journal; the payout line and the opening entry stand on the other side. */
export function proveLine(purpose: JournalPurpose, line: JournalLine, groups: readonly KeyedRows[]): LineProof {
  const credit = line.credit - line.debit;
  return proofOf(groups, purpose === 'OPN' || line.payout ? -credit : credit);
}

/** Whether rows come to an amount that is signed as in the report. */
export function proofOf(groups: readonly KeyedRows[], expected: bigint): LineProof {
  const sum = sumMinor(groups.map((group) => group.amount));
  return { rows: groups.reduce((count, group) => count + group.rows, 0), sum, agrees: sum === expected };
}

export interface Reasons {
  /** Of the amount map, as recorded with the journal. */
  mapVersion: number;
  overrides: AmountOverrides;
  decisions: readonly KeyDecision[];
}

/** Sentences: what sent the rows to this line, each once. */
export function explainLine(
  purpose: JournalPurpose,
  plan: StoredJournalPart,
  line: JournalLine,
  groups: readonly KeyedRows[],
  reasons: Reasons,
): string[] {
  if (line.payout) {
    return [
      line.role === 'payouts-in-transit'
        ? "the payout line carries the report's total and nothing else: money on its way to the bank"
        : 'the total is negative: what is due to Amazon, carried into the next settlement',
    ];
  }
  if (line.role === 'settlement-in-progress')
    return [`bridges part ${plan.part} of ${plan.of}, so that each part balances; the bridges come to zero together`];
  const opening =
    purpose === 'OPN'
      ? [
          line.role === 'opening-balance'
            ? 'the other side of what the first settlement brings in'
            : 'brought in from before the cut-over by the first settlement of its chain',
        ]
      : [];
  const bookings = groups.flatMap(({ role, booked }) =>
    role === null || booked === null || role === booked || BOOKED[booked] === undefined
      ? []
      : [`booked on ${booked}: ${BOOKED[booked]}`],
  );
  return [...opening, ...new Set(purpose === 'OPN' ? [] : bookings), ...reasonsOf(groups, reasons)];
}

/** One sentence for keys that differ in their transaction type alone: `map v1: Order, Refund / ItemFees / Commission → selling-fees`. */
function reasonsOf(groups: readonly KeyedRows[], reasons: Reasons): string[] {
  const joined = new Map<string, { types: Set<string>; before: string; after: string }>();
  for (const { key, role } of groups) {
    const { before, after } = sourceOf(key, role, reasons);
    const rest = ` / ${key.amountType} / ${key.amountDescription} → ${role ?? 'no role'}${after}`;
    const known = joined.get(`${before}\t${rest}`) ?? { types: new Set(), before, after: rest };
    known.types.add(key.transactionType);
    joined.set(`${before}\t${rest}`, known);
  }
  return Array.from(joined.values(), ({ types, before, after }) => `${before}: ${[...types].join(', ')}${after}`);
}

/** Who sent the key there: a person, the configuration, or the map; and what there is to say about it. */
function sourceOf(
  key: AmountKey,
  role: Role | null,
  { mapVersion, overrides, decisions }: Reasons,
): { before: string; after: string } {
  const folded = foldKey(key);
  const decided = decisions.filter((known) => known.choice === role && covers(keyOfFolded(known.key), key));
  const decision = decided.find((known) => known.key === folded) ?? decided[0];
  if (decision) {
    const same = decision.sameAs === null ? '' : `, as ${keyText(amountKey(decision.sameAs))}`;
    return {
      before: `decision of ${decision.by}`,
      after: `${same}${decision.why === null ? '' : ` ("${decision.why}")`}`,
    };
  }
  const configured = decidedFor(key, overrides);
  if (configured !== undefined && 'role' in configured && configured.role === role)
    return { before: 'configuration', after: '' };
  return { before: `map v${mapVersion}`, after: classify(key)?.role === role ? '' : ' (the map says otherwise now)' };
}

/** Rows by what they are booked on: where all of a report stands behind one line, its keys would be too many to read. */
export function byBookedRole(groups: readonly KeyedRows[]): { role: Role | null; rows: number; amount: bigint }[] {
  const roles = new Map<Role | null, { role: Role | null; rows: number; amount: bigint }>();
  for (const { booked, rows, amount } of groups) {
    const known = roles.get(booked) ?? { role: booked, rows: 0, amount: 0n };
    roles.set(booked, { role: booked, rows: known.rows + rows, amount: known.amount + amount });
  }
  return [...roles.values()].sort((a, b) => b.rows - a.rows);
}

/** Why a row stands on another role than its meaning. */
const BOOKED: Partial<Record<Role, string>> = {
  clearing: 'an invoice or credit memo owns the amount',
  'merchant-orders': 'another system owns merchant-fulfilled sales',
  'opening-balance': 'shipped before the cut-over, so the old books hold it',
  'sales-tax-payable': 'the tax of these orders does not come to zero',
};
