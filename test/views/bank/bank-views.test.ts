import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bankLinesView } from '../../../src/views/bank/bank-lines-view.ts';
import { statementView } from '../../../src/views/bank/statement-view.ts';
import { storeLines, storePayouts, storeWaiting } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
  const line = { account: 'bank' as const, date: '2026-10-30', currency: 'USD', transactionId: null };
  await storeLines(world.store.db, 'demo-us', [
    { ...line, key: 'bank:2', amount: 6130n, description: 'AMAZON.COM MKTPL' },
    { ...line, key: 'bank:3', amount: -2500n, description: 'WIRE FEE' },
  ]);
});
afterAll(() => world.stop());

describe('the lines of statements', () => {
  test('say what each proves', async () => {
    const lines = plain(await bankLinesView(world.source, ['demo-us'], { account: null, unmatched: false }));
    expect(lines.map(({ number, amount, proves }) => [number, amount, proves?.settlementId ?? null])).toEqual([
      [1, '27.59', '20001234561'],
      [2, '61.30', null],
      [3, '-25.00', null],
    ]);
  });

  test('are those that prove nothing, or those of one account', async () => {
    const free = await bankLinesView(world.source, ['demo-us'], { account: null, unmatched: true });
    expect(free.map(({ number }) => number)).toEqual([2, 3]);
    expect(await bankLinesView(world.source, ['demo-us'], { account: 'card', unmatched: false })).toEqual([]);
    expect(await bankLinesView(world.source, ['other'], { account: null, unmatched: false })).toEqual([]);
  });
});

describe('what became of a statement', () => {
  test('is told of the lines that are Amazon\u2019s: matched, or waiting for the journal of their payout', async () => {
    expect(plain(await statementView(world.source, 'bank', { from: '2026-10-01', to: '2026-10-31' }))).toEqual({
      amazonLines: [
        {
          date: '2026-10-16',
          amount: '27.59',
          currency: 'USD',
          what: 'payout 20001234561',
          how: 'by trace id',
          matched: true,
        },
        {
          date: '2026-10-30',
          amount: '61.30',
          currency: 'USD',
          what: 'payout 20001234562',
          how: 'waits for its journal',
          matched: false,
        },
      ],
      matched: 1,
      otherLines: 1,
      settled: true,
    });
  });

  test('is nothing where it has no lines', async () => {
    expect(plain(await statementView(world.source, 'card', null))).toEqual({
      amazonLines: [],
      matched: 0,
      otherLines: 0,
      settled: true,
    });
  });
});
