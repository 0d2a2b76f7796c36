/** `npm run check`: types, form, linter and the rules of the house, in seconds. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkStyle } from './check-style.mjs';
import { ensurePackages, root } from './ensure-packages.mjs';

ensurePackages((words) => process.stdout.write(`${words}\n`));
const run = (script, args) =>
  spawnSync(process.execPath, [...args.slice(0, -1), join(root, 'node_modules', script), ...args.at(-1)], {
    cwd: root,
    stdio: 'inherit',
  }).status === 0;
const types = run('typescript/bin/tsc', [['--noEmit']]);
const style = checkStyle().every(Boolean);
const rules = run('jest/bin/jest.js', ['--experimental-vm-modules', '--no-warnings', ['test/repo', 'test/errors']]);
process.exit(types && style && rules ? 0 : 1);
