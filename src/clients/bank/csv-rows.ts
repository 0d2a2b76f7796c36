/** The rows of a CSV file, whatever parts its fields; quotes by RFC 4180. */

/** A field and where it begins in the text. */
export interface Cell {
  text: string;
  at: number;
}
export type CsvRow = readonly Cell[];

/** Rows that hold anything. `broken`: where a quote is not closed or text follows it, after which nothing was read. */
export interface CsvRows {
  separator: string;
  rows: CsvRow[];
  broken: number | null;
}

/** The first line of a spreadsheet's CSV may say what parts its fields. */
const SEPARATOR_LINE = /^"?sep=([^"\r\n])"?[^\r\n]*(?:\r\n|\n|\r|$)/i;

/** The file by each separator that it may have: the one that it names, else comma, semicolon, tab and bar. */
export function readingsOf(text: string): CsvRows[] {
  const named = SEPARATOR_LINE.exec(text);
  if (named) return [rowsOf(text, named[1]!, named[0].length)];
  return [',', ';', '\t', '|'].map((separator) => rowsOf(text, separator, 0));
}

function rowsOf(text: string, separator: string, from: number): CsvRows {
  const mark = separator.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  const field = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|((?!")[^\\r\\n${mark}]*))(${mark}|\\r\\n|\\n|\\r|$)`, 'y');
  field.lastIndex = from;
  const rows: CsvRow[] = [];
  let cells: Cell[] = [];
  for (;;) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) return { separator, rows, broken: at };
    cells.push({ text: match[1]?.replaceAll('""', '"') ?? match[2] ?? '', at });
    if (match[3] === separator) continue;
    if (cells.some((cell) => cell.text.trim() !== '')) rows.push(cells);
    if (match[3] === '') return { separator, rows, broken: null };
    cells = [];
  }
}
