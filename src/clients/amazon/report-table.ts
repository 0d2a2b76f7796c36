/**
 * Tab-separated reports of Amazon's by their column names, row by row without holding the file. A report whose header is
 * quoted has every cell quoted (`"` doubled inside), as the ledger's (amazon.md §5.2: names with blanks, every cell quoted).
 */
import type { FieldCursor } from '../../domain/delimited/field-cursor.ts';
import { EndlessLine, LineScanner } from '../../domain/delimited/line-scanner.ts';
import { storableText } from '../../domain/delimited/storable-text.ts';
import { AmazonFailure } from './amazon-failure.ts';
import { PartedRow, PlainRow, quotedCells, ReportCells, type RowCells } from './report-cells.ts';
import { columnPositions, positionsTogether, type ReportColumns } from './report-columns.ts';
import type { RefusedRow, ReportRows, RowsTogether } from './report-rows.ts';
import type { DriftNotes } from './read-payload.ts';

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;

/** Says that a cell is not what it should be; thrown by what makes a row of its cells. */
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
  report: AsyncIterable<Uint8Array>,
  columns: ReportColumns<Column>,
  drift: DriftNotes,
  factOf: (cell: (column: number) => string) => Fact,
): AsyncGenerator<ReportRows<Fact>> {
  yield* rowsTogether(report, columns, drift, new Facts(factOf));
}

/** What becomes of rows. */
export interface RowsMade<Rows> {
  /** @throws RefusedCell and then adds nothing */
  add(cells: RowCells): void;
  /** Those that were added since. */
  taken(): Rows;
}

class Facts<Fact> implements RowsMade<Fact[]> {
  readonly #factOf: (cell: (column: number) => string) => Fact;
  #facts: Fact[] = [];

  constructor(factOf: (cell: (column: number) => string) => Fact) {
    this.#factOf = factOf;
  }

  add(cells: RowCells): void {
    this.#facts.push(this.#factOf((column) => cells.text(column)));
  }

  taken(): Fact[] {
    const facts = this.#facts;
    this.#facts = [];
    return facts;
  }
}

/** The same, whatever rows become. @throws AmazonFailure where the header lacks a column, or the file ends within a row */
export async function* rowsTogether<Column extends string, Rows extends { readonly length: number }>(
  report: AsyncIterable<Uint8Array>,
  columns: ReportColumns<Column>,
  drift: DriftNotes,
  made: RowsMade<Rows>,
): AsyncGenerator<RowsTogether<Rows>> {
  const table = new ReportTable(columns, drift, made);
  for await (const bytes of report) {
    const batch = table.push(bytes);
    if (batch.rows.length > 0 || batch.refused.length > 0) yield batch;
  }
  const batch = table.finish();
  if (batch.rows.length > 0 || batch.refused.length > 0) yield batch;
}

class ReportTable<Column extends string, Rows> {
  readonly #columns: ReportColumns<Column>;
  readonly #drift: DriftNotes;
  readonly #made: RowsMade<Rows>;
  readonly #scanner = new LineScanner('utf-8', (line) => this.#line(line));
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #refused: RefusedRow[] = [];
  /** Null before the header. */
  #cells: ReportCells | null = null;
  /** At each line in its turn, as the one cursor is. */
  #plainRow: PlainRow | null = null;
  /** Number of columns of the header, and where those stand that are read, in their order. */
  #width = 0;
  #positions: number[] = [];
  #lastLine = 0;
  /** A row whose title holds line breaks, and how many lines it has so far. */
  #open = '';
  #openLines = 0;

