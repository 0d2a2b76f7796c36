/**
 * Tab-separated reports of Amazon's by their column names, row by row without holding the file. A report whose header is
 * quoted has every cell quoted (`"` doubled inside), as the ledger's (amazon.md §5.2: names with blanks, every cell quoted).
 */
import type { Readable } from 'node:stream';
import { lineBatchesOf } from '../http/text-lines.ts';
import { AmazonFailure } from './amazon-failure.ts';
import { columnPositions, type ReportColumns } from './report-columns.ts';
import type { ReportRows } from './report-rows.ts';
import type { DriftNotes } from './read-payload.ts';

/** Says that a cell is not what it should be; thrown by a reader's `factOf`. */
export class RefusedCell extends Error {
  readonly column: string;
  readonly text: string;

  constructor(column: string, text: string, why: string) {
    super(why);
    this.column = column;
    this.text = text;
  }
}

/** More lines than any title of Amazon's has: a quote that nobody closes must not take in the rest of the file. */
const MOST_LINES_A_CELL = 20;

/**
 * @param factOf makes a fact of one row's cells, by position in `read`; throws {@link RefusedCell}
 * @throws AmazonFailure where the header lacks a column, or the file ends within a row
 */
export async function* reportRows<Column extends string, Fact>(
  report: Readable,
  columns: ReportColumns<Column>,
  drift: DriftNotes,
  factOf: (cell: (column: number) => string) => Fact,
): AsyncGenerator<ReportRows<Fact>> {
  const unreadable = (what: string) => new AmazonFailure({ code: 'bug', where: columns.where, what });
  let header: Header | null = null;
  let line = 0;
  /** A row whose title holds line breaks, and how many lines it has so far. */
  let open = '';
  let openLines = 0;
  for await (const lines of lineBatchesOf(report)) {
    const batch: ReportRows<Fact> = { rows: [], refused: [] };
    for (const text of lines) {
      line += 1;
      if (header === null) {
        header = readHeader(text, columns, drift);
        continue;
      }
      if (text === '' && openLines === 0) continue;
      const row: string = openLines === 0 ? text : `${open}\n${text}`;
      const cells = header.cellsOf(row);
      if (cells === null || cells.length < header.width) {
        if (!header.quoted || openLines === MOST_LINES_A_CELL)
          throw unreadable(
            `line ${line} has ${cells?.length ?? 0} of ${header.width} columns: the file is cut off or damaged`,
          );
        open = row;
        openLines += 1;
        continue;
      }
      openLines = 0;
      try {
        const { positions } = header;
        batch.rows.push(factOf((column) => cells[positions[column]!]!));
      } catch (error) {
        if (!(error instanceof RefusedCell)) throw error;
        batch.refused.push({ line, column: error.column, text: error.text.slice(0, 200), why: error.message });
      }
    }
    if (batch.rows.length > 0 || batch.refused.length > 0) yield batch;
  }
  if (header === null) throw unreadable('the report is empty');
  if (openLines > 0) throw unreadable(`the file ends within the row of line ${line}: it is cut off`);
}

interface Header {
  quoted: boolean;
  width: number;
  /** Where the columns that are read stand, in their order. */
  positions: number[];
  /** Null where a quoted row is not whole. */
  cellsOf: (row: string) => string[] | null;
}

function readHeader<Column extends string>(text: string, columns: ReportColumns<Column>, drift: DriftNotes): Header {
  const quoted = text.startsWith('"');
  const cellsOf = quoted ? quotedCells : (row: string) => row.split('\t');
  const names = cellsOf(text) ?? [];
  return { quoted, cellsOf, width: names.length, positions: columnPositions(names, columns, drift) };
}

function quotedCells(row: string): string[] | null {
  if (row.length < 2 || !row.startsWith('"') || !row.endsWith('"')) return null;
  const cells = row.slice(1, -1).split('"\t"');
  // Quotes inside are rare: only then is each cell looked at.
  return row.includes('""') ? cells.map((cell) => (cell.includes('""') ? cell.replaceAll('""', '"') : cell)) : cells;
}

/** A whole number, signed. @throws RefusedCell */
export function wholeNumber(column: string, text: string): number {
  const number = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(number)) throw new RefusedCell(column, text, 'is not a whole number');
  // Minus nothing is nothing.
  return number + 0;
}

/** What must stand there. @throws RefusedCell */
export function filled(column: string, text: string): string {
  if (text === '') throw new RefusedCell(column, text, 'is empty');
  return text;
}
