/** `npm run mutate`: damages generated settlement reports and judges what becomes of each (test/properties/judge-mutant.ts). */
import { parseArgs } from 'node:util';
import { runMutants } from '../test/properties/mutants.ts';

const { values } = parseArgs({
  options: { mutants: { type: 'string', default: '20000' }, seed: { type: 'string', default: '20261029' } },
});
const mutants = wholeNumber(values.mutants, '--mutants');
const seed = wholeNumber(values.seed, '--seed');

console.log(`mutate: ${mutants} mutants, seed ${seed}`);
const { tally, seconds, wrong } = runMutants(mutants, seed);
if (wrong !== null) {
  console.log(wrong);
  process.exitCode = 1;
} else console.log(`mutate: ${Math.round(seconds)} s`);
console.log(
  `mutate: ${mutants} mutants, ${tally.refused} refused, ${tally.unknown} unknown keys named, ${tally.same} the same journal, ${tally.named} documents or chain named, ` +
    `${tally['another true report']} another true report, ${wrong === null ? 0 : 1} wrong`,
);

function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text) || (option === '--mutants' && /^0+$/.test(text))) {
    console.error(`mutate: ${option} needs a whole number, not "${text}"`);
    process.exit(2);
  }
  return Number(text);
}
