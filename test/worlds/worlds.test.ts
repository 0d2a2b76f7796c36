/** Some of the worlds of this folder, one a kind, in one Postgres and Temporal server; `npm run worlds` runs all. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderCount } from '../worlds-runner/render-worlds.ts';
import type { WorldResult } from '../worlds-runner/run-world.ts';
import { runWorlds, worldsIn } from '../worlds-runner/run-worlds.ts';

/** One a kind; a world that is right joins when its kind is not here yet. */
const ONE_A_KIND = [
  '01b-uk-seller-vat-registered',
  '03-eur-over-five-countries',
  '06-chain-of-four',
  '07b-bank-returns-and-pays-again',
  '12-bank-equal-split-late-converted',
  '09-multi-shipment-remainders',
  '19-owner-pays-in-the-same-amount',
  '22b-claim-told-in-time',
  '24-amount-that-a-person-maps',
  '29-canada-and-mexico',
  'field-06b-uk-mcf-non-amazon-uk',
  'field-13d-eu-debt-with-a-gap',
  'field-19c-jp-without-points',
];
const SPOILT = '19-owner-pays-in-the-same-amount';

const here = fileURLToPath(new URL('./', import.meta.url));
const spoilt = mkdtempSync(join(tmpdir(), 'tieout-spoilt-'));

describe('worlds', () => {
  let results: ReadonlyMap<string, WorldResult>;
  beforeAll(async () => {
    // One cent too much is expected, and a document that nobody posts.
    cpSync(join(here, SPOILT), join(spoilt, 'spoilt'), { recursive: true });
    const file = join(spoilt, 'spoilt', 'expected.json');
    const expected = JSON.parse(readFileSync(file, 'utf8')) as { balances: object };
    writeFileSync(
      file,
      JSON.stringify({
        ...expected,
        balances: { ...expected.balances, bank: '500.01' },
        documents: { CM: { '113-0000000-0000000': ['1.00'] } },
      }),
    );
    const ran = await runWorlds([...worldsIn(here, ONE_A_KIND), join(spoilt, 'spoilt'), join(spoilt, 'nowhere')]);
    results = new Map(ran.map((result) => [result.name, result]));
  }, 600_000);
  afterAll(() => rmSync(spoilt, { recursive: true, force: true }));

  test.each(ONE_A_KIND)('%s comes to the books that were worked out by hand', (name) => {
    const { problem, differences } = results.get(name)!;
    expect({ problem, differences }).toEqual({ problem: null, differences: [] });
  });

  test('one whose expectation is not met is wrong, and says in what', () => {
    expect(results.get('spoilt')).toMatchObject({
      right: false,
      problem: null,
      differences: [
        { where: 'balances bank', expected: '500.01', got: '500.00' },
        { where: 'documents CM 113-0000000-0000000', expected: '1', got: 'none' },
      ],
    });
  });
  test('one that is not there is wrong', () => {
    expect(results.get('nowhere')).toMatchObject({
      right: false,
      problem: expect.stringMatching(/^there is no folder /),
    });
    expect(renderCount([results.get('spoilt')!, results.get('nowhere')!])).toBe('worlds: 0 right, 2 wrong');
  });
});
