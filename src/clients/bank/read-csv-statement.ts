/** CSV statements: a header row, then one line a row; quotes by RFC 4180. */
import { placeOf, StatementError } from './statement-error.ts';
import { readAmount, readDay, statementOf, type BankStatement, type BankStatementLine } from './statement.ts';

/** Our columns, which are also the headers that a file has unless the configuration names others. */
const REQUIRED = ['date', 'amount', 'currency', 'description'] as const;
const TRANSACTION_ID = 'transaction-id';
type Column = (typeof REQUIRED)[number] | typeof TRANSACTION_ID;

const ADVICE = 'A CSV statement has the headers date (2026-10-28), amount (signed, with a point), currency, description and transaction-id; other headers are mapped by statementColumns in the configuration';

/** @throws StatementError */
export function readCsvStatement(file: string, text: string, columns: Readonly<Record<string, string>> = {}): BankStatement {
  const rows = rowsOf(file, text);
  const header = rows.shift();
  if (!header) throw new StatementError({ file, what: 'the file is empty', advice: ADVICE });
  const names = header.map((cell) => cell.text.trim().toLowerCase());
  const indexOf = (column: Column) => names.indexOf((columns[column] ?? column).trim().toLowerCase());
  const missing = REQUIRED.filter((column) => indexOf(column) < 0);
  if (missing.length > 0) {
    throw new StatementError({ file, what: `the header lacks ${missing.map((column) => columns[column] ?? column).join(', ')}`, advice: ADVICE, place: placeOf(text, header[0]!.at) });
  }
  const index = { date: indexOf('date'), amount: indexOf('amount'), currency: indexOf('currency'), description: indexOf('description'), [TRANSACTION_ID]: indexOf(TRANSACTION_ID) };
  return statementOf(null, rows.map((row) => lineOf(file, text, row, index, columns)));
}

/** A field and where it begins in the text. */
interface Cell { text: string; at: number }
type CsvRow = readonly Cell[];

function lineOf(file: string, text: string, row: CsvRow, index: Record<Column, number>, columns: Readonly<Record<string, string>>): BankStatementLine {
  const cell = (column: Column): string => row[index[column]]?.text.trim() ?? '';
  const refuse = (column: Column, what: string): StatementError => new StatementError({
    file, what, advice: ADVICE, field: columns[column] ?? column, text: cell(column), place: placeOf(text, (row[index[column]] ?? row[0]!).at),
  });
  const date = readDay(cell('date'));
  if (date === null) throw refuse('date', `"${cell('date')}" is not a date like 2026-10-28`);
  const currency = cell('currency').toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) throw refuse('currency', `"${cell('currency')}" is not a currency like USD`);
  const amount = readAmount(cell('amount'), currency, false);
  if (amount === null) throw refuse('amount', `"${cell('amount')}" is not an amount in ${currency} like -12.30`);
  return { date, amount, currency, description: cell('description'), transactionId: cell(TRANSACTION_ID) || null };
}

/** Rows that hold anything. */
function rowsOf(file: string, text: string): CsvRow[] {
  const separator = separatorOf(text);
  const field = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|((?!")[^${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`, 'y');
  const rows: CsvRow[] = [];
  let cells: Cell[] = [];
  for (;;) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw brokenQuote(file, text, at);
    cells.push({ text: match[1]?.replaceAll('""', '"') ?? match[2] ?? '', at });
    if (match[3] === separator) continue;
    if (cells.some((cell) => cell.text !== '')) rows.push(cells);
    if (match[3] === '') return rows;
    cells = [];
  }
}

/** Comma, semicolon or tab: the one that the header has most of. */
function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0];
  return [',', ';', '\t'].reduce((best, mark) => (header.split(mark).length > header.split(best).length ? mark : best));
}

function brokenQuote(file: string, text: string, at: number): StatementError {
  const closed = /^"[^"]*(?:""[^"]*)*"/.test(text.slice(at));
  return new StatementError({ file, what: closed ? 'text follows a closing quote' : 'a quoted field does not end', advice: ADVICE, place: placeOf(text, at) });
}
