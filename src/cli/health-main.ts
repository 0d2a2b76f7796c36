/**
 * Serves health and metrics of a product whose workers run elsewhere (containers), until it is ended. It finds everything by
 * its environment: TIEOUT_CONFIG, DATABASE_URL, TEMPORAL_…, and where to listen: TIEOUT_HEALTH_HOST (127.0.0.1) and
 * `ports.health` of the configuration.
 */
import { readConfig } from '../config/read-config.ts';
import { findRunningWorld } from '../config/running-world.ts';
import { tieoutHome } from '../config/project-folder.ts';
import { renderError } from '../errors/render-error.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { openSession } from '../operations/setup/session.ts';
import { processIo } from './command-io.ts';
import { healthOfSession } from './health/health-of-session.ts';
import { serveHealth } from './health/serve-health.ts';

async function main(): Promise<void> {
  const world = findRunningWorld(tieoutHome());
  const session = await openSession(world);
  const host = process.env['TIEOUT_HEALTH_HOST'] ?? '127.0.0.1';
  const source = healthOfSession(session, world, Date.now);
  const server = await serveHealth(source, readConfig(world.config).ports.health, host);
  process.stdout.write(`health ${server.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void server.close().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof TieoutError ? `${renderError(error.notice, processIo())}\n` : `${String(error)}\n`,
  );
  process.exit(1);
});
