import { readFileSync } from 'node:fs';
import { TieoutError } from '../errors/tieout-error.ts';
import type { ConnectionSettings } from './connection.ts';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Where things are and who acts, by the environment; null where it does not say. Secrets are read apart. */
export interface Environment {
  databaseUrl: string | null;
  /** The same database as the owner of its tables, who migrates; null where `databaseUrl` is the owner's, or its tables are migrated elsewhere. */
  databaseOwnerUrl: string | null;
  temporalAddress: string | null;
  temporalCliPath: string | null;
  configFile: string | null;
  home: string | null;
  /** Names of the connections that a worker process serves; null for all. */
  connections: string[] | null;
  /** Who decides, for the audit record. */
  decidedBy: string | null;
  /** Where a worker process says whether it works; null for nowhere. */
  workerHealthPort: number | null;
  /** Seconds that the installation of packages took, where this start began with one. */
  installedIn: string | null;
}

export function readEnvironment(env: EnvironmentVariables = process.env): Environment {
  const value = (name: string): string | null => env[name]?.trim() || null;
  return {
    databaseUrl: value('DATABASE_URL'),
    databaseOwnerUrl: value('DATABASE_OWNER_URL'),
    temporalAddress: value('TEMPORAL_ADDRESS'),
    temporalCliPath: value('TEMPORAL_CLI_PATH'),
    configFile: value('TIEOUT_CONFIG'),
    home: value('TIEOUT_HOME'),
    connections: listOf(value('TIEOUT_CONNECTIONS')),
    decidedBy: value('TIEOUT_BY'),
    workerHealthPort: Number(value('TIEOUT_WORKER_HEALTH_PORT')) || null,
    installedIn: value('TIEOUT_INSTALLED_IN'),
  };
}

/** `a, b` → a and b; null where nothing is named. */
function listOf(text: string | null): string[] | null {
  const names = (text ?? '').split(',').flatMap((name) => name.trim() || []);
  return names.length === 0 ? null : [...new Set(names)];
}

/**
 * The connections that this process serves: those that `TIEOUT_CONNECTIONS` names, else all of the configuration.
 * @throws TieoutError `config` that names what the configuration does not have
 */
export function servedConnections<Named extends Pick<ConnectionSettings, 'name'>>(
  configured: readonly Named[],
  env: EnvironmentVariables = process.env,
): readonly Named[] {
  const { connections: wanted } = readEnvironment(env);
  if (wanted === null) return configured;
  const known = configured.map(({ name }) => name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return configured.filter(({ name }) => wanted.includes(name));
  throw new TieoutError({
    code: 'config',
    what: 'TIEOUT_CONNECTIONS names connections that the configuration does not have.',
    notDone: 'Nothing was started.',
    where: unknown.map((name) => `TIEOUT_CONNECTIONS names ${name}; the configuration has ${known.join(', ')}`),
    do: ['name connections of the configuration, separated by commas, or leave it out to serve all of them'],
  });
}

export interface ConnectionSecrets {
  amazon: { clientId: string; clientSecret: string; refreshToken: string };
  netsuite: { clientId: string; certificateId: string; privateKeyPem: string };
}

/** `TIEOUT_DEMO_US_AMAZON_CLIENT_ID` of connection `demo-us`. */
export function secretName(connection: string, name: string): string {
  return `TIEOUT_${connection.toUpperCase().replaceAll('-', '_')}_${name}`;
}

/**
 * Secrets of a connection: `…_AMAZON_CLIENT_ID`, `…_AMAZON_CLIENT_SECRET`, `…_AMAZON_REFRESH_TOKEN`,
 * `…_NETSUITE_CLIENT_ID` and `…_NETSUITE_CERTIFICATE_ID` (unless the configuration has them), and either
 * `…_NETSUITE_PRIVATE_KEY` (PEM, line breaks may be written `\n`) or `…_NETSUITE_PRIVATE_KEY_FILE`.
 * @throws TieoutError `config` that names every variable that is missing, never a value
 */
export function readSecrets(
  { name, netsuite }: Pick<ConnectionSettings, 'name' | 'netsuite'>,
  env: EnvironmentVariables = process.env,
): ConnectionSecrets {
  const missing: string[] = [];
  const optional = (variable: string): string | undefined => env[secretName(name, variable)]?.trim() || undefined;
  const required = (variable: string, configured?: string): string => {
    const value = optional(variable) ?? configured;
    if (value === undefined) missing.push(`${secretName(name, variable)} is not set`);
    return value ?? '';
  };
  const secrets: ConnectionSecrets = {
    amazon: {
      clientId: required('AMAZON_CLIENT_ID'),
      clientSecret: required('AMAZON_CLIENT_SECRET'),
      refreshToken: required('AMAZON_REFRESH_TOKEN'),
    },
    netsuite: {
      clientId: required('NETSUITE_CLIENT_ID', netsuite.clientId),
      certificateId: required('NETSUITE_CERTIFICATE_ID', netsuite.certificateId),
      privateKeyPem: privateKey(
        optional('NETSUITE_PRIVATE_KEY'),
        optional('NETSUITE_PRIVATE_KEY_FILE'),
        secretName(name, 'NETSUITE_PRIVATE_KEY'),
        missing,
      ),
    },
  };
  if (missing.length === 0) return secrets;
  throw new TieoutError({
    code: 'config',
    what: `Secrets of connection ${name} are missing.`,
    notDone: 'Nothing was started.',
    where: missing,
    do: ['set them in the environment and run it again'],
  });
}

function privateKey(text: string | undefined, file: string | undefined, variable: string, missing: string[]): string {
  if (text !== undefined) return text.replaceAll('\\n', '\n');
  if (file === undefined) {
    missing.push(`${variable} or ${variable}_FILE is not set`);
    return '';
  }
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    missing.push(`${variable}_FILE names ${file}, which cannot be opened (${(error as NodeJS.ErrnoException).code})`);
    return '';
  }
}

/**
 * No two connections may book one marketplace of one seller: each sale would be booked twice.
 * @throws TieoutError `config` that names both
 */
export function refuseSharedMarketplaces(
  connections: readonly (Pick<ConnectionSettings, 'name'> & {
    marketplaces: readonly Pick<ConnectionSettings['marketplaces'][number], 'id'>[];
  })[],
  env: EnvironmentVariables = process.env,
): void {
  const tokenOf = (name: string) => env[secretName(name, 'AMAZON_REFRESH_TOKEN')]?.trim();
  const shared = connections.flatMap((one, index) =>
    connections
      .slice(index + 1)
      .filter((other) => tokenOf(one.name) !== undefined && tokenOf(one.name) === tokenOf(other.name))
      .flatMap((other) =>
        one.marketplaces
          .filter(({ id }) => other.marketplaces.some((marketplace) => marketplace.id === id))
          .map(({ id }) => `${id} is listed by ${one.name} and by ${other.name}, for one Amazon account`),
      ),
  );
  if (shared.length === 0) return;
  throw new TieoutError({
    code: 'config',
    what: 'Two connections list one marketplace of one seller.',
    notDone: 'Nothing was started.',
    where: shared,
    do: ['list each marketplace in one connection'],
  });
}
