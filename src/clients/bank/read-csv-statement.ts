/**
 * CSV statements as banks write them: a header row, behind whatever stands before it; then one line a row; then perhaps
 * rows that are no lines. Headers are ours, or those that a form names.
 */
import type { StatementColumn, StatementForm } from '../../config/statement-form.ts';
import { findHeader, neededColumns, type ColumnPlaces, type FoundHeader } from './csv-columns.ts';
import { readingsOf, type CsvRow, type CsvRows } from './csv-rows.ts';
import { readDayIn } from './date-form.ts';
import { headersOf, suggestForm } from './suggest-form.ts';
import { readBankAmount } from './statement-amount.ts';
import type { SuggestedForm } from '../../config/statement-problem.ts';
import { placeOf, StatementError } from './statement-error.ts';
import { statementOf, type BankStatement, type BankStatementLine } from './statement.ts';

const OUR_FORM: StatementForm = { columns: {} };
const ADVICE =
  'A CSV statement has the headers date (2026-10-28), amount (signed, with a point), currency, description and transaction-id; others are named by --columns, --date-form, --decimal and --currency';

/** @throws StatementError */
export function readCsvStatement(file: string, text: string, form: StatementForm = OUR_FORM): BankStatement {
  const readings = readingsOf(text);
  if (readings.every(({ rows, broken }) => rows.length === 0 && broken === null))
    throw new StatementError({ file, what: 'the file is empty', advice: ADVICE });
  const header = findHeader(readings, form);
  if (header === null) throw noHeader(file, text, form, readings);
  try {
    return readBelow(file, text, form, header);
  } catch (error) {
    // Headers like ours above dates and amounts that are not.
    if (error instanceof StatementError)
      throw new StatementError({ ...error.problem, suggestion: suggested(file, text, readings) });
    throw error;
  }
}

function readBelow(file: string, text: string, form: StatementForm, header: FoundHeader): BankStatement {
  const {
    reading: { rows, broken },
    row,
    doubled,
  } = header;
  if (doubled !== null)
    throw new StatementError({
      file,
      what: `the column "${doubled}" stands twice`,
      advice: 'Name columns that stand once, or give them other names in the file',
      place: placeOf(text, rows[row]![0]!.at),
    });
  if (broken !== null) throw brokenQuote(file, text, broken);
  const reader = new LineReader(file, text, form, header);
  const body = rows.slice(row + 1);
  const last = body.findLastIndex((cells) => !reader.isNoLine(cells));
  const leftOut = body.slice(last + 1).map((cells) => ({
    line: placeOf(text, cells[0]!.at).line,
    text: cells
      .map((cell) => cell.text.trim())
      .filter(Boolean)
      .join(' ')
      .slice(0, 60),
  }));
  if (last < 0 && leftOut.length > 0)
    throw reader.refuse(body[0]!, 'date', `none of the ${leftOut.length} rows below the header is a line`);
  return statementOf(null, reader.lines(body.slice(0, last + 1)), leftOut);
}

/** Reads the rows below a header. */
class LineReader {
  readonly #file: string;
  readonly #text: string;
  readonly #form: StatementForm;
  readonly #places: ColumnPlaces;
  readonly #header: CsvRow;

  constructor(file: string, text: string, form: StatementForm, { reading, row, places }: FoundHeader) {
    this.#file = file;
    this.#text = text;
    this.#form = form;
    this.#places = places;
    this.#header = reading.rows[row]!;
  }

