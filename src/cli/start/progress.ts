/** How a run is told: a live block on a terminal, one line an event elsewhere, or nothing. */
import { createLogUpdate } from 'log-update';
import stringWidth from 'string-width';
import { columnsOf, rowsOf, stderrOf, type CommandIo } from '../command-io.ts';
import { inCharactersOf, type Terminal } from '../print/characters.ts';
import { cut } from '../print/table.ts';
import type { Event } from './event.ts';

export interface Progress {
  readonly mode: 'live' | 'plain' | 'quiet';
  /** A line of set-up or of the end. */
  line(text: string): void;
  step(name: string, detail: string, seconds: number): void;
  event(event: Event): void;
  /** The block below the scrolling lines, for the size that it is asked for; drawn at most four times a second. */
  block(linesFor: BlockFor): void;
  close(): void;
}

/** Lines of at most `width` cells, at most `rows` of them. */
export type BlockFor = (width: number, rows: number) => readonly string[];
export type ProgressChoice = 'auto' | 'live' | 'plain' | 'quiet';

const REDRAW_MS = 250;
const HEARTBEAT_MS = 30_000;
/** Below this many columns a block cannot be read. */
const LEAST_COLUMNS = 40;

export function progressFor(choice: ProgressChoice, io: CommandIo): Progress {
  const mode = progressMode(choice, process.env, process.stderr);
  if (mode === 'quiet') return { mode, line() {}, step() {}, event() {}, block() {}, close() {} };
  return mode === 'live' ? liveProgress(stderrOf(io)) : plainProgress(stderrOf(io));
}

/** Live on a terminal that can move its cursor and is wide enough; NO_COLOR is about colours, not about this. */
export function progressMode(
  choice: ProgressChoice,
  env: NodeJS.ProcessEnv,
  stream: { isTTY?: boolean; columns?: number },
): Progress['mode'] {
  if (choice !== 'auto') return choice;
  return stream.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'] && columnsOf(stream) >= LEAST_COLUMNS
    ? 'live'
    : 'plain';
}

function liveProgress(terminal: Terminal): Progress {
  const update = createLogUpdate(process.stderr);
  const width = () => columnsOf(process.stderr);
  const shown = (text: string) => inCharactersOf(terminal, text);
  let drawn = 0;
  let block: BlockFor | null = null;
  const draw = () => {
    drawn = Date.now();
    if (block !== null) update(shown(block(width(), Math.max(4, rowsOf(process.stderr) - 2)).join('\n')));
  };
  const resized = () => {
    update.clear();
    draw();
  };
  process.stderr.on('resize', resized);
  const scroll = (text: string) => {
    update.clear();
    process.stderr.write(`${shown(text)}\n`);
    draw();
  };
  return {
    mode: 'live',
    line: scroll,
    step: (name, detail, seconds) =>
      scroll(`  ✓ ${name.padEnd(16)} ${detail.padEnd(Math.min(46, width() - 30))} ${seconds.toFixed(1).padStart(5)} s`),
    event: (event) => scroll(narrated(event, clock(), width())),
    block(linesFor) {
      block = linesFor;
      if (Date.now() - drawn >= REDRAW_MS) draw();
    },
    close() {
      block = null;
      process.stderr.off('resize', resized);
      update.clear();
      update.done();
    },
  };
}

function plainProgress(terminal: Terminal): Progress {
  let spoken = Date.now();
  const write = (text: string) => {
    spoken = Date.now();
    process.stderr.write(`${new Date().toISOString().slice(0, 19)}Z ${inCharactersOf(terminal, text)}\n`);
  };
  const heartbeat = setInterval(() => {
    if (Date.now() - spoken >= HEARTBEAT_MS) write('alive');
  }, 1000);
  heartbeat.unref();
  return {
    mode: 'plain',
    line: (text) =>
      text
        .split('\n')
        .filter((line) => line.trim())
        .forEach((line) => write(line.trim())),
    step: (name, detail, seconds) =>
      write(`ready part=${JSON.stringify(name)} detail=${JSON.stringify(detail)} seconds=${seconds.toFixed(1)}`),
    event: (event) => write(event.plain),
    block() {},
    close: () => clearInterval(heartbeat),
  };
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

const WORDS_AT = 19;

/** `14:02:38 orders  ! NetSuite has no item …`: the sign before the words, further lines under the words. Lines without an area belong to the event above. */
export function narrated({ area, alarm, words }: Event, time: string, width: number): string {
  if (area === '')
    return words
      .split('\n')
      .map((line) => cut(`${' '.repeat(WORDS_AT)}${line}`, width))
      .join('\n');
  const [, sign = alarm ? '!' : ' ', said = words] = /^([✓≠✗!]) (.*)$/s.exec(words) ?? [];
  const lines: string[] = [];
  for (const word of said.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width - WORDS_AT)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines
    .map((line, index) => `${index === 0 ? `${time} ${area.padEnd(8)}${sign} ` : ' '.repeat(WORDS_AT)}${line}`)
    .join('\n');
}
