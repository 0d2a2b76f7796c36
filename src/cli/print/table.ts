import stringWidth from 'string-width';

/** Below this many cells a row is a pair of lines: what names it, then its values. */
export const NARROW_BELOW = 72;
/** From this many cells on there is room for more columns. */
export const WIDE_FROM = 110;

export interface Column {
  align: 'left' | 'right';
  /** Stands above the column, or before the value where the terminal is narrow. */
  head?: string;
  /** Names its row. Without any such column the first one does. */
  key?: boolean;
  /** Widest that the column may become; longer texts are cut. Amounts have no limit and are never cut. */
  max?: number;
  /** Descriptions: cut as far as the table is too wide for the terminal. */
  gives?: boolean;
  /** Left out below {@link WIDE_FROM} cells. */
  wide?: boolean;
}

/** A column that gives way keeps this many cells. */
const LEAST = 12;
const GAP = 2;

/**
 * Rows as lines of aligned columns, or below {@link NARROW_BELOW} cells as pairs of lines, where a row without a name is
 * the total. Width is counted in cells, so wide characters keep the columns straight. Blanks at the end of a line are
 * left out.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const shown = columns.flatMap((column, index) =>
    column.wide === true && width < WIDE_FROM ? [] : [{ column, index }],
  );
  const kept = shown.map(({ column }) => column);
  const cells = rows.map((row) => shown.map(({ column, index }) => cut(row[index] ?? '', column.max)));
  return width < NARROW_BELOW ? pairs(kept, cells, width) : aligned(kept, cells, width);
}

function aligned(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const headed = columns.some(({ head }) => head !== undefined)
    ? [columns.map(({ head }) => head ?? ''), ...rows]
    : rows;
  const widths = columns.map((_, index) => Math.max(0, ...headed.map((row) => stringWidth(row[index]!))));
  let over = widths.reduce((sum, cells) => sum + cells + GAP, -GAP) - width;
  columns.forEach(({ gives }, index) => {
    if (gives !== true || over <= 0) return;
    const smaller = Math.max(Math.min(LEAST, widths[index]!), widths[index]! - over);
    over -= widths[index]! - smaller;
    widths[index] = smaller;
  });
  return headed.map((row) =>
    row
      .map((text, index) => {
        const cell = columns[index]!.gives === true ? cut(text, widths[index]) : text;
        const fill = ' '.repeat(widths[index]! - stringWidth(cell));
        return columns[index]!.align === 'right' ? fill + cell : cell + fill;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function pairs(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const named = columns.some(({ key }) => key === true);
  const isKey = (index: number) => (named ? columns[index]!.key === true : index === 0);
  return rows.flatMap((row) => {
    const name = row.filter((cell, index) => isKey(index) && cell !== '').join('  ') || 'total';
    const values = row.flatMap((cell, index) =>
      isKey(index) || cell === '' ? [] : [columns[index]!.head ? `${columns[index]!.head} ${cell}` : cell],
    );
    return [...renderParagraph(name, width, 2), ...renderParts(values, width - 2).map((line) => `  ${line}`)];
  });
}

/** As wide as `max` cells, with `…` where something is missing. */
export function cut(text: string, max: number | undefined): string {
  if (max === undefined || stringWidth(text) <= max) return text;
  let short = '';
  for (const character of text) {
    if (stringWidth(short + character) > max - 1) break;
    short += character;
  }
  return `${short}…`;
}

/** Parts with `·` between them, in lines of at most `width` cells; a part is broken only where it alone is too wide. */
export function renderParts(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 3 + stringWidth(part) <= width)
      lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(part);
  }
  return lines.flatMap((line) => (stringWidth(line) <= width ? [line] : renderParagraph(line, width, 2)));
}

/** Words put into lines of at most `width` cells; the lines after the first begin with `indent` blanks. */
export function renderParagraph(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : ' '.repeat(indent) + word);
  }
  return lines;
}

/** Words, or parts that are not torn apart. */
export type Field = readonly [name: string, words: string | readonly string[] | null];

/**
 * `name  words` blocks with the names in one column of at least `least` cells; below {@link NARROW_BELOW} cells the words
 * stand under their name. A field without words is left out; one without a name goes on with the field above it.
 */
export function renderFields(width: number, least: number, fields: readonly Field[]): string[] {
  const shown = fields.flatMap(([name, words]): [string, string | readonly string[]][] =>
    words === null || words.length === 0 ? [] : [[name, words]],
  );
  const lines = (words: string | readonly string[], room: number) =>
    typeof words === 'string' ? renderParagraph(words, room) : renderParts(words, room);
  if (width < NARROW_BELOW) {
    return shown.flatMap(([name, words]) => [
      ...(name === '' ? [] : renderParagraph(name, width)),
      ...lines(words, width - 2).map((line) => `  ${line}`),
    ]);
  }
  const column = Math.max(least, ...shown.map(([name]) => stringWidth(name) + 2));
  return shown.flatMap(([name, words]) =>
    lines(words, width - column).map((line, index) => `${(index === 0 ? name : '').padEnd(column)}${line}`),
  );
}
