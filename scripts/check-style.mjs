/** What machines say about the code: its form (prettier) and what a linter with types finds (oxlint). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ensure-packages.mjs';

const FOLDERS = ['src', 'test', 'bench', 'scripts', 'bin'];

/** Runs both, and says for each whether it found nothing. */
export function checkStyle() {
  const run = (script, args) =>
    spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' })
      .status === 0;
  const formatted = run('prettier/bin/prettier.cjs', ['--log-level', 'warn', '--check', ...FOLDERS]);
  const linted = run('oxlint/bin/oxlint', ['--quiet', ...FOLDERS]);
  return [formatted, linted];
}
