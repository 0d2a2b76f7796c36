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
