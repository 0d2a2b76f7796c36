/** What commands that decide need: a store with a connection, and a real Temporal whose activities a test answers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStoredWorld, type StoredWorld } from '../views/stored-world.ts';
import { openWorkflows, type WorkflowsUnderTest } from '../workflows/workflows-under-test.ts';

export interface CommandsOnWorkflows {
  world: StoredWorld;
  workflows: WorkflowsUnderTest;
  close(): Promise<void>;
}

/** The configuration has one connection, called as the workflows' own; maria acts. */
export async function openCommands(...options: Parameters<typeof startStoredWorld>): Promise<CommandsOnWorkflows> {
  const workflows = await openWorkflows();
  const world = await startStoredWorld(...options);
  const config = join(world.folder, 'one.config.yaml');
  const [one] = readFileSync(join(world.folder, 'tieout.config.yaml'), 'utf8').split(/(?=\n {2}- name: other)/);
  writeFileSync(config, one!.replace('demo-us', workflows.connection));
  Object.assign(process.env, { TEMPORAL_ADDRESS: workflows.address, TIEOUT_CONFIG: config, TIEOUT_BY: 'maria' });
  return {
    world,
    workflows,
    async close() {
      delete process.env['TIEOUT_BY'];
      await world.stop();
      await workflows.close();
    },
  };
}
