/**
 * Ends at once: brings schedules and decisions workflows of all connections in line with the configuration. For
 * deployments in which the workers run as containers; `npm start` does the same by itself. Reads TIEOUT_CONFIG and
 * TEMPORAL_….
 */
import { readConfig } from '../config/read-config.ts';
import { connectClient } from '../temporal/connection.ts';
import { dataConverterOf } from '../temporal/payload-codec.ts';
import { reconcileConnections } from '../temporal/reconcile-connections.ts';
import { scheduledConnections } from '../temporal/scheduled-connections.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env['TIEOUT_CONFIG'] ?? 'tieout.config.yaml');
  const temporal = await connectClient(undefined, dataConverterOf(config, process.env));
  try {
    const ids = await reconcileConnections(temporal.client, scheduledConnections(config));
    process.stdout.write(`schedules ${ids.join(', ')}\n`);
  } finally {
    await temporal.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
