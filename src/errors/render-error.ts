import type { ErrorNotice } from './tieout-error.ts';

const LABEL_WIDTH = 9;
const MAX_LINES = 8;
const GOES_ON = ' \\';
/** Beside a command of several lines, which is never cut, there is room for so many lines of places. */
const PLACES_BESIDE_COMMAND = 8;

export interface RenderOptions {
  /** Cells; 80 when absent. */
  width?: number;
  /** False where the terminal has no UTF-8: `x` instead of `✗`. */
  unicode?: boolean;
}

/**
 * An error as the terminal shows it, at most eight lines and no stack: the sentence with the code at the right edge,
 * then `where`, `why` and `do`. What to act on comes last, so places are what is left out when there are too many. A
 * command of several lines stands whole, and can be given as it stands.
 */
export function renderError(notice: ErrorNotice, { width = 80, unicode = true }: RenderOptions = {}): string {
  const head = headLines(`${unicode ? '✗' : 'x'} ${notice.what} ${notice.notDone}`, `[${notice.code}]`, width);
  const why = notice.why === undefined ? [] : block('why', [notice.why], width);
  const act = block('do', notice.do, width);
  const command = notice.do.some(goesOn);
  const room = command ? PLACES_BESIDE_COMMAND : Math.max(1, MAX_LINES - head.length - why.length - act.length);
  const where = notice.where.length === 0 ? [] : fitted(notice.where, room, width);
  const lines = [...head, ...where, ...why, ...act];
  return (command ? lines : lines.slice(0, MAX_LINES)).join('\n');
}

function headLines(sentence: string, code: string, width: number): string[] {
  const lines = wrap(sentence, width).map((line, index) => (index === 0 ? line : `  ${line}`));
  const last = lines.at(-1)!;
  if (last.length + 1 + code.length <= width) return [...lines.slice(0, -1), last + code.padStart(width - last.length)];
  return [...lines, code.padStart(width)];
}

/** As many places as there is room for; the rest is counted. */
function fitted(where: readonly string[], room: number, width: number): string[] {
  const all = block('where', where, width);
  if (all.length <= room) return all;
  for (let shown = where.length - 1; shown > 0; shown -= 1) {
    const lines = block('where', [...where.slice(0, shown), `and ${where.length - shown} more`], width);
    if (lines.length <= room) return lines;
  }
  return all.slice(0, room);
}

function block(label: string, entries: readonly string[], width: number): string[] {
  const lines = entries.flatMap((entry) => {
    if (!goesOn(entry)) return wrap(entry, width - LABEL_WIDTH);
    return wrap(entry.slice(0, -GOES_ON.length), width - LABEL_WIDTH - GOES_ON.length).map((line) => line + GOES_ON);
  });
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH - 2)}${line}`);
}

/** A line of a command that a shell goes on from. */
function goesOn(line: string): boolean {
  return line.endsWith(GOES_ON);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  // What stands in quotes for a shell is one word.
  for (const word of text.match(/(?<![^ ])'[^']*'(?![^ ])|[^ ]+/g) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
