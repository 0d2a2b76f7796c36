/**
 * Ends at once: the tables are brought up to date by their owner (DATABASE_OWNER_URL), and the role of DATABASE_URL may
 * work with them; it is made where it is missing. For deployments in which workers do not know the owner's password;
 * `npm start` does the same by itself.
 */
import { readEnvironment } from '../config/environment.ts';
import { prepareSchema } from '../store/migrated-schema.ts';

async function main(): Promise<void> {
  const { databaseUrl, databaseOwnerUrl } = readEnvironment();
  if (databaseUrl === null) throw new Error('DATABASE_URL is not set');
  await prepareSchema(databaseUrl, databaseOwnerUrl);
  process.stdout.write('the tables are up to date\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
