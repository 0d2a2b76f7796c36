/** One reading in a process of its own: `read-once.ts READER FILE` prints what it read, how fast and with how much memory. */
import { fileURLToPath } from 'node:url';
import type { Reading } from './readers/reading.ts';

export interface OneReading extends Reading {
  seconds: number;
  /** Peak of resident memory, in millions of bytes, of the whole process. */
  peakMb: number;
}

const [reader, file] = process.argv.slice(2) as [string, string];
const { read } = (await import(fileURLToPath(new URL(`./readers/${reader}.ts`, import.meta.url)))) as {
  read: (file: string) => Promise<Reading>;
};
const begin = process.hrtime.bigint();
const reading = await read(file);
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
process.stdout.write(
  JSON.stringify({ ...reading, seconds, peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 } satisfies OneReading),
);
