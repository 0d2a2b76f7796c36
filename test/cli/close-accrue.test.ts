/** `tieout close accrue` on a real Temporal over a store of its own: it waits for both journals, and says of each what it is. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { CLOSE } from '../../src/contracts/period/close.ts';
import type { DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import { accrualIds, planAccrual } from '../../src/domain/period/plan-accrual.ts';
import { planDocument } from '../../src/store/documents/documents.ts';
import { settlePosted } from '../../src/store/documents/posted.ts';
import { openCommands, type CommandsOnWorkflows } from './commands-on-workflows.ts';
import { tieout } from './tieout.ts';

let commands: CommandsOnWorkflows;
let world: CommandsOnWorkflows['world'];
let workflows: CommandsOnWorkflows['workflows'];
let months = 0;
beforeAll(async () => {
  commands = await openCommands();
  ({ world, workflows } = commands);
}, 90_000);
afterEach(() => world.store.db.deleteFrom('documents').execute());
afterAll(() => commands?.close());

/** A month of its own whose accrual is decided so, with both journals written down; the second stays as it is. */
async function accrued(result: Partial<DecisionResult>, posted: readonly number[]): Promise<[string, string[]]> {
  months += 1;
  const period = `2026-0${months}`;
  const { connection } = workflows;
  const journals = accrualIds(connection, period, 'USD');
  const of = {
    currency: 'USD',
    roles: [{ role: 'storage' as const, amount: 300n }],
    whose: [],
  };
  for (const planned of planAccrual(connection, period, of, 1))
    await planDocument(world.store.db, { ...planned, orderId: null, settlementId: null });
  for (const at of posted) await settlePosted(world.store.db, journals[at]!, `${70 + at}`, '2026-11-04T12:00:00Z');
  workflows.answer(CLOSE.idOf(connection, period), {
    decideAccrual: [
      {
        audit: 9,
        released: 1,
        choice: 'post',
        detail: '3.00 USD is accrued',
        ...(result.choice === 'none' ? {} : { journals }),
        ...result,
      },
    ],
    postAccruals: [{ posted: posted.length, stopped: 2 - posted.length }],
    evaluateClose: [{ sentence: 'open', lines: [], isSigned: false }],
    evaluateProfit: [{ sentence: 'ties', ties: true }],
  });
  return [period, journals];
}
const typed = (period: string, ...argv: string[]) =>
  tieout(
    'close',
    'accrue',
    period,
    'USD',
    '--connection',
    workflows.connection,
    '--why',
    'as told',
    '--wait',
    '1',
    ...argv,
  );

test('says that both are posted', async () => {
  const [period, [one, two]] = await accrued({}, [0, 1]);
  expect(await typed(period)).toEqual({
    exit: 0,
    stderr: '',
    stdout: `✓ 3.00 USD is accrued\n✓ decided by maria · audit 9\n✓ ${one} is posted\n✓ ${two} is posted\n`,
  });
});

test('says of one that NetSuite has not taken who posts it, and never that it is posted', async () => {
  const [period, [one, two]] = await accrued({}, [0]);
  const { stdout } = await typed(period);
  expect(stdout).toContain(`✓ ${one} is posted\n`);
  expect(stdout).toContain(
    `… ${two} is not posted yet: each hourly look at the close does it (npx tieout exceptions says what stops it)\n`,
  );
});

test('of a connection that only plans it says so, and does not wait', async () => {
  const [period] = await accrued({ isPlanned: true }, []);
  expect((await typed(period, '--wait', '600')).stdout).toContain(
    '… both journals are planned, and posted once posting is live\n',
  );
});

test('with --none there is no journal to wait for', async () => {
  const [period] = await accrued({ choice: 'none', detail: '3.00 USD is not accrued' }, []);
  expect((await typed(period, '--none')).stdout).toBe('✓ 3.00 USD is not accrued\n✓ decided by maria · audit 9\n');
});

test('with --json each journal has its state', async () => {
  const [period, [one, two]] = await accrued({}, [0]);
  expect(JSON.parse((await typed(period, '--json')).stdout)).toEqual({
    kind: 'approveAccrual',
    connection: workflows.connection,
    period,
    currency: 'USD',
    why: 'as told',
    by: 'maria',
    audit: 9,
    choice: 'post',
    detail: '3.00 USD is accrued',
    isPlanned: false,
    journals: [
      { document: one, state: 'posted' },
      { document: two, state: 'planned' },
    ],
  });
});
