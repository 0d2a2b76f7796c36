import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { newLines, type ReadLine, type StatementAccount } from '../../../src/domain/matching/new-lines.ts';
import { up as addNumbers } from '../../../src/store/bank/migrations/0007-bank-lines.ts';
import { openStore } from '../../../src/store/database.ts';
import { bankLines } from '../../../src/store/payouts/applications.ts';
import { numberedLines } from '../../../src/store/bank/statement-lines.ts';
import { keepStatementLines, rememberedForm, rememberForm } from '../../../src/store/bank/statements.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

let postgres: FreshPostgres;
let db: FreshPostgres['store']['db'];

beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({
    store: { db },
  } = postgres);
}, 60_000);
afterAll(() => postgres?.stop());

const line = (changes: Partial<ReadLine> = {}): ReadLine => ({
  date: '2026-08-06',
  amount: 4400n,
  currency: 'USD',
  description: 'AMAZON MKTPLACE PMTS',
  transactionId: '1',
  ...changes,
});
const BANK: StatementAccount = { account: 'bank', tail: '6789' };
const keep = (connection: string, account: StatementAccount, lines: readonly ReadLine[]) =>
  keepStatementLines(db, connection, account, { from: '2026-08-01', to: '2026-08-31' }, (known) =>
    newLines(account, lines, known),
  );

describe('the lines of a statement', () => {
  test('are stored once, in the order of the file, with numbers that stay', async () => {
    expect(await keep('once', BANK, [line(), line({ description: 'RENT', amount: -90000n }), line()])).toBe(3);
    const before = await numberedLines(db, ['once'], { account: null, unmatched: false });
    expect(before.map(({ amount, accountTail }) => [amount, accountTail])).toEqual([
      [4400n, '6789'],
      [4400n, '6789'],
      [-90000n, '6789'],
    ]);
    expect(await keep('once', BANK, [line(), line(), line({ transactionId: '2' })])).toBe(1);
    expect((await numberedLines(db, ['once'], { account: null, unmatched: false })).slice(0, 3)).toEqual(before);
  });

  test('of bank and card, and of two connections, are lines of their own', async () => {
    expect(await keep('two', BANK, [line()])).toBe(1);
    expect(await keep('two', { account: 'card', tail: '6789' }, [line()])).toBe(1);
    expect(await keep('three', BANK, [line()])).toBe(1);
  });

  test('that are taken in twice at the same moment are stored once', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => keep('at-once', BANK, [line(), line(), line({ transactionId: null })])),
    );
    expect(results.sort()).toEqual([0, 0, 0, 0, 0, 3]);
    expect(await bankLines(db, 'at-once', { unmatched: true })).toHaveLength(3);
  });
});

test('lines from before have numbers, and are known by what they are', async () => {
  // The table as it was, with lines under the keys of that time: the bank's id, or the words with their ordinal.
  const owner = openStore(postgres.ownerUrl, { max: 1 });
  await sql`create schema before`.execute(owner.db);
  await owner.db.connection().execute(async (one) => {
    await sql`set search_path = before`.execute(one);
    await sql`create table bank_lines (
      connection text not null, line_key text not null, account text not null, date date not null, amount bigint not null,
      currency text not null, description text not null, transaction_id text, movement text, primary key (connection, line_key))`.execute(
      one,
    );
    await sql`insert into bank_lines values
      ('old', 'bank:1', 'bank', '2026-08-06', 4400, 'USD', 'AMAZON MKTPLACE PMTS', '1', 'DEP'),
      ('old', 'bank:2026-08-05|100|USD|COFFEE|1', 'bank', '2026-08-05', 100, 'USD', 'COFFEE', null, null),
      ('old', 'bank:2026-08-05|100|USD|COFFEE|2', 'bank', '2026-08-05', 100, 'USD', 'COFFEE', null, null)`.execute(one);
    await addNumbers(one as unknown as Kysely<unknown>);
    expect((await storedIn(one)).map(({ number, line_key }) => [number, line_key])).toEqual([
      [1, 'bank:2026-08-05|100|USD|COFFEE|1'],
      [2, 'bank:2026-08-05|100|USD|COFFEE|2'],
      [3, 'bank:1'],
    ]);
    const coffee = line({ date: '2026-08-05', amount: 100n, description: 'COFFEE', transactionId: null });
    const again = (lines: ReadLine[]) =>
      keepStatementLines(one, 'old', BANK, { from: '2026-08-01', to: '2026-08-31' }, (known) =>
        newLines(BANK, lines, known),
      );
    expect(await again([line(), coffee, coffee])).toBe(0);
    // The line that was lost because its id was seen before comes with the same statement.
    expect(await again([line(), coffee, coffee, line({ description: 'AMAZON.COM 2ND', amount: 5500n })])).toBe(1);
    expect((await storedIn(one)).map(({ number, account_tail, movement }) => [number, account_tail, movement])).toEqual(
      [
        [1, '6789', null],
        [2, '6789', null],
        [3, '6789', 'DEP'],
        [4, '6789', null],
      ],
    );
  });
  await owner.close();

  async function storedIn(one: typeof db) {
    return (
      await sql<{
        number: number;
        line_key: string;
        account_tail: string | null;
        movement: string | null;
      }>`select * from bank_lines order by number`.execute(one)
    ).rows;
  }
});

test('the form of an account is the last that was said', async () => {
  expect(await rememberedForm(db, 'forms', 'bank')).toBeNull();
  await rememberForm(db, 'forms', 'bank', { columns: { date: 'Tag' }, currency: 'EUR' });
  await rememberForm(db, 'forms', 'bank', { columns: { date: 'Buchung' }, decimal: ',' });
  expect(await rememberedForm(db, 'forms', 'bank')).toEqual({ columns: { date: 'Buchung' }, decimal: ',' });
  expect(await rememberedForm(db, 'forms', 'card')).toBeNull();
});
