/** `npm run bench -- settlement|stock|orders|netsuite|release [--json]`: one document on stdout, or lines for a person. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const NAMES = ['settlement', 'stock', 'orders', 'netsuite', 'release'] as const;

const [name, ...rest] = process.argv.slice(2);
const path = (of: string) => fileURLToPath(new URL(`./${of}/bench.ts`, import.meta.url));
if (name === undefined || !NAMES.some((known) => known === name) || !existsSync(path(name))) {
  process.stderr.write(
    `✗ ${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}: npm run bench -- ${NAMES.filter((known) => existsSync(path(known))).join('|')} [--json]\n`,
  );
  process.exit(64);
}
const { bench } = (await import(path(name))) as { bench: Bench };
const json = rest.includes('--json');
process.stderr.write(`${bench.about}\n`);
const result = await bench.run(rest.filter((argument) => argument !== '--json'));
process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${bench.render(result).join('\n')}\n`);
process.exit(0);
