/** `npm test`: installs what is missing, checks types, runs the tests, and ends with `N passed, N failed`. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages, root } from './ensure-packages.mjs';

ensurePackages((words) => process.stdout.write(`${words}\n`));
const bin = (name) => join(root, 'node_modules', name);

const types = spawnSync(process.execPath, [bin('typescript/bin/tsc'), '--noEmit'], { cwd: root, stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'tieout-test-'));
const results = join(folder, 'results.json');
const jest = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', bin('jest/bin/jest.js'), '--json', `--outputFile=${results}`, ...process.argv.slice(2)], {
  cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TZ: 'UTC', NODE_ENV: 'test' },
});
jest.on('exit', (code) => {
  let passed = 0;
  let failed = types.status === 0 ? 0 : 1;
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    passed += numPassedTests + (types.status === 0 ? 1 : 0);
    failed += numFailedTests + numRuntimeErrorTestSuites;
  } catch {
    failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && failed === 0) failed = 1;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
});
