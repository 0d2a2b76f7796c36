/** Mutants of generated reports, judged and counted. */
import fc from 'fast-check';
import { judgeMutant, type Verdict } from './judge-mutant.ts';
import { mutate, mutation } from './mutations.ts';
import { renderReport, reportForm, sayableIn } from './render-report.ts';
import { settlementFacts, type SettlementFacts } from './settlement-facts.ts';
import { followReport, type JournalledReport } from './whole-path.ts';

type Tally = Record<Verdict, number>;
interface MutantRun {
  tally: Tally;
  seconds: number;
  wrong: string | null;
}

/** Judges so many mutants; the first wrong one is made as small as can be and told with its seed. */
export function runMutants(mutants: number, seed: number): MutantRun {
  const tally: Tally = { refused: 0, unknown: 0, same: 0, named: 0, 'another true report': 0 };
  const started = process.hrtime.bigint();
  let found = false;
  const drawn = fc.record({
    facts: settlementFacts({ sales: 3, account: 4 }),
    form: reportForm,
    mutations: fc.array(mutation, { minLength: 1, maxLength: 2, size: 'small' }),
  });
  const outcome = fc.check(
    fc.property(drawn, ({ facts: all, form, mutations }) => {
      const facts = sayableIn(all, form.columns);
      const bytes = renderReport(facts, { ...form, packed: false });
      const damaged = mutations.reduce(mutate, bytes);
      const { verdict, why } = judgeMutant(facts, followed(facts, bytes), damaged);
      if (verdict === 'wrong') {
        found = true;
        throw new Error(
          `${why}\n--- the damaged file (${mutations.map(({ damage }) => damage).join(', ')}):\n${new TextDecoder('latin1').decode(damaged)}`,
        );
      }
      if (!found) tally[verdict] += 1;
    }),
    { numRuns: mutants, seed, endOnFailure: false },
  );
  return {
    tally,
    seconds: Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000,
    wrong: outcome.failed
      ? `${reason(outcome.errorInstance)}\n(seed ${outcome.seed}, path ${outcome.counterexamplePath})`
      : null,
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function followed(facts: SettlementFacts, bytes: Uint8Array): JournalledReport {
  const path = followReport(bytes, { zone: facts.zone, documents: facts.documents });
  if (path.end !== 'journal') throw new Error(`the undamaged report has no journal: ${JSON.stringify(path)}`);
  return path;
}
