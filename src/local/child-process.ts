/** Child processes that `npm start` owns: their output goes to a log file, and they never outlive their owner. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openLog } from './log-file.ts';

export interface OwnedProcess {
  readonly name: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves with the exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
  /** Asks to stop, then kills after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

const owned = new Set<ChildProcess>();
let hooked = false;

/** Last resort when the owner dies by an error: nothing that it started stays behind. */
function killOwnedOnExit(): void {
  if (hooked) return;
  hooked = true;
  process.once('exit', () => {
    for (const child of owned) child.kill('SIGKILL');
  });
}

export function startProcess(
  name: string,
  command: string,
  args: readonly string[],
  options: SpawnOptions & { logFile: string; stopSignal?: NodeJS.Signals },
): OwnedProcess {
  killOwnedOnExit();
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openLog(options.logFile);
  // A group of its own: Ctrl-C in the terminal reaches the owner alone, who stops the parts in their order.
  const child = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(Array.isArray(options.stdio) ? options.stdio.slice(3) : [])],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  // Whoever is started again under this name has a log of its own: two that lay one file by would take it from each other.
  child.once('close', () => log.end());
  owned.add(child);
  const exited = new Promise<number | string>((resolve) => {
    child.once('error', (error) => {
      owned.delete(child);
      log.end(`${name}: ${error.message}\n`);
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      owned.delete(child);
      resolve(code ?? signal ?? 'unknown');
    });
  });
  return {
    name,
    pid: child.pid ?? -1,
    child,
    exited,
    async stop(graceMs = 8000) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(options.stopSignal ?? 'SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
