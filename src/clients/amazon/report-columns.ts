/** The header of a report: where the columns stand that are read, and what nobody knows. */
import { AmazonFailure } from './amazon-failure.ts';
import type { DriftNotes } from './read-payload.ts';
import { UNKNOWN_COLUMN } from './report-names.ts';

/** What a reader knows of a report. */
export interface ReportColumns<Column extends string> {
  /** What people call the report. */
  where: string;
  /** Columns that are read; without one of them nothing is. Compared without case. */
  read: readonly Column[];
  /** Known, and of no use here. Any other is told as drift. */
  ignored: readonly string[];
  /** A row is mostly like the one before after this column: a help in reading it, no promise. */
  differUpTo?: Column;
  /** What the report says of one thing wherever it names it, in the order in which it mostly stands: a help, no promise. */
  together?: readonly Column[];
}

/** Where columns stand that are read together; empty where they do not stand side by side in that order. */
export function positionsTogether<Column extends string>(
  positions: readonly number[],
  { read, together = [] }: ReportColumns<Column>,
): number[] {
  const own = together.map((column) => positions[read.indexOf(column)]!);
  return own.every((position, index) => position === own[0]! + index) ? own : [];
}

/**
 * Where the columns stand that are read, in their order; names are compared without case. Unknown ones are told as drift.
 * @throws AmazonFailure where one is missing
 */
export function columnPositions<Column extends string>(
  header: readonly string[],
  { where, read, ignored }: ReportColumns<Column>,
  drift: DriftNotes,
): number[] {
  const names = header.map(folded);
  const missing = read.filter((name) => !names.includes(folded(name)));
  if (missing.length > 0)
    throw new AmazonFailure({ code: 'bug', where, what: `columns are missing: ${missing.join(', ')}` });
  const known = new Set([...read, ...ignored].map(folded));
  for (const name of names) if (name !== '' && !known.has(name)) drift.note(where, `${UNKNOWN_COLUMN} ${name}`);
  return read.map((name) => names.indexOf(folded(name)));
}

const folded = (name: string) => name.trim().toLowerCase();
