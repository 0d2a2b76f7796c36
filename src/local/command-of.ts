/** What a process id stands for today: a pid that was written down may be somebody else's by now. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Its command line; null when there is no such process. From the system itself where it tells (Linux, where `ps` may be missing), else from `ps`. */
export function commandOf(pid: number): string | null {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
    return (
      execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || null
    );
  } catch {
    return null;
  }
}
