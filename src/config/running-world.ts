/**
 * How anything finds the running world: the environment first, then what `npm start` wrote to `.tieout/run.json`
 * (mode 600), else a sentence that nothing is running.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment, type EnvironmentVariables } from './environment.ts';
import { TieoutError } from '../errors/tieout-error.ts';

export interface RunningWorld {
  pid: number;
  startedAt: string;
  /** Configuration file of the connections. */
  config: string;
  databaseUrl: string;
  temporal: { address: string; uiUrl: string | null };
  /** Where health and metrics are told; null where this run does not tell them. */
  healthUrl: string | null;
  /** Null where real accounts are connected. */
  simulators: { amazonUrl: string; netsuiteUrl: string } | null;
  /** Files with keys that were made for this world. */
  keyFiles: string[];
}

export const runFile = (home: string) => join(home, 'run.json');

/** @throws TieoutError `not-running` */
export function findRunningWorld(home: string, env: EnvironmentVariables = process.env): RunningWorld {
  const written = readRunFile(home);
  const said = readEnvironment(env);
  const databaseUrl = said.databaseUrl ?? written?.databaseUrl;
  const address = said.temporalAddress ?? written?.temporal.address;
  const config = said.configFile ?? written?.config;
  if (databaseUrl === undefined || address === undefined || config === undefined) {
    throw new TieoutError({
      code: 'not-running',
      what: 'Nothing is running.',
      notDone: 'Nothing was changed.',
      where: [`no ${runFile(home)}, and not all of DATABASE_URL, TEMPORAL_ADDRESS and TIEOUT_CONFIG are set`],
      do: ['npm start'],
    });
  }
  return {
    pid: written?.pid ?? 0,
    startedAt: written?.startedAt ?? '',
    config,
    databaseUrl,
    temporal: { address, uiUrl: written?.temporal.uiUrl ?? null },
    healthUrl: written?.healthUrl ?? null,
    simulators: written?.simulators ?? null,
    keyFiles: written?.keyFiles ?? [],
  };
}

/** What the last `npm start` wrote, when its process still lives. */
export function readRunFile(home: string): RunningWorld | null {
  if (!existsSync(runFile(home))) return null;
  const world = JSON.parse(readFileSync(runFile(home), 'utf8')) as RunningWorld;
  try {
    process.kill(world.pid, 0);
    return world;
  } catch {
    return null;
  }
}
