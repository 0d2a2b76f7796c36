import type { StatementColumn, StatementForm } from '../../config/statement-form.ts';
import type { CsvRow, CsvRows } from './csv-rows.ts';

/** Where each of our columns stands in a file; a description may be made of several. */
export type ColumnPlaces = Partial<Record<StatementColumn, readonly number[]>>;

/** A header row and where the columns stand in it. `doubled`: a header that a column is to be found by and that stands there twice. */
export interface FoundHeader {
  reading: CsvRows;
  row: number;
  places: ColumnPlaces;
  doubled: string | null;
}

/** Names by which banks call the column of the currency. */
export const CURRENCY_NAME = /^(currency|währung|waehrung|devise|divisa|ccy)$/;

/** How far down a header is looked for: banks put account, period and balance before it. */
const PREAMBLE_ROWS = 60;

export function foldHeader(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The columns that a form must find, by the names under which it looks for them. */
export function neededColumns(form: StatementForm): [column: StatementColumn, header: string][] {
  const { columns } = form;
  const amounts: StatementColumn[] =
    columns.amount === undefined && (columns.debit !== undefined || columns.credit !== undefined)
      ? (['debit', 'credit'] as const).filter((column) => columns[column] !== undefined)
      : ['amount'];
  const currency: StatementColumn[] = form.currency === undefined || columns.currency !== undefined ? ['currency'] : [];
  const needed: StatementColumn[] = ['date', ...amounts, ...currency, 'description'];
  if (columns['transaction-id'] !== undefined) needed.push('transaction-id');
  return needed.map((column) => [column, columns[column] ?? column]);
}

/** The first row that has all columns of a form, in whichever reading of the file; null where none has. */
export function findHeader(readings: readonly CsvRows[], form: StatementForm): FoundHeader | null {
  const needed = neededColumns(form);
  for (const reading of readings) {
    for (const [row, cells] of reading.rows.slice(0, PREAMBLE_ROWS).entries()) {
      const found = placesIn(cells, needed);
      if (found !== null) return { reading, row, ...found };
    }
  }
  return null;
}

function placesIn(
  cells: CsvRow,
  needed: readonly [StatementColumn, string][],
): Pick<FoundHeader, 'places' | 'doubled'> | null {
  const names = cells.map(({ text }) => foldHeader(text));
  const places: ColumnPlaces = {};
  let doubled: string | null = null;
  for (const [column, header] of needed) {
    const parts = names.includes(foldHeader(header)) ? [header] : header.split('+');
    const found = parts.map((part) => names.flatMap((name, at) => (name === foldHeader(part) ? [at] : [])));
    if (found.some((at) => at.length === 0)) return null;
    doubled ??= parts.find((_, index) => found[index]!.length > 1) ?? null;
    places[column] = found.map(([at]) => at!);
  }
  // What a file says of its lines by a name that is plain is not left aside because nobody asked for it.
  for (const [column, name] of [
    ['currency', CURRENCY_NAME],
    ['transaction-id', /^transaction-id$/],
  ] as const) {
    const at = names.findIndex((text) => name.test(text));
    if (places[column] === undefined && at >= 0) places[column] = [at];
  }
  return { places, doubled };
}
