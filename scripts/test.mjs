/** `npm test`: installs what is missing, checks types, form and what the linter finds, runs the tests, and ends with `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkStyle } from './check-style.mjs';
import { ensurePackages, root } from './ensure-packages.mjs';
import { runJest } from './run-jest.mjs';

ensurePackages((words) => process.stdout.write(`${words}\n`));
const types =
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit'], {
    cwd: root,
    stdio: 'inherit',
  }).status === 0;
const checks = [types, ...checkStyle()];
const tests = await runJest(process.execPath, process.argv.slice(2));
const passed = tests.passed + checks.filter(Boolean).length;
const failed = tests.failed + checks.filter((good) => !good).length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
