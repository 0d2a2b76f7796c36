/** Keeps a group of equal processes alive: one that dies is started again, and its owner hears of both. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, type OwnedProcess } from './child-process.ts';

export interface SupervisedEvents {
  died(index: number, how: number | string): void;
  back(index: number): void;
}

export interface Supervised {
  readonly pids: number[];
  stop(): Promise<void>;
}

const TSX = fileURLToPath(import.meta.resolve('tsx'));

/** Starts a TypeScript entry of ours; resolves with its first message, fails when it ends before. */
export async function startEntry<Ready>(
  name: string,
  entry: string,
  env: NodeJS.ProcessEnv,
  logFolder: string,
): Promise<{ process: OwnedProcess; ready: Ready }> {
  const owned = startProcess(name, process.execPath, ['--import', TSX, entry], {
    env,
    logFile: join(logFolder, `${name}.log`),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ready = await new Promise<Ready>((resolve, reject) => {
    owned.child.once('message', (message) => resolve(message as Ready));
    void owned.exited.then((how) =>
      reject(new Error(`${name} ended (${how}) before it was ready: ${lastWords(join(logFolder, `${name}.log`))}`)),
    );
  });
  return { process: owned, ready };
}

/** What a process said last, and where the rest stands. */
function lastWords(logFile: string): string {
  const lines = existsSync(logFile)
    ? readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => /error/i.test(line))
    : [];
  return `${said(lines.at(-1)?.trim() ?? 'it said nothing')} (log: ${logFile})`;
}

/** A worker's line is JSON, of which its error says why; any other is taken as it is. */
function said(line: string): string {
  try {
    const { error, msg } = JSON.parse(line) as {
      error?: { type: string; code?: string; message: string };
      msg?: string;
    };
    if (error === undefined) return msg ?? line;
    return [error.type, error.code].filter(Boolean).join(' ') + `: ${error.message}`;
  } catch {
    return line;
  }
}

export async function superviseWorkers(
  count: number,
  env: NodeJS.ProcessEnv,
  logFolder: string,
  events: SupervisedEvents,
): Promise<Supervised> {
  const entry = fileURLToPath(new URL('../workers/main.ts', import.meta.url));
  const running: (OwnedProcess | null)[] = [];
  let stopping = false;
  const start = async (index: number): Promise<void> => {
    const { process: owned } = await startEntry(`worker-${index + 1}`, entry, env, logFolder);
    running[index] = owned;
    void owned.exited.then(async (how) => {
      running[index] = null;
      if (stopping) return;
      events.died(index, how);
      for (let wait = 500; !stopping; wait = Math.min(wait * 2, 10_000)) {
        try {
          await start(index);
          events.back(index);
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
    });
  };
  await Promise.all(Array.from({ length: count }, (_, index) => start(index)));
  return {
    get pids() {
      return running.flatMap((owned) => (owned ? [owned.pid] : []));
    },
    async stop() {
      stopping = true;
      await Promise.all(running.flatMap((owned) => (owned === null ? [] : [owned.stop(12_000)])));
    },
  };
}
