/** A word about an exception: written down once, of its opening alone, and refused with nothing stored. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { decideNote } from '../../../src/activities/decisions/note-exception.ts';
import { purgeEvents } from '../../../src/store/retention/purge-events.ts';
import { raise, resolveException } from '../../../src/store/exceptions/exceptions.ts';
import { raiseMany } from '../../../src/store/exceptions/raise-many.ts';
import { exceptionView } from '../../../src/views/exceptions/exception-view.ts';
import { exceptionsView } from '../../../src/views/exceptions/exceptions-view.ts';
import { writeMark } from '../../../src/store/intake/marks.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { openWorkedExample } from '../worked-example.ts';

const SAID = { by: 'maria', why: 'asked Amazon' };
const LOOK = {
  code: 'drift',
  subject: { kind: 'drift', id: 'orders' },
  evidence: { what: 'something new', atStake: null, currency: null },
  remedy: { kind: 'look', where: 'Look at it.' },
} as const;
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** By its clock it is 20 November, in Los Angeles as well. */
async function open(): Promise<number> {
  account = await openWorkedExample(postgres);
  return raise(account.connection.db, account.name, LOOK, '2026-11-18T12:00:00Z');
}
const note = (exception: number, over: object = {}, act = randomUUID()) =>
  account.run(decideNote, { decision: { exception, ...SAID, ...over }, act });
/** As a person finds it at a time, beside simulators. */
async function listed(now: string) {
  await writeMark(account.connection.db, account.name, 'orders', now);
  const [one] = await exceptionsView(source(), [account.name]);
  return one && { snoozedUntil: one.snoozedUntil, assignee: one.assignee };
}
const source = () => ({ store: postgres.store, world: { temporal: { uiUrl: null }, simulators: {} } });
const notes = async (exception: number) =>
  (await exceptionView(source(), [account.name], exception)).notes.map(({ text }) => text);
const written = async () =>
  (await postgres.store.db.selectFrom('audit').select('id').where('connection', '=', account.name).execute()).length;

test('is written once, however often it is tried, and stands in the history of its exception', async () => {
  const exception = await open();
  const act = randomUUID();
  const first = await note(exception, { reason: 'amazon-case', reference: '1234', assignee: 'ben' }, act);
  expect(first).toEqual({
    audit: expect.any(Number),
    released: 0,
    choice: 'noted',
    detail: `noted with exception ${exception}`,
  });
  expect(await note(exception, { reason: 'amazon-case', reference: '1234', assignee: 'ben' }, act)).toEqual(first);
  expect(await written()).toBe(1);
  expect(await notes(exception)).toEqual(['20 Nov 2026 12:00Z maria: asked Amazon (amazon-case 1234) · for ben']);
  expect(await listed('2026-11-20T13:00:00Z')).toEqual({ snoozedUntil: null, assignee: 'ben' });
});

test('puts it aside until its day begins where the books are', async () => {
  const exception = await open();
  expect(await note(exception, { until: '2026-11-24' })).toMatchObject({
    choice: 'snoozed',
    detail: `exception ${exception} comes back on 24 Nov 2026`,
  });
  // 24 November begins at 08:00Z in Los Angeles.
  expect(await listed('2026-11-24T07:59:00Z')).toMatchObject({ snoozedUntil: '2026-11-24' });
  expect(await listed('2026-11-24T08:00:00Z')).toMatchObject({ snoozedUntil: null });
});

test.each([
  ['one by one', (at: string) => raise(account.connection.db, account.name, LOOK, at)],
  ['many at a time', (at: string) => raiseMany(account.connection.db, account.name, [LOOK], at)],
])('is over with the opening that it was said of, where that is opened %s', async (_, again) => {
  const exception = await open();
  await note(exception, { until: '2026-11-24', assignee: 'ben' });
  // Met again while it is open: it is the same opening.
  await again('2026-11-20T13:00:00Z');
  expect(await listed('2026-11-20T13:00:00Z')).toEqual({ snoozedUntil: '2026-11-24', assignee: 'ben' });
  const { db } = account.connection;
  await resolveException(db, account.name, 'drift', 'orders', 'gone', '2026-11-20T14:00:00Z');
  await again('2026-11-20T15:00:00Z');
  expect(await listed('2026-11-20T15:00:00Z')).toEqual({ snoozedUntil: null, assignee: null });
  expect(await notes(exception)).toHaveLength(1);
  expect(
    await db
      .selectFrom('exceptions')
      .select(['opened', 'opened_at', 'reopened_at'])
      .where('id', '=', exception)
      .execute(),
  ).toEqual([{ opened: 2, opened_at: '2026-11-18T12:00:00Z', reopened_at: '2026-11-20T15:00:00Z' }]);
});

test('is refused of what has ended, of nobody, and for a day past its month', async () => {
  const exception = await open();
  for (const [over, type, sentence] of [
    [{ until: '2026-12-01' }, 'NOTE_REFUSED', '1 Dec 2026 is past the end of 2026-11'],
    [{ until: '2026-11-20' }, 'NOTE_REFUSED', 'is not after today'],
    [{ exception: 4711 }, 'EXCEPTION_NOT_OPEN', `${account.name} has no exception 4711.`],
  ] as const)
    await expect(note(exception, over)).rejects.toMatchObject({ type, message: expect.stringContaining(sentence) });
  await resolveException(account.connection.db, account.name, 'drift', 'orders', 'gone', '2026-11-19T12:00:00Z');
  await expect(note(exception)).rejects.toMatchObject({
    type: 'EXCEPTION_NOT_OPEN',
    message: `Exception ${exception} ended on 19 Nov 2026: gone.`,
  });
  expect(await written()).toBe(0);
});

test('goes with its exception once that is past its retention', async () => {
  const exception = await open();
  await note(exception);
  await resolveException(account.connection.db, account.name, 'drift', 'orders', 'gone', '2026-11-21T12:00:00Z');
  expect(await purgeEvents(account.connection.db, account.name, '2027-12-01T00:00:00Z')).toBe(1);
  expect(
    await postgres.store.db.selectFrom('exception_notes').selectAll().where('exception', '=', exception).execute(),
  ).toEqual([]);
  expect(await written()).toBe(1);
});
