/** Files with secrets that others on this machine can read: `.env`, and what variables of the environment name. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EnvironmentVariables } from '../../config/environment.ts';
import { PROJECT_ROOT } from '../../config/project-folder.ts';
import { broken, fine, type Finding } from './finding.ts';

/** Windows has no rights of this kind, and is not looked at. */
export function secretFiles(
  env: EnvironmentVariables = process.env,
  folders = [process.cwd(), PROJECT_ROOT],
): Finding[] {
  if (process.platform === 'win32') return [];
  const named = Object.entries(env).flatMap(([name, path]) => (/^TIEOUT_.*_FILE$/.test(name) && path ? [path] : []));
  const files = [...new Set([...folders.map((folder) => join(folder, '.env')), ...named].map((path) => resolve(path)))];
  const there = files.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  const open = there.filter((path) => (statSync(path).mode & 0o077) !== 0);
  if (open.length === 0) return there.length === 0 ? [] : [fine('secrets', `${there.join(', ')} are yours alone`)];
  return open.map((path) =>
    broken('secrets', path, 'others on this machine can read it', `chmod 600 '${path.replaceAll("'", "'\\''")}'`),
  );
}
