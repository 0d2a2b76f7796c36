/** Files of so many rows, and readers that read them, each time in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { OneReading } from './read-once.ts';
import type { Reading } from './reading.ts';

export interface Measured {
  rowsPerSecond: number;
  peakMb: number;
}

export class FileBench<Read extends Reading> {
  readonly #of: URL;
  readonly #folder: string;
  readonly #check: (reading: Read, reader: string) => void;

  /**
   * @param of the benchmark's own address: beside it are `generate.ts`, which exports `write(file, rows)`, and `readers/`
   * @param folder files are large and belong nowhere in the tree
   * @param check throws where what was read cannot be right
   */
  constructor(of: string, folder: string, check: (reading: Read, reader: string) => void) {
    [this.#of, this.#folder, this.#check] = [new URL(of), folder, check];
  }

  async written(rows: number): Promise<string> {
    const file = join(this.#folder, `${rows}.txt`);
    await this.#script('write-once.ts', [new URL('./generate.ts', this.#of).href, file, String(rows)]);
    return file;
  }

  /** Each reader so many times, round by round, so that a busy minute of the machine meets all of them; the best of each. */
  async measure<Reader extends string>(
    readers: readonly Reader[],
    { rows, times }: { rows: number; times: number },
  ): Promise<Record<Reader, Measured>> {
    const file = await this.written(rows);
    const runs = Object.fromEntries(readers.map((reader) => [reader, [] as OneReading[]])) as Record<
      Reader,
      OneReading[]
    >;
    for (let time = 1; time <= times; time += 1)
      for (const reader of readers) runs[reader].push(await this.readOnce(reader, file, rows));
    return Object.fromEntries(readers.map((reader) => [reader, best(runs[reader])])) as Record<Reader, Measured>;
  }

  async readOnce(reader: string, file: string, rows: number): Promise<OneReading> {
    const path = new URL(`./readers/${reader}.ts`, this.#of).href;
    const reading = JSON.parse(await this.#script('read-once.ts', [path, file])) as OneReading & Read;
    if (reading.rows !== rows) throw new Error(`${reader} read ${reading.rows} of ${rows} rows`);
    this.#check(reading, reader);
    process.stderr.write(
      `${reader}: ${rows} rows in ${reading.seconds.toFixed(2)} s, ${Math.round(reading.peakMb)} MB\n`,
    );
    return reading;
  }

  async #script(name: string, arguments_: readonly string[]): Promise<string> {
    const path = fileURLToPath(new URL(name, import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path, ...arguments_], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    });
    return stdout;
  }
}

/** The best counts: other work on the machine only ever slows it down. */
function best(runs: readonly OneReading[]): Measured {
  return {
    rowsPerSecond: Math.max(...runs.map(({ rows, seconds }) => Math.round(rows / seconds))),
    peakMb: rounded(Math.min(...runs.map(({ peakMb }) => peakMb))),
  };
}

export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One digit behind the point. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
