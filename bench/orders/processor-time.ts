/** Processor seconds of running processes and their children, where the system tells (`/proc`). */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface ProcessTime {
  parent: number;
  seconds: number;
}

export function processorSeconds(roots: Readonly<Record<string, number | undefined>>): Record<string, number> {
  const all = processTimes();
  const of = (pid: number): number =>
    (all.get(pid)?.seconds ?? 0) +
    [...all].filter(([, { parent }]) => parent === pid).reduce((sum, [child]) => sum + of(child), 0);
  // The others are children of this process.
  const own = (pid: number): number => (pid === process.pid ? (all.get(pid)?.seconds ?? 0) : of(pid));
  return Object.fromEntries(
    Object.entries(roots).flatMap(([name, pid]) => (pid === undefined ? [] : [[name, own(pid)]])),
  );
}

export function since(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  each: number,
): string {
  return Object.entries(after)
    .map(([name, seconds]) => `${name} ${(((seconds - (before[name] ?? 0)) / each) * 1000).toFixed(1)} ms`)
    .join(', ');
}

function processTimes(): Map<number, ProcessTime> {
  const times = new Map<number, ProcessTime>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        // The name in brackets may hold blanks: fields are counted from behind it.
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ');
        times.set(Number(name), {
          parent: Number(fields[1]),
          seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
        });
      } catch {
        // It has ended meanwhile.
      }
    }
  } catch {
    // Another system: nothing is told.
  }
  return times;
}
