/** The points at which worker processes die or hang, as src/workers/fail-points.ts reads them. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class FailPointsFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true });
  }

  /** The next process that passes `point` gives itself `signal`: dies, hangs, or is merely noted. */
  add(point: string, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    const file = join(this.path, point);
    // In one step: it is never there without its signal.
    writeFileSync(`${file} new`, signal);
    renameSync(`${file} new`, file);
  }

  /** Points that nobody has passed yet. */
  left(): string[] {
    return readdirSync(this.path)
      .filter((name) => !name.includes(' '))
      .sort();
  }

  /** The process that was struck there; null while there is none. */
  struck(point: string): number | null {
    const pids = readdirSync(this.path).flatMap((name) =>
      name.startsWith(`${point} `) ? [Number(name.slice(point.length + 1))] : [],
    );
    return pids.find(Number.isInteger) ?? null;
  }

  /** What was struck there is no longer known. */
  forget(point: string): void {
    for (const name of readdirSync(this.path)) if (name.startsWith(`${point} `)) rmSync(join(this.path, name));
  }
}
