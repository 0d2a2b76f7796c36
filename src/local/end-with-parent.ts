import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { commandOf } from './command-of.ts';

const LOOK_MS = 250;
/** What npm and npx put between us and whoever gave the command: themselves, and a shell for the one command. */
const BETWEEN = /^(\S*\/)?(npm|npx)\b|\bnp[mx](-cli\.js)?\b|^(\S*\/)?(ba|da)?sh -c /;

/**
 * Calls `stop` once when the process that started this one has ended, however it ended: then the system gives this one
 * another parent, or what stands between the two another. A process that has no parent of its own from the beginning (a
 * container's first, one that was let go) is not watched.
 * @returns ends the watch
 */
export function endWithParent(stop: () => void, parents: () => readonly number[] = parentsOfOurs): () => void {
  const first = parents();
  if (first[0] === undefined || first[0] <= 1) return () => {};
  const watch = setInterval(() => {
    if (String(parents()) === String(first)) return;
    clearInterval(watch);
    stop();
  }, LOOK_MS);
  watch.unref();
  return () => clearInterval(watch);
}

/** Our parent, and further up as long as npm, npx or their shell stands between us and the one who gave the command. */
function parentsOfOurs(): number[] {
  const parents = [process.ppid];
  for (let pid = process.ppid; pid > 1 && BETWEEN.test(commandOf(pid) ?? '');) {
    pid = parentOf(pid);
    parents.push(pid);
  }
  return parents;
}

/** 1 where the system does not tell. */
function parentOf(pid: number): number {
  try {
    // "pid (comm) state ppid …", where the name in brackets may hold anything: proc(5).
    if (process.platform === 'linux')
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim()) || 1;
  } catch {
    return 1;
  }
}
