/** `npm test`: installs what is missing, checks types, runs the tests, and ends with `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensurePackages, root } from './ensure-packages.mjs';
import { runJest } from './run-jest.mjs';

ensurePackages((words) => process.stdout.write(`${words}\n`));
const types = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit'], { cwd: root, stdio: 'inherit' }).status === 0;
const tests = await runJest(process.execPath, process.argv.slice(2));
const passed = tests.passed + (types ? 1 : 0);
const failed = tests.failed + (types ? 0 : 1);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
