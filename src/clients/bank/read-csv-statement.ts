/** CSV statements: a header row, then one line a row; quotes by RFC 4180. */
import { StatementError, type StatementPlace } from './statement-error.ts';
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
  const names = header.cells.map((cell) => cell.text.trim().toLowerCase());
  const indexOf = (column: Column) => names.indexOf((columns[column] ?? column).trim().toLowerCase());
  const missing = REQUIRED.filter((column) => indexOf(column) < 0);
  if (missing.length > 0) {
    throw new StatementError({ file, what: `the header lacks ${missing.map((column) => columns[column] ?? column).join(', ')}`, advice: ADVICE, place: { line: header.line, column: 1 } });
  }
  const index = { date: indexOf('date'), amount: indexOf('amount'), currency: indexOf('currency'), description: indexOf('description'), [TRANSACTION_ID]: indexOf(TRANSACTION_ID) };
  return statementOf(null, rows.map((row) => lineOf(file, row, index, columns)));
}

interface Cell { text: string; place: StatementPlace }
interface CsvRow { line: number; cells: Cell[] }

function lineOf(file: string, row: CsvRow, index: Record<Column, number>, columns: Readonly<Record<string, string>>): BankStatementLine {
  const cell = (column: Column): string => row.cells[index[column]]?.text.trim() ?? '';
  const refuse = (column: Column, what: string): StatementError => new StatementError({
    file, what, advice: ADVICE, field: columns[column] ?? column, text: cell(column), place: row.cells[index[column]]?.place ?? { line: row.line, column: 1 },
  });
  const date = readDay(cell('date'));
  if (date === null) throw refuse('date', `"${cell('date')}" is not a date like 2026-10-28`);
  const currency = cell('currency').toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) throw refuse('currency', `"${cell('currency')}" is not a currency like USD`);
  const amount = readAmount(cell('amount'), currency, false);
  if (amount === null) throw refuse('amount', `"${cell('amount')}" is not an amount in ${currency} like -12.30`);
  return { date, amount, currency, description: cell('description'), transactionId: cell(TRANSACTION_ID) || null };
}

/** Rows that hold anything. The separator is the one that the header has most of: comma, semicolon or tab. */
function rowsOf(file: string, text: string): CsvRow[] {
  const headerLine = /^[^\r\n]*/.exec(text)![0];
  const separator = [',', ';', '\t'].reduce((best, mark) => (headerLine.split(mark).length > headerLine.split(best).length ? mark : best));
  const rows: CsvRow[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  let cells: Cell[] = [];
  let rowLine = 1;
  const endRow = (): void => {
    if (cells.some((cell) => cell.text !== '')) rows.push({ line: rowLine, cells });
    cells = [];
  };
  const breakLine = (length: number): void => {
    at += length;
    line += 1;
    lineStart = at;
  };
  const place = (): StatementPlace => ({ line, column: at - lineStart + 1 });

  while (at < text.length) {
    if (cells.length === 0) rowLine = line;
    const begun = place();
    let value = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        if (at >= text.length) throw new StatementError({ file, what: 'a quoted field does not end', advice: ADVICE, place: begun });
        if (text[at] === '"' && text[at + 1] === '"') { value += '"'; at += 2; }
        else if (text[at] === '"') { at += 1; break; }
        else if (text[at] === '\n') { value += '\n'; breakLine(1); }
        else { value += text[at]; at += 1; }
      }
      if (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') {
        throw new StatementError({ file, what: 'text follows a closing quote', advice: ADVICE, place: place() });
      }
    } else {
      while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') { value += text[at]; at += 1; }
    }
    cells.push({ text: value, place: begun });
    if (text[at] === separator) {
      at += 1;
      if (at === text.length || text[at] === '\r' || text[at] === '\n') cells.push({ text: '', place: place() });
      else continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') breakLine(2);
    else if (text[at] === '\r' || text[at] === '\n') breakLine(1);
    endRow();
  }
  endRow();
  return rows;
}
