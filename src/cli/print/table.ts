import stringWidth from 'string-width';

export interface Column {
  align: 'left' | 'right';
  /** Widest that the column may become; longer texts are cut. Amounts have no limit and are never cut. */
  max?: number;
}

/**
 * Rows as lines of aligned columns with two blanks between them. Width is counted in cells, so wide characters keep the
 * columns straight. Blanks at the end of a line are left out.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => columns.map(({ max }, index) => cut(row[index] ?? '', max)));
  const widths = columns.map((_, index) => Math.max(0, ...cells.map((row) => stringWidth(row[index]!))));
  return cells.map((row) => row
    .map((cell, index) => {
      const fill = ' '.repeat(widths[index]! - stringWidth(cell));
      return columns[index]!.align === 'right' ? fill + cell : cell + fill;
    })
    .join('  ')
    .trimEnd());
}

function cut(text: string, max: number | undefined): string {
  if (max === undefined || stringWidth(text) <= max) return text;
  let short = '';
  for (const character of text) {
    if (stringWidth(short + character) > max - 1) break;
    short += character;
  }
  return `${short}…`;
}

/** Words put into lines of at most `width` cells; the lines after the first begin with `indent` blanks. */
export function renderParagraph(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : ' '.repeat(indent) + word);
  }
  return lines;
}

/** `name  words` blocks with the names in one column of at least `least` cells; a field without words is left out. */
export function renderFields(width: number, least: number, fields: readonly (readonly [name: string, words: string | null])[]): string[] {
  const shown = fields.filter(([, words]) => words !== null && words !== '');
  const column = Math.max(least, ...shown.map(([name]) => stringWidth(name) + 2));
  return shown.flatMap(([name, words]) => renderParagraph(words!, width - column)
    .map((line, index) => `${(index === 0 ? name : '').padEnd(column)}${line}`));
}
