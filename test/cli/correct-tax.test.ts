/** `tieout correct-tax` on a real Temporal over a store of its own: what it sends, says and refuses. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { DECISIONS, type DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import { raise } from '../../src/store/exceptions/exceptions.ts';
import { openCommands, type CommandsOnWorkflows } from './commands-on-workflows.ts';
import { tieout } from './tieout.ts';

const DOCUMENT = 'AMZ_x_INV_202-1-S1_1';
const TAKEN: DecisionResult = { audit: 12, released: 1, choice: 'amazon', detail: 'what was decided' };
let commands: CommandsOnWorkflows;
let world: CommandsOnWorkflows['world'];
let workflows: CommandsOnWorkflows['workflows'];

beforeAll(async () => {
  commands = await openCommands();
  ({ world, workflows } = commands);
}, 90_000);
afterAll(() => commands?.close());

const answers = (answer: DecisionResult | Error) =>
  workflows.answer(DECISIONS.idOf(workflows.connection), { decideCorrectTax: [answer] });
const typed = (...argv: string[]) =>
  tieout('correct-tax', ...argv, '--connection', workflows.connection, '--why', 'case 1234');

test('is sent with who and why, and says what was decided', async () => {
  const calls = answers(TAKEN);
  expect(await typed(DOCUMENT)).toEqual({
    exit: 0,
    stderr: '',
    stdout: '✓ what was decided\n✓ decided by maria · audit 12\n',
  });
  expect(calls).toMatchObject([{ input: { decision: { document: DOCUMENT, by: 'maria', why: 'case 1234' } } }]);
});

test('that was taken before says by whom and when', async () => {
  answers({ ...TAKEN, already: { by: 'ben', at: '2026-10-20T18:02:00Z' } });
  expect((await typed(DOCUMENT)).stdout).toContain('decided already by ben on 20 Oct 2026 18:02Z: nothing was changed');
});

test('is one document with --json', async () => {
  answers(TAKEN);
  expect(JSON.parse((await typed(DOCUMENT, '--json')).stdout)).toEqual({
    kind: 'correct-tax',
    connection: workflows.connection,
    key: DOCUMENT,
    choice: 'amazon',
    by: 'maria',
    why: 'case 1234',
    audit: 12,
    detail: 'what was decided',
    already: null,
    payout: null,
  });
});

test('a document that is misspelt is refused, naming the near one', async () => {
  await raise(
    world.store.db,
    workflows.connection,
    {
      code: 'tax-collector-differs',
      key: DOCUMENT,
      subject: { kind: 'payout', id: '30100000111' },
      evidence: { what: 'it carries tax', atStake: 2000n, currency: 'GBP' },
      remedy: { kind: 'correct-tax', order: '202-1', document: DOCUMENT },
    },
    '2026-11-10T12:00:00Z',
  );
  answers(ApplicationFailure.nonRetryable('The tax of that is not open.', 'DIFFERENCE_UNKNOWN'));
  const { exit, stderr } = await typed(DOCUMENT.replace('S1', 'S2'));
  expect(exit).not.toBe(0);
  expect(stderr).toContain(`did you mean ${DOCUMENT}?`);
});

test('needs a reason', async () => {
  const { exit, stderr } = await tieout('correct-tax', DOCUMENT, '--connection', workflows.connection);
  expect(exit).not.toBe(0);
  expect(stderr).toContain('--why');
});
