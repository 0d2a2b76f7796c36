/** `tieout note` and `tieout snooze` on a real Temporal over a store of its own: what they send, say and refuse. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { DECISIONS, type DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import { exceptionByNumber, raise } from '../../src/store/exceptions/exceptions.ts';
import { storeNote } from '../../src/store/exceptions/notes.ts';
import { openCommands, type CommandsOnWorkflows } from './commands-on-workflows.ts';
import { tieout } from './tieout.ts';

const TAKEN: DecisionResult = { audit: 12, released: 0, choice: 'noted', detail: 'what was written' };
let commands: CommandsOnWorkflows;
let world: CommandsOnWorkflows['world'];
let workflows: CommandsOnWorkflows['workflows'];
let number: number;

beforeAll(async () => {
  commands = await openCommands();
  ({ world, workflows } = commands);
}, 90_000);
beforeEach(async () => {
  number = await raise(
    world.store.db,
    workflows.connection,
    {
      code: 'drift',
      subject: { kind: 'drift', id: 'orders' },
      evidence: { what: 'something new', atStake: null, currency: null },
      remedy: { kind: 'look', where: 'Look at it.' },
    },
    '2026-11-10T12:00:00Z',
  );
});
afterAll(() => commands?.close());

const answers = (answer: DecisionResult | Error) =>
  workflows.answer(DECISIONS.idOf(workflows.connection), { decideNote: [answer] });

test('a note is sent with all that it says, its number naming the connection', async () => {
  const calls = answers(TAKEN);
  const words = `note ${number} --why asked --reason amazon-case --case 1234 --assign ben`;
  const typed = await tieout(...words.split(' '));
  expect(typed).toEqual({
    exit: 0,
    stderr: '',
    stdout: `✓ what was written\n✓ written by maria · audit 12\nNext: npx tieout exceptions ${number}\n`,
  });
  const said = {
    exception: number,
    reason: 'amazon-case',
    reference: '1234',
    assignee: 'ben',
    by: 'maria',
    why: 'asked',
  };
  expect(calls).toMatchObject([{ input: { decision: said, act: expect.stringMatching(/^[0-9a-f-]{36}$/) } }]);
});

test('what is put aside goes with its day, and --json is one document', async () => {
  const calls = answers({ ...TAKEN, choice: 'snoozed' });
  const { stdout } = await tieout('snooze', String(number), '--until', '2026-11-24', '--why', 'later', '--json');
  expect(JSON.parse(stdout)).toEqual({
    kind: 'note-exception',
    connection: workflows.connection,
    exception: number,
    until: '2026-11-24',
    choice: 'snoozed',
    by: 'maria',
    why: 'later',
    audit: 12,
    detail: 'what was written',
  });
  expect(calls).toMatchObject([{ input: { decision: { exception: number, until: '2026-11-24' } } }]);
});

test('is refused without a reason or a number that is known, and with the sentence of whoever refuses it', async () => {
  expect((await tieout('note', String(number))).stderr).toContain('A note is written only with a reason.');
  expect(await tieout('note', '4711', '--why', 'w')).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('4711'),
  });
  answers(ApplicationFailure.nonRetryable('1 Dec 2026 is past the end of 2026-11.', 'NOTE_REFUSED'));
  expect(await tieout('snooze', String(number), '--until', '2026-12-01', '--why', 'w')).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('1 Dec 2026 is past the end of 2026-11.'),
  });
});

test('what is put aside has a list of its own, and is counted in the other and in the status', async () => {
  const { opened } = (await exceptionByNumber(world.store.db, number))!;
  await storeNote(world.store.db, {
    audit: 12,
    exception: number,
    opened,
    by: 'maria',
    why: 'later',
    at: '2026-11-10T13:00:00Z',
    reason: null,
    reference: null,
    assignee: null,
    snooze: { until: '9999-01-01', comesBackAt: '9999-01-01T08:00:00Z' },
  });
  expect((await tieout('exceptions')).stdout).toBe(
    'Nothing waits for a person.\n1 put aside: npx tieout exceptions --snoozed\n',
  );
  const aside = (await tieout('exceptions', '--snoozed')).stdout;
  expect(aside).toContain('Back on');
  expect(aside).toContain('1 Jan');
  expect((await tieout('exceptions', String(number))).stdout).toContain('10 Nov 2026 13:00Z maria: later');
  const status = (await tieout('status')).stdout.replaceAll(/\s+/g, ' ');
  expect(status).toContain('1 thing waits · 1 of them put aside');
  expect(status).toContain('at month end 1 thing put aside, back by 1 Jan 9999: npx tieout exceptions --snoozed');
  expect(status).not.toContain('waits for a decision');
});
