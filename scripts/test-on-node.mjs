/**
 * `npm run test:node -- 24`: a fast part of the tests on another Node.js, whole orders and payouts included. The registry
 * has Node.js as a package for each platform; it is fetched once into `.tieout/`. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, root } from './ensure-packages.mjs';
import { runJest } from './run-jest.mjs';

const FAST = [
  'test/domain',
  'test/clients',
  'test/config',
  'test/errors',
  'test/replay',
  'test/end-to-end/settlement-files.test.ts',
];

const version = process.argv[2] ?? '24';
ensurePackages((words) => process.stdout.write(`${words}\n`));
const node = nodeOf(version);
process.stdout.write(
  `on Node.js ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}: ${FAST.join(', ')}\n`,
);
const { passed, failed } = await runJest(node, FAST);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function nodeOf(wanted) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, '.tieout', `node-${wanted}`);
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  // Without a package.json of its own npm would install into the project.
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(
    npm,
    ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, `${name}@${wanted}`],
    { cwd: folder, encoding: 'utf8' },
  );
  if (result.status === 0 && existsSync(binary)) return binary;
  process.stdout.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}\nNode.js ${wanted} could not be fetched as the package ${name}.\n0 passed, 1 failed\n`,
  );
  process.exit(1);
}
