/** NetSuite's base periods are of 4 weeks: the check at start refuses the close, and only the close. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { decideAccrual } from '../../../src/activities/period/approve-accrual.ts';
import { dueCloses } from '../../../src/activities/period/evaluate-close.ts';
import { decideSignOff } from '../../../src/activities/period/sign-close.ts';
import { checkConnection } from '../../../src/activities/setup/check-connection.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { account as fee, report } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const FILE = report(
  {
    id: '27810000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '-3.00',
  },
  [fee('Storage Fee', '-3.00', '2026-10-09T12:00:00Z')],
);
const DAY = 86_400_000;
/** Thirteen periods of 28 days from the 1st of September 2026 on: no day is in two, and the first begins as a month does. */
const WEEKS = Array.from({ length: 13 }, (_, at) => {
  const day = (n: number) => new Date(Date.UTC(2026, 8, 1) + n * DAY).toISOString().slice(0, 10);
  return { name: `P${at + 1} FY27`, start: day(at * 28), end: day(at * 28 + 27) };
});
const open = (base?: typeof WEEKS) =>
  openAccount(postgres, {
    world: worldFromSettlements([FILE]),
    now: '2026-11-06T12:00:00Z',
    settings: { close: {}, cutOver: '2026-10-01T07:00:00Z' },
    seed: (seed) => ({ ...seed, periods: { ...seed.periods, ...(base ? { base } : {}) } }),
  });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
const decision = { period: '2026-10', by: 'maria', why: 'reviewed' };

test('periods of four weeks: no month is due, accrued or signed, and the setting is named once', async () => {
  account = await open(WEEKS);
  const what =
    'NetSuite account SIM_1 is not closed by months: period P2 FY27 (2026-09-29 to 2026-10-26) and 11 more are not calendar months; no month is closed, all else goes on';
  for (const _ of [1, 2]) expect((await account.run(checkConnection)).problems).toEqual([what]);
  expect(await openExceptions(account.connection.db, account.name)).toMatchObject([
    {
      code: 'setting-unknown',
      subject: { kind: 'setting', id: 'close' },
      evidence: { what },
      remedy: { kind: 'set-up' },
    },
  ]);
  expect(await account.run(dueCloses)).toEqual([]);
  expect(await refusal(account.run(decideAccrual, { decision: { ...decision, currency: 'USD' }, act: 'a' }))).toContain(
    'closes no months',
  );
  expect(await refusal(account.run(decideSignOff, { decision, act: 's' }))).toContain(
    '2026-10 cannot be signed: NetSuite account SIM_1 is not closed by months',
  );
  expect(account.writes()).toEqual([]);
});

test('the close taken out of the settings ends it; periods that are months never begin it', async () => {
  account = await open(WEEKS);
  await account.run(checkConnection);
  account.connection.settings.close = undefined;
  expect((await account.run(checkConnection)).problems).toEqual([]);
  expect(await account.open()).toEqual([]);
  await account.close();

  account = await open();
  expect((await account.run(checkConnection)).problems).toEqual([]);
  expect(await account.run(dueCloses)).toEqual(['2026-10', '2026-11']);
});

test('periods before the cut-over may be of any format', async () => {
  const before = WEEKS.slice(0, 1).map((period) => ({ ...period, end: '2026-09-30' }));
  const months = [
    { name: 'Oct 2026', start: '2026-10-01', end: '2026-10-31' },
    { name: 'Nov 2026', start: '2026-11-01', end: '2026-11-30' },
  ];
  account = await open([{ name: 'P0', start: '2026-08-04', end: '2026-08-31' }, ...before, ...months]);
  expect((await account.run(checkConnection)).problems).toEqual([]);
});
