/** Cells of the rows of one report, each seen in place or parted before; a text is made for what no row had before. */
import type { FieldCursor } from '../../domain/delimited/field-cursor.ts';
import { TextTable } from '../../domain/delimited/text-table.ts';
import { CellRun } from './cell-run.ts';

const QUOTE = 34;

/** The cells of one row, by the column's place among those that are read. */
export interface RowCells {
  readonly texts: TextTable;
  text(column: number): string;
  /** The number of its text in `texts`. */
  number(column: number): number;
}

/** A report whose header is quoted has every cell quoted (`"` doubled inside), as the ledger's (amazon.md §5.2). */
export class ReportCells {
  readonly isQuoted: boolean;
  readonly texts: TextTable;
  readonly #run: CellRun | null;
  /** The number of what each field held, and the last line that was asked for it. */
  #known: { number: number; line: number }[] = [];

  /** @param together fields that stand side by side and mostly say the same together */
  constructor({ isQuoted, together }: { isQuoted: boolean; together: readonly number[] }) {
    this.isQuoted = isQuoted;
    this.texts = new TextTable(isQuoted ? unescaped : (text) => text);
    const [first] = together;
    this.#run =
      first === undefined ? null : new CellRun(first, together.length, (line, field) => this.#numberIn(line, field));
  }

  /** Between rows that are handed on together: numbers of texts hold for all of them. */
  forgetIfFull(): void {
    if (!this.texts.isFull && this.#run?.isFull !== true) return;
    this.texts.forget();
    this.#run?.forget();
    this.#known = [];
  }

  /** Whether tabs alone part the cells of a line: none of them holds one, or a line break. */
  arePlain(line: FieldCursor): boolean {
    if (!this.isQuoted) return true;
    const { bytes } = line;
    for (let field = 0; field < line.fields; field += 1) {
      const [from, last] = [line.from(field), line.to(field) - 1];
      if (last <= from || bytes[from] !== QUOTE || bytes[last] !== QUOTE) return false;
    }
    return true;
  }

  /** The number of the text of a cell of such a line. */
  number(line: FieldCursor, field: number): number {
    if (this.#run !== null && this.#run.has(field)) return this.#run.number(line, field);
    const known = (this.#known[field] ??= { number: 0, line: -1 });
    if (!line.isSameSince(known.line, field)) known.number = this.#numberIn(line, field);
    known.line = line.number;
    return known.number;
  }

  #numberIn(line: FieldCursor, field: number): number {
    const quotes = this.isQuoted ? 1 : 0;
    return this.texts.numberOf(line.bytes, line.from(field) + quotes, line.to(field) - quotes);
  }
}

/** A row that is seen in place. */
export class PlainRow implements RowCells {
  readonly #cells: ReportCells;
  readonly #line: FieldCursor;
  readonly #positions: readonly number[];

  constructor(cells: ReportCells, line: FieldCursor, positions: readonly number[]) {
    [this.#cells, this.#line, this.#positions] = [cells, line, positions];
  }

  get texts(): TextTable {
    return this.#cells.texts;
  }

  text(column: number): string {
    return this.texts.texts[this.number(column)]!;
  }

  number(column: number): number {
    return this.#cells.number(this.#line, this.#positions[column]!);
  }
}

/** A row that was parted into its cells before. */
export class PartedRow implements RowCells {
  readonly texts: TextTable;
  readonly #cells: readonly string[];
  readonly #positions: readonly number[];

  constructor(cells: readonly string[], texts: TextTable, positions: readonly number[]) {
    [this.#cells, this.texts, this.#positions] = [cells, texts, positions];
  }

  text(column: number): string {
    return this.#cells[this.#positions[column]!]!;
  }

  number(column: number): number {
    return this.texts.numberOfText(this.text(column));
  }
}

/**
 * Cells of a row that is quoted, in which a cell may hold tabs, line breaks and doubled quotes; null where it is not whole. One
 * that holds a quote which is not doubled is read as it must be meant: a quote, a tab and a quote part cells.
 * @param width how many cells a whole row has
 */
export function quotedCells(row: string, width: number): string[] | null {
  if (row.length < 2 || !row.startsWith('"') || !row.endsWith('"')) return null;
  const { cells, fault } = wellQuoted(row);
  if (fault === null) return cells;
  const parted = row.slice(1, -1).split('"\t"').map(unescaped);
  return fault === 'quote' || parted.length === width ? parted : null;
}

/** `quote`: one that is not doubled stands inside a cell; `end`: the last cell has none. */
function wellQuoted(row: string): { cells: string[]; fault: 'quote' | 'end' | null } {
  const cell = /"([^"]*(?:""[^"]*)*)("\t|"$|")?/y;
  const cells: string[] = [];
  for (let match = cell.exec(row); match !== null; match = cell.exec(row)) {
    cells.push(unescaped(match[1]!));
    if (match[2] === undefined) return { cells, fault: 'end' };
    if (match[2] === '"' && cell.lastIndex === row.length) return { cells, fault: null };
    if (match[2] === '"') break;
  }
  return { cells, fault: 'quote' };
}

const unescaped = (text: string): string => (text.includes('""') ? text.replaceAll('""', '"') : text);
