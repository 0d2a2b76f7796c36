/** The rows of a text whose fields a tab or a comma parts, one at a time: a report of a hundred columns is never held as cells. */

export interface SeparatedRow {
  /** On which it begins; 1 is the header. */
  line: number;
  /** Null for a row whose quotes are not closed, after which nothing was read. */
  cells: string[] | null;
}

/** Fields parted by a comma may be quoted (`"` doubled inside); those parted by a tab are where the text begins with a quote. */
export function* separatedRows(text: string, separator: ',' | '\t'): Generator<SeparatedRow> {
  const quoted = separator === ',' || text.startsWith('"');
  const field = new RegExp(
    quoted
      ? `(?:"([^"]*(?:""[^"]*)*)"|((?!")[^\\r\\n${separator}]*))(${separator}|\\r?\\n|$)`
      : `("(?!))?([^\\r\\n${separator}]*)(${separator}|\\r?\\n|$)`,
    'y',
  );
  let [line, lines] = [1, 1];
  let cells: string[] = [];
  for (;;) {
    const match = field.exec(text);
    if (match === null) {
      yield { line, cells: null };
      return;
    }
    const [, inQuotes, plain, end] = match;
    if (inQuotes !== undefined) lines += inQuotes.split('\n').length - 1;
    cells.push(inQuotes?.replaceAll('""', '"') ?? plain ?? '');
    if (end === separator) continue;
    if (cells.length > 1 || cells[0] !== '') yield { line, cells };
    if (end === '') return;
    cells = [];
    lines += 1;
    line = lines;
  }
}
