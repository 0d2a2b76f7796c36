/** A day of the ledger as a report tells it now, beside the rows that are kept of it (stock.md, *The rows*). */
import type { LedgerBalance, LedgerRow } from './stock-facts.ts';

/** A row that is kept. `alike` counts equal rows of a day, from 1. */
export interface KeptRow extends LedgerRow {
  rowId: string;
  alike: number;
  /** Day on which it was noticed that Amazon no longer has it. */
  takenBack: string | null;
  /** The row that it takes back; Amazon's reports do not hold it. */
  oppositeOf: string | null;
}

export type NewRow = LedgerRow & { alike: number };

/** What a report changes of one day. */
export interface DayChange {
  added: NewRow[];
  takenBack: { rowId: string; opposite: NewRow }[];
  /** Title and reconciled quantities, which identify nothing. */
  changed: Pick<KeptRow, 'rowId' | 'title' | 'reconciled' | 'unreconciled'>[];
}

/** A day with fewer rows than are kept, and no summary that agrees with the fewer: the report is not whole. */
export interface TruncatedDay {
  truncated: { day: string; sku: string; fnsku: string; kept: number; reported: number };
}

export interface DayToMerge {
  day: string;
  kept: readonly KeptRow[];
  reported: readonly LedgerRow[];
  /** The report's first or last day, which may be cut: it only adds rows. */
  isEdge: boolean;
  /** The day on which the report was read: opposites of what was taken back are dated so. */
  noticedOn: string;
  /** Whether the day's summary has come and agrees with what the report has of a group. */
  agrees: (group: StockGroup, rows: readonly LedgerRow[]) => boolean;
}

/** What the summary has a row for: FNSKU, SKU, country and disposition. */
export type StockGroup = Pick<LedgerRow, 'fnsku' | 'sku' | 'country' | 'disposition'>;

/** More equal rows than before are new ones; fewer count only where the summary agrees. Merging again changes nothing. */
export function mergeDay({ day, kept, reported, isEdge, noticedOn, agrees }: DayToMerge): DayChange | TruncatedDay {
  const change: DayChange = { added: [], takenBack: [], changed: [] };
  const reportedBy = groupBy(reported, rowIdentity);
  const keptBy = groupBy(
    kept.filter((row) => row.oppositeOf === null),
    rowIdentity,
  );
  for (const [identity, now] of reportedBy) {
    const known = keptBy.get(identity) ?? [];
    const there = known.filter((row) => row.takenBack === null);
    let alike = Math.max(0, ...known.map((row) => row.alike));
    now.forEach((row, index) => {
      const before = there[index];
      if (before === undefined) change.added.push({ ...row, alike: (alike += 1) });
      else if (
        row.title !== before.title ||
        row.reconciled !== before.reconciled ||
        row.unreconciled !== before.unreconciled
      ) {
        const { title, reconciled, unreconciled } = row;
        change.changed.push({ rowId: before.rowId, title, reconciled, unreconciled });
      }
    });
  }
  if (isEdge) return change;
  for (const [identity, known] of keptBy) {
    const there = known.filter((row) => row.takenBack === null);
    const now = reportedBy.get(identity)?.length ?? 0;
    if (now >= there.length) continue;
    const [one] = there as [KeptRow];
    const group = (row: LedgerRow) => groupKey(row) === groupKey(one);
    if (!agrees(one, reported.filter(group)))
      return { truncated: { day, sku: one.sku, fnsku: one.fnsku, kept: there.length, reported: now } };
    for (const gone of there.slice(now))
      change.takenBack.push({ rowId: gone.rowId, opposite: oppositeOf(gone, noticedOn) });
  }
  return change;
}

/** All that identifies a row: title and reconciled quantities change later and are not among it. */
export function rowIdentity(row: LedgerRow): string {
  return [
    row.day,
    row.fnsku,
    row.sku,
    row.eventType,
    row.reason,
    row.reference,
    row.centre,
    row.country,
    row.disposition,
    row.quantity,
  ].join('\t');
}

export function groupKey({ fnsku, sku, country, disposition }: StockGroup): string {
  return `${fnsku}\t${sku}\t${country}\t${disposition}`;
}

/** The row that takes another back, dated the day on which that was noticed. */
function oppositeOf({ rowId: _, takenBack: __, oppositeOf: ___, ...row }: KeptRow, day: string): NewRow {
  return { ...row, day, quantity: 0 - row.quantity };
}

/** Moves units between centres: kept, and in no sum. */
const BETWEEN_CENTRES = 'WhseTransfers';

/**
 * Whether rows of one group and day are what the balance moved by: Σ rows but `WhseTransfers` = change of ending balance
 * and units between centres. Without a row before or on the day the balance was nothing (before) or as before (on it).
 */
export function agreesWithBalance(
  rows: readonly LedgerRow[],
  before: LedgerBalance | undefined,
  on: LedgerBalance | undefined,
): boolean {
  const held = (balance: LedgerBalance | undefined) => (balance ? balance.ending + balance.inTransit : 0);
  const moved = rows.reduce((sum, row) => sum + (row.eventType === BETWEEN_CENTRES ? 0 : row.quantity), 0);
  return moved === held(on ?? before) - held(before);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