  lines(rows: readonly CsvRow[]): BankStatementLine[] {
    // Some banks write what goes out with a minus in its own column, others without; the column as a whole tells.
    const outgoing = new Set(
      rows
        .map((cells) => this.#cell(cells, 'debit'))
        .filter((text) => /[1-9]/.test(text))
        .map((text) => /^[-\u2212(]|-$/.test(text)),
    );
    return rows.map((cells) => this.#line(cells, outgoing.size > 1));
  }

  /** A balance or a sum: words where the date would stand, or nothing there and no amount either. */
  isNoLine(cells: CsvRow): boolean {
    const date = this.#cell(cells, 'date');
    return date === ''
      ? (['amount', 'debit', 'credit'] as const).every((column) => !/\d/.test(this.#cell(cells, column)))
      : !/\d/.test(date);
  }

  refuse(cells: CsvRow, column: StatementColumn, what: string): StatementError {
    const at = this.#places[column]?.[0];
    const cell = at === undefined ? undefined : cells[at];
    return new StatementError({
      file: this.#file,
      what,
      advice: ADVICE,
      field: at === undefined ? column : this.#header[at]!.text.trim(),
      text: cell?.text.trim() ?? '',
      place: placeOf(this.#text, (cell ?? cells[0]!).at),
    });
  }

  #line(cells: CsvRow, mixedDebits: boolean): BankStatementLine {
    if (cells.slice(this.#header.length).some(({ text }) => text.trim() !== ''))
      throw this.refuse(
        cells,
        'date',
        'the row has more fields than the header: a separator stands in a field without quotes',
      );
    const dateForm = this.#form.dateForm;
    const date = readDayIn(this.#cell(cells, 'date'), dateForm);
    if (date === null)
      throw this.refuse(cells, 'date', `"${this.#cell(cells, 'date')}" is not a date like ${dateForm ?? '2026-10-28'}`);
    const currency = this.#currency(cells);
    return {
      date,
      amount: this.#amount(cells, currency, mixedDebits),
      currency,
      description: this.#cell(cells, 'description'),
      transactionId: this.#cell(cells, 'transaction-id') || null,
    };
  }

  /** What the file says and what the form says must not differ. */
  #currency(cells: CsvRow): string {
    const cell = this.#cell(cells, 'currency').toUpperCase();
    // A column that nobody named counts where it holds a currency.
    const said =
      this.#form.currency === undefined || this.#form.columns.currency !== undefined || /^[A-Z]{3}$/.test(cell)
        ? cell
        : '';
    const currency = said || (this.#form.currency ?? '');
    if (!/^[A-Z]{3}$/.test(currency)) throw this.refuse(cells, 'currency', `"${said}" is not a currency like USD`);
    if (this.#form.currency !== undefined && currency !== this.#form.currency)
      throw this.refuse(
        cells,
        'currency',
        `the line is in ${currency}, and the statement is said to be in ${this.#form.currency}`,
      );
    return currency;
  }

  #amount(cells: CsvRow, currency: string, mixedDebits: boolean): bigint {
    if (this.#places.amount !== undefined) return this.#minor(cells, 'amount', currency);
    const [debit, credit] = (['debit', 'credit'] as const).map((column) =>
      this.#cell(cells, column) === '' ? null : this.#minor(cells, column, currency),
    );
    if (debit && mixedDebits)
      throw this.refuse(cells, 'debit', 'some debits have a minus and some have none: which goes out cannot be told');
    if (credit && credit < 0n)
      throw this.refuse(cells, 'credit', `"${this.#cell(cells, 'credit')}" is a credit below zero`);
    if (debit && credit) throw this.refuse(cells, 'debit', 'the row has a debit and a credit');
    if (debit === null && credit === null)
      throw this.refuse(cells, this.#places.credit ? 'credit' : 'debit', 'the row has neither a debit nor a credit');
    return debit ? (debit < 0n ? debit : -debit) : (credit ?? 0n);
  }

  #minor(cells: CsvRow, column: StatementColumn, currency: string): bigint {
    const text = this.#cell(cells, column);
    const { decimal } = this.#form;
    const minor = readBankAmount(text, currency, decimal ?? null);
    if (minor === null)
      throw this.refuse(
        cells,
        column,
        `"${text}" is not an amount in ${currency} like ${decimal === ',' ? '-1.012,30' : decimal === '.' ? '-1,012.30' : '-12.30'}`,
      );
    return minor;
  }

  #cell(cells: CsvRow, column: StatementColumn): string {
    const texts = (this.#places[column] ?? []).map((at) => cells[at]?.text.trim() ?? '');
    return texts.length === 1 ? texts[0]! : texts.filter(Boolean).join(' ');
  }
}

/** No row has the columns: what was found instead. */
function noHeader(file: string, text: string, form: StatementForm, readings: readonly CsvRows[]): StatementError {
  const { headers, at, missing } = headersOf(readings, neededColumns(form));
  const broken = readings.every((reading) => reading.broken !== null) ? readings[0]!.broken : null;
  if (headers.length === 0 && broken !== null) return brokenQuote(file, text, broken);
  return new StatementError({
    file,
    what: `the header lacks ${missing.join(', ')}`,
    advice: ADVICE,
    place: placeOf(text, at),
    headers,
    suggestion: suggested(file, text, readings),
  });
}

/** A form that reads the whole file, where its names and fields speak. */
function suggested(file: string, text: string, readings: readonly CsvRows[]): SuggestedForm | null {
  return suggestForm(readings, (form) => {
    const found = findHeader(readings, form);
    try {
      return found !== null && readBelow(file, text, form, found).lines.length > 0;
    } catch (error) {
      if (error instanceof StatementError) return false;
      throw error;
    }
  });
}

function brokenQuote(file: string, text: string, at: number): StatementError {
  const closed = /^"[^"]*(?:""[^"]*)*"/.test(text.slice(at));
  return new StatementError({
    file,
    what: closed ? 'text follows a closing quote' : 'a quoted field does not end',
    advice: ADVICE,
    place: placeOf(text, at),
  });
}
