/** Children of a run that was killed before it could stop them: known by what it wrote down, and stopped before the next start. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from './command-of.ts';

export interface OwnedPid {
  name: string;
  pid: number;
}

const file = (home: string) => join(home, 'children.json');

export function writeChildren(home: string, children: readonly OwnedPid[]): void {
  writeFileSync(file(home), JSON.stringify(children), { mode: 0o600 });
}

/** Stops what is left and still is what it was; returns its names. */
export async function stopLeftBehind(home: string): Promise<string[]> {
  if (!existsSync(file(home))) return [];
  const stopped: string[] = [];
  for (const { name, pid } of JSON.parse(readFileSync(file(home), 'utf8')) as OwnedPid[]) {
    if (!isOurs(name, pid)) continue;
    // Postgres is asked to stop in order: its data may be a real account's.
    process.kill(pid, name === 'Postgres' ? 'SIGINT' : 'SIGKILL');
    for (let wait = 0; wait < 100 && isOurs(name, pid); wait += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    stopped.push(name);
  }
  rmSync(file(home), { force: true });
  return stopped;
}

/** The pid may belong to somebody else by now. */
function isOurs(name: string, pid: number): boolean {
  const command = commandOf(pid) ?? '';
  return name === 'Postgres'
    ? command.includes('postgres -D')
    : name === 'Temporal'
      ? command.includes('server start-dev')
      : name === 'simulators'
        ? command.includes('simulators-main')
        : name === 'workers' && command.includes('workers/main');
}
