/** A damaged report is refused with its place, named, or true: never a wrong journal. `npm run mutate` judges many more. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readReportFile } from '../../src/operations/files/report-file.ts';
import { SettlementInspection } from '../../src/domain/payouts/inspect-settlement.ts';
import { ReportError } from '../../src/domain/settlement/report-error.ts';
import { judgeMutant } from './judge-mutant.ts';
import { runMutants } from './mutants.ts';
import { mutate, mutation } from './mutations.ts';
import { PLAIN_FORM, renderReport, renderText } from './render-report.ts';
import { settlementFacts, type SettlementFacts } from './settlement-facts.ts';
import { followReport, type JournalledReport } from './whole-path.ts';

const SEED = 20261029;

describe('mutants of reports', () => {
  test('each end well, and what should be reached is', () => {
    const { tally, wrong } = runMutants(300, SEED);
    expect(wrong).toBeNull();
    // Another true report is rare.
    expect((['refused', 'unknown', 'same', 'named'] as const).filter((end) => tally[end] === 0)).toEqual([]);
  });
});

describe('a packed report that is damaged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-mutants-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const packing = mutation.filter(
    ({ damage }) => damage === 'cut gzip' || damage === 'flip gzip' || damage === 'glue gzip',
  );

  test('is refused where it is opened, or read as what it was', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(settlementFacts({ sales: 2, account: 2 }), packing, async (facts, damage) => {
        const file = join(folder, 'report.gz');
        const whole = renderReport(facts, PLAIN_FORM);
        writeFileSync(file, mutate(whole, damage));
        const inspection = new SettlementInspection();
        try {
          await readReportFile(file, (chunk) => inspection.push(chunk));
          const { header, journal } = inspection.finish();
          expect([header, journal]).toEqual([inspected(whole).header, inspected(whole).journal]);
        } catch (error) {
          if (!(error instanceof ReportError)) throw error;
          // A packing does not know its line: whoever opens the file says how far the report was read.
          expect(error.problem.line ?? inspection.line).toBeGreaterThanOrEqual(0);
          expect(error.problem.remedy).not.toBe('');
          refused += 1;
        }
      }),
      { numRuns: 60, seed: SEED },
    );
    expect(refused).toBeGreaterThan(10);
  });
});

/** The judge itself: it must find what is wrong, else all mutants are right. */
describe('the judge of mutants', () => {
  const facts: SettlementFacts = fc.sample(
    settlementFacts({ sales: 4 }).filter(
      ({ documents, rows }) =>
        documents.filter(({ kind, total }) => kind === 'invoice' && total > 100n).length > 1 &&
        rows.some(({ role }) => role === 'reserve-held') &&
        rows.some(({ role }) => role === 'selling-fees'),
    ),
    { numRuns: 1, seed: SEED },
  )[0]!;
  const bytes = renderReport(facts, PLAIN_FORM);
  const original = followReport(bytes, { zone: facts.zone, documents: facts.documents }) as JournalledReport;
  const damagedBy = (from: string, to: string) =>
    new TextEncoder().encode(renderText(facts, PLAIN_FORM).replace(from, to));

  test('calls an undamaged report the same', () => {
    expect(judgeMutant(facts, original, bytes)).toEqual({ verdict: 'same', why: '' });
  });

  test('calls a report without its last row refused for its sum', () => {
    const text = renderText(facts, PLAIN_FORM);
    const cut = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);
    expect(judgeMutant(facts, original, new TextEncoder().encode(cut))).toEqual({
      verdict: 'refused',
      why: 'report-sum',
    });
  });

  test('calls an undecided key unknown, and says which', () => {
    expect(judgeMutant(facts, original, damagedBy('\tCommission\t', '\tComission\t'))).toEqual({
      verdict: 'unknown',
      why: 'order\titemfees\tcomission',
    });
  });

  test('calls an order that another took its rows from named', () => {
    const { orderId } = facts.documents.find(({ kind, total }) => kind === 'invoice' && total > 0n)!;
    const moved = renderText(facts, PLAIN_FORM).replaceAll(orderId, '113-9999999-9999999');
    expect(judgeMutant(facts, original, new TextEncoder().encode(moved)).why).toContain('of 113-9999999-9999999 for');
  });

  test('calls it wrong when the journal of the original is not the one that the file tells', () => {
    const other: JournalledReport = {
      ...original,
      rows: original.rows.map((one) => ({
        ...one,
        row: { ...one.row, orderId: one.row.orderId && `${one.row.orderId}9` },
      })),
    };
    expect(judgeMutant(facts, other, bytes).verdict).toBe('wrong');
  });
});

function inspected(bytes: Uint8Array) {
  const inspection = new SettlementInspection();
  inspection.push(bytes);
  return inspection.finish();
}