  constructor(columns: ReportColumns<Column>, drift: DriftNotes, made: RowsMade<Rows>) {
    [this.#columns, this.#drift, this.#made] = [columns, drift, made];
  }

  /** Rows that these bytes end. */
  push(bytes: Uint8Array): RowsTogether<Rows> {
    this.#cells?.forgetIfFull();
    try {
      this.#scanner.push(bytes);
    } catch (error) {
      throw error instanceof EndlessLine ? this.#unreadable(`${error.message}: it is damaged`) : error;
    }
    return this.#taken();
  }

  /** The last row, where no line break ends it. */
  finish(): RowsTogether<Rows> {
    this.#scanner.finish();
    if (this.#cells === null) throw this.#unreadable('the report is empty');
    if (this.#openLines > 0)
      throw this.#unreadable(`the file ends within the row of line ${this.#lastLine}: it is cut off`);
    return this.#taken();
  }

  #taken(): RowsTogether<Rows> {
    const refused = this.#refused;
    this.#refused = [];
    return { rows: this.#made.taken(), refused };
  }

  #line(line: FieldCursor): void {
    this.#lastLine = line.number;
    if (this.#cells === null) this.#cells = this.#header(line);
    else if (this.#openLines > 0) this.#row(line, `${this.#open}\n${this.#textOf(line)}`);
    else if (line.lineStart === line.lineEnd) return;
    else if (this.#isPlain(line)) this.#take(line, this.#plainRow!);
    else this.#row(line, this.#textOf(line));
  }

  /** Where cells are quoted, one more than there are columns may be a tab inside of a cell. */
  #isPlain(line: FieldCursor): boolean {
    const { isQuoted } = this.#cells!;
    const isWhole = isQuoted ? line.fields === this.#width : line.fields >= this.#width;
    return isWhole && this.#cells!.arePlain(line);
  }

  #header(line: FieldCursor): ReportCells {
    const text = this.#textOf(line);
    const isQuoted = text.startsWith('"');
    const names = (isQuoted ? quotedCells(text, 0) : text.split('\t')) ?? [];
    this.#width = names.length;
    this.#positions = columnPositions(names, this.#columns, this.#drift);
    const { read, differUpTo } = this.#columns;
    if (differUpTo !== undefined) line.differUpTo(this.#positions[read.indexOf(differUpTo)]!);
    const cells = new ReportCells({ isQuoted, together: positionsTogether(this.#positions, this.#columns) });
    this.#plainRow = new PlainRow(cells, line, this.#positions);
    return cells;
  }

  /** @param row one whose cells hold more than plain text, or that is not whole */
  #row(line: FieldCursor, row: string): void {
    const { isQuoted } = this.#cells!;
    const cells = isQuoted ? quotedCells(row, this.#width) : row.split('\t');
    if (cells === null || cells.length < this.#width) {
      // A last line that nothing ends is where a file was cut off, and rows after it are missing.
      if (!isQuoted && line.terminated) {
        const why = `has ${cells?.length ?? 0} of ${this.#width} columns`;
        this.#refused.push({ line: line.number, column: 'the row', text: row.slice(0, 200), why });
        return;
      }
      if (!isQuoted || this.#openLines === MOST_LINES_A_CELL)
        throw this.#unreadable(
          `line ${line.number} has ${cells?.length ?? 0} of ${this.#width} columns: the file is cut off or damaged`,
        );
      this.#open = row;
      this.#openLines += 1;
      return;
    }
    this.#openLines = 0;
    this.#take(line, new PartedRow(cells, this.#cells!.texts, this.#positions));
  }

  #take({ number }: FieldCursor, row: RowCells): void {
    try {
      this.#made.add(row);
    } catch (error) {
      if (!(error instanceof RefusedCell)) throw error;
      const { column, text, message: why } = error;
      this.#refused.push({ line: number, column, text: text.slice(0, 200), why });
    }
  }

  #textOf({ bytes, lineStart, lineEnd }: FieldCursor): string {
    return storableText(this.#decoder.decode(bytes.subarray(lineStart, lineEnd)));
  }

  #unreadable(what: string): AmazonFailure {
    return new AmazonFailure({ code: 'bug', where: this.#columns.where, what });
  }
}

/** A whole number of up to nine digits, signed. @throws RefusedCell */
export function wholeNumber(column: string, text: string): number {
  const sign = text.charCodeAt(0);
  const isSigned = sign === PLUS || sign === MINUS;
  const first = isSigned ? 1 : 0;
  let number = 0;
  for (let at = first; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) number = NaN;
    number = number * 10 + digit;
  }
  if (Number.isNaN(number) || text.length === first || text.length > first + 9)
    throw new RefusedCell(column, text, 'is not a whole number');
  // Minus nothing is nothing.
  return sign === MINUS ? 0 - number : number;
}

/** What must stand there. @throws RefusedCell */
export function filled(column: string, text: string): string {
  if (text === '') throw new RefusedCell(column, text, 'is empty');
  return text;
}
