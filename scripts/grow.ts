/** `npm run grow -- [--orders N] [START-OPTION…]`: a settlement of N orders (6,000: 30,000 rows) on a new database, from its file to the tie-out, as `npm start -- --once --settlement` runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settlementOf } from '../test/end-to-end/many-orders.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { orders: { type: 'string', default: '6000' } },
});
if (!/^[1-9]\d{0,5}$/.test(values.orders)) throw new Error('--orders must be a whole number from 1 to 999999');
const folder = mkdtempSync(join(tmpdir(), 'tieout-grow-'));
const file = join(folder, 'settlement.txt');
writeFileSync(file, settlementOf(Number(values.orders)).bytes);
const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('start.mjs', import.meta.url)), '--once', '--settlement', file, ...positionals],
  { stdio: 'inherit' },
);
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
