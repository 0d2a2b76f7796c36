/**
 * `npm run worlds -- [--dir DIR] [NAME…] [--json]`: runs each folder of DIR through the real path and compares with its
 * expected.json; exit 1 when any differs. What a folder may hold: CONTRIBUTING.md, *A new world*.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { renderCount, renderWorld } from '../test/worlds-runner/render-worlds.ts';
import { runWorlds, worldsIn } from '../test/worlds-runner/run-worlds.ts';

const DEFAULT = fileURLToPath(new URL('../test/worlds/', import.meta.url));
const { values, positionals } = given();
const dir = resolve(values.dir);
const paths = existsSync(dir) ? worldsIn(dir, positionals) : [];
if (paths.length === 0) {
  process.stderr.write(`There is no world in ${dir}: each is a folder with 1-….txt and expected.json.\n`);
  process.exit(1);
}

const say = (lines: string[]) => void (values.json ? process.stderr : process.stdout).write(`${lines.join('\n')}\n`);
const results = await runWorlds(paths, (result) => say(renderWorld(result)));
say([renderCount(results)]);
if (values.json)
  process.stdout.write(
    `${JSON.stringify({ right: results.filter(({ right }) => right).length, wrong: results.filter(({ right }) => !right).length, worlds: results }, null, 2)}\n`,
  );
// Calls to Temporal that still wait to be tried again would keep the process.
process.exit(results.every(({ right }) => right) ? 0 : 1);

function given() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { dir: { type: 'string', default: DEFAULT }, json: { type: 'boolean', default: false } },
    });
  } catch (error) {
    process.stderr.write(
      `${(error as Error).message.split('. ')[0]}: npm run worlds -- [--dir DIR] [NAME…] [--json]\n`,
    );
    process.exit(64);
  }
}
