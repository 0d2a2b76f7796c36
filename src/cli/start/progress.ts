/** How a run is told: a live block on a terminal, one line an event elsewhere, or nothing. */
import { createLogUpdate } from 'log-update';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import type { Event } from './event.ts';

export interface Progress {
  readonly mode: 'live' | 'plain' | 'quiet';
  /** A line of set-up or of the end. */
  line(text: string): void;
  step(name: string, detail: string, seconds: number): void;
  event(event: Event): void;
  /** The block below the scrolling lines; redrawn at most four times a second. */
  block(lines: readonly string[]): void;
  close(): void;
}

const REDRAW_MS = 250;
const HEARTBEAT_MS = 30_000;

export function progressFor(choice: 'auto' | 'live' | 'plain' | 'quiet', io: CommandIo, env: NodeJS.ProcessEnv = process.env): Progress {
  const terminal = process.stderr.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'] && io.width >= 40;
  const mode = choice === 'auto' ? (terminal ? 'live' : 'plain') : choice;
  if (mode === 'quiet') return { mode, line() {}, step() {}, event() {}, block() {}, close() {} };
  return mode === 'live' ? liveProgress(io, colours(env)) : plainProgress(io);
}

/** Colour only repeats a sign or a word. */
function colours(env: NodeJS.ProcessEnv): (text: string) => string {
  const off = (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') || process.argv.includes('--no-color');
  if (off && env['FORCE_COLOR'] !== '1') return (text) => text;
  const paint = (code: number) => (sign: string) => `\u001b[${code}m${sign}\u001b[39m`;
  return (text) => text.replace(/✓/g, paint(32)).replace(/[≠✗]/g, paint(31)).replace(/(?<= )!(?= )/g, paint(33));
}

function liveProgress(io: CommandIo, colour: (text: string) => string): Progress {
  const update = createLogUpdate(process.stderr);
  let drawn = 0;
  let last: readonly string[] = [];
  const scroll = (text: string) => {
    update.clear();
    process.stderr.write(`${colour(inCharactersOf(io, text))}\n`);
    if (last.length > 0) update(colour(inCharactersOf(io, last.join('\n'))));
  };
  return {
    mode: 'live',
    line: scroll,
    step: (name, detail, seconds) => scroll(`  ✓ ${name.padEnd(16)} ${detail.padEnd(Math.min(46, io.width - 30))} ${seconds.toFixed(1).padStart(5)} s`),
    event: (event) => scroll(event.area === '' ? indented(event.words) : wrapped(`${clock()} ${event.area.padEnd(9)}${event.alarm ? '! ' : '  '}${event.words}`, io.width)),
    block(lines) {
      const rows = Math.max(4, (process.stderr.rows ?? 24) - 2);
      const fitting = lines.length > rows ? [...lines.slice(0, rows - 1), `+${lines.length - rows + 1} more: npx tieout exceptions`] : lines;
      last = fitting.map((line) => (line.length > io.width ? `${line.slice(0, io.width - 1)}…` : line));
      if (Date.now() - drawn < REDRAW_MS) return;
      drawn = Date.now();
      update(colour(inCharactersOf(io, last.join('\n'))));
    },
    close() {
      last = [];
      update.clear();
      update.done();
    },
  };
}

function plainProgress(io: CommandIo): Progress {
  let spoken = Date.now();
  const write = (text: string) => {
    spoken = Date.now();
    process.stderr.write(`${new Date().toISOString().slice(0, 19)}Z ${inCharactersOf(io, text)}\n`);
  };
  const heartbeat = setInterval(() => {
    if (Date.now() - spoken >= HEARTBEAT_MS) write('alive');
  }, 1000);
  heartbeat.unref();
  return {
    mode: 'plain',
    line: (text) => text.split('\n').filter((line) => line.trim()).forEach((line) => write(line.trim())),
    step: (name, detail, seconds) => write(`ready part=${JSON.stringify(name)} detail=${JSON.stringify(detail)} seconds=${seconds.toFixed(1)}`),
    event: (event) => write(event.plain),
    block() {},
    close: () => clearInterval(heartbeat),
  };
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

/** Lines that belong to the event above them. */
function indented(words: string): string {
  return words.split('\n').map((line) => `${' '.repeat(18)}${line}`).join('\n');
}

/** Words over several lines, those after the first under the words. */
function wrapped(text: string, width: number): string {
  const indent = ' '.repeat(20);
  const lines: string[] = [];
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : indent + word);
  }
  return lines.join('\n');
}
