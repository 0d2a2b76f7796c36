/** One reading in a process of its own: `read-once.ts READER FILE` prints what it read, how fast and with how much memory. */
import type { Reading } from './reading.ts';

export interface OneReading extends Reading {
  seconds: number;
  /** Peak of resident memory, in millions of bytes, of the whole process. */
  peakMb: number;
}

const [reader, file] = process.argv.slice(2) as [string, string];
const { read } = (await import(reader)) as { read: (file: string) => Promise<Reading> };
const begin = process.hrtime.bigint();
const reading = await read(file);
const seconds = Number(process.hrtime.bigint() - begin) / 1e9 - (reading.apart ?? 0);
process.stdout.write(
  JSON.stringify({ ...reading, seconds, peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 } satisfies OneReading),
);
