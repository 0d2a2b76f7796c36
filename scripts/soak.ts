/** `npm run soak -- --orders N --faults M --seed S`: orders and payouts under random faults; the same seed draws the same orders and faults. */
import { parseArgs } from 'node:util';
import { runSoak } from '../test/faults/soak/run-soak.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '100' },
    faults: { type: 'string', default: '50' },
    seed: { type: 'string' },
  },
});
const whole = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number`);
  return Number(text);
};
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : whole('seed', values.seed);
const begun = performance.now();
const say = (line: string) =>
  void process.stderr.write(`${Math.round((performance.now() - begun) / 1000)} s  ${line}\n`);
process.stdout.write(`soak: seed ${seed}\n`);

const result = await runSoak({
  orders: whole('orders', values.orders),
  faults: whole('faults', values.faults),
  seed,
  say,
});
for (const line of result.twice) process.stdout.write(`twice: ${line}\n`);
for (const line of result.lost) process.stdout.write(`lost: ${line}\n`);
for (const line of result.differs) process.stdout.write(`differs: ${line}\n`);
say('done');
process.stdout.write(
  `soak: ${result.orders} orders, ${result.payouts} payouts, ${result.faults} faults, ${result.twice.length} twice, ${result.lost.length} lost, ${result.differs.length === 0 ? 'tied' : 'not tied'}\n`,
);
process.exit(result.twice.length + result.lost.length + result.differs.length === 0 ? 0 : 1);
