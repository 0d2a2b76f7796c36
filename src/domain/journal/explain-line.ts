/** Why a line of a posted document is what it is: from the line to the rows of the report and to the rule that sent them there. */
import { classify, type AmountOverrides } from '../mapping/classify.ts';
import { foldKey } from '../mapping/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import type { AmountKey } from '../settlement/settlement.ts';
import type { JournalLine, StoredJournalPart } from './journal-plan.ts';

/** Rows of one key behind a line; amounts signed as in the report. */
export interface KeyedRows { key: AmountKey; role: Role | null; booked: Role | null; rows: number; amount: bigint }

/** A decision for an amount key, by its folded triple. */
export interface KeyDecision { key: string; choice: string; by: string; why: string | null }

/** Which rows of its settlement stand behind a journal line. `none`: the line is no sum of rows. */
export type RowsBehind = { part: number; booked: Role } | { meaning: Role } | 'all' | 'none';

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
export function rowsBehindLine(purpose: 'JE' | 'OPN', plan: StoredJournalPart, line: JournalLine): RowsBehind {
  if (purpose === 'OPN') return line.role === 'opening-balance' ? 'none' : { meaning: line.role === 'reserve-held' ? 'reserve-released' : line.role };
  if (line.payout) return 'all';
  return line.role === 'settlement-in-progress' ? 'none' : { part: plan.part, booked: line.role };
}

/** Of the rows in transit an opening entry brings in those that come back, which are positive; a micro deposit is the settlement's own. */
export function broughtIn(purpose: 'JE' | 'OPN', line: JournalLine, groups: readonly KeyedRows[]): KeyedRows[] {
  return purpose === 'OPN' && line.role === 'payouts-in-transit' ? groups.filter((group) => group.amount > 0n) : [...groups];
}

/** A positive amount of the report is a credit of its journal; the payout line and the opening entry stand on the other side. */
export function proveLine(purpose: 'JE' | 'OPN', line: JournalLine, groups: readonly KeyedRows[]): LineProof {
  const sum = groups.reduce((total, group) => total + group.amount, 0n);
  const credit = line.credit - line.debit;
  return { rows: groups.reduce((count, group) => count + group.rows, 0), sum, agrees: sum === (purpose === 'OPN' || line.payout ? -credit : credit) };
}

export interface Reasons {
  /** Of the amount map, as recorded with the journal. */
  mapVersion: number;
  overrides: AmountOverrides;
  decisions: readonly KeyDecision[];
}

/** Sentences: what sent the rows to this line, each once. */
export function explainLine(purpose: 'JE' | 'OPN', plan: StoredJournalPart, line: JournalLine, groups: readonly KeyedRows[], reasons: Reasons): string[] {
  if (line.payout) {
    return [line.role === 'payouts-in-transit' ? 'the payout line carries the report\'s total and nothing else: money on its way to the bank'
      : 'the total is negative: what is due to Amazon, carried into the next settlement'];
  }
  if (line.role === 'settlement-in-progress') return [`bridges part ${plan.part} of ${plan.of}, so that each part balances; the bridges come to zero together`];
  const opening = purpose === 'OPN' ? [line.role === 'opening-balance' ? 'the other side of what the first settlement brings in' : 'brought in from before the cut-over by the first settlement of its chain'] : [];
  return [...opening, ...new Set(groups.map((group) => reasonOf(group, reasons)))];
}

function reasonOf({ key, role, booked }: KeyedRows, { mapVersion, overrides, decisions }: Reasons): string {
  const name = `${key.amountType} / ${key.amountDescription}`;
  const booking = role === null || booked === null || role === booked || !(booked in BOOKED) ? '' : `, booked on ${booked}: ${BOOKED[booked]}`;
  const folded = foldKey(key);
  const decision = decisions.find((known) => known.key === folded && known.choice === role);
  if (decision) return `decision of ${decision.by}: ${name} → ${role}${decision.why === null ? '' : ` ("${decision.why}")`}${booking}`;
  if (overrides.get(folded) === role) return `configuration: ${name} → ${role}${booking}`;
  const since = classify(key)?.role === role ? '' : ' (the map says otherwise now)';
  return `map v${mapVersion}: ${name} → ${role ?? 'no role'}${since}${booking}`;
}

/** Why a row stands on another role than its meaning. */
const BOOKED: Partial<Record<Role, string>> = {
  'clearing': 'an invoice or credit memo owns the amount',
  'merchant-orders': 'another system owns merchant-fulfilled sales',
  'opening-balance': 'shipped before the cut-over, so the old books hold it',
  'sales-tax-payable': 'the tax of these orders does not come to zero',
};
