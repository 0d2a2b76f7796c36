/** The commands of `npx tieout`, on a world under test as on one that was started. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tieoutAt, type Said } from '../cli/tieout.ts';
import type { WorldUnderTest } from './world-under-test.ts';

/** A command as maria gives it, on a terminal of 120 cells; the environment is set for the rest of the file. */
export function commandsOn({ places, amazonUrl, netsuiteUrl }: WorldUnderTest): (...argv: string[]) => Promise<Said> {
  const home = join(places.folder, 'home');
  mkdirSync(home, { recursive: true });
  const config = join(home, 'tieout.config.yaml');
  writeFileSync(config, places.configText);
  writeFileSync(
    join(home, 'run.json'),
    JSON.stringify({
      pid: process.pid,
      startedAt: '',
      config,
      databaseUrl: places.databaseUrl,
      temporal: { address: places.temporalAddress, uiUrl: null },
      simulators: { amazonUrl, netsuiteUrl },
      healthUrl: null,
      keyFiles: [],
    }),
  );
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TIEOUT_CONFIG']) delete process.env[name];
  Object.assign(process.env, { TIEOUT_HOME: home, TIEOUT_BY: 'maria' });
  return (...argv) => tieoutAt(120, ...argv);
}
