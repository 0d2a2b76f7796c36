/** Runs before anything is installed: no dependencies here. Installs what package-lock.json says, once. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST = [20, 19];

/** Seconds that installing took, null when everything was there. Ends the process with a sentence where it fails. */
export function ensurePackages(say) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    process.stderr.write(`Tieout needs Node.js ${OLDEST.join('.')} or later; this is ${process.versions.node}.\n`);
    process.exit(1);
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules', '.tieout-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return null;
  const begun = Date.now();
  say('installing packages from package-lock.json');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}\nThe packages could not be installed (npm ci). Nothing was started.\n`,
    );
    process.exit(1);
  }
  writeFileSync(mark, lock);
  const seconds = (Date.now() - begun) / 1000;
  say(`packages installed in ${seconds.toFixed(1)} s`);
  return seconds;
}
