import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { payoutProgressViews } from '../../../src/views/payouts/payout-progress-view.ts';
import { payoutView } from '../../../src/views/payouts/payout-view.ts';
import { storePayouts, storeWaiting } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

describe('a payout', () => {
  test('that is tied has its five stations, its documents and its line at the bank', async () => {
    // 34.99 − 5.25 + 1.20 − 3.35 = 27.59
    expect(plain(await payoutView(world.source, '20001234561'))).toEqual({
      connection: 'demo-us',
      settlementId: '20001234561',
      currency: 'USD',
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-15T06:59:59Z',
      depositDate: '2026-10-15T06:59:59Z',
      total: '27.59',
      rows: 4,
      sum: '27.59',
      state: 'tied',
      steps: { rows: 'done', total: 'done', journal: 'done', deposit: 'done', bank: 'done' },
      applied: 1,
      toApply: 1,
      roundings: 0,
      taxRoundings: 0,
      documents: [
        expect.objectContaining({ type: 'journalEntry', name: 'JE10002', total: '34.99', currency: 'USD' }),
        expect.objectContaining({ type: 'customerPayment', name: 'PAY PYMT10001', total: '34.99', failure: null }),
      ],
      movements: [
        {
          kind: 'payout',
          externalId: 'AMZ_demo-us_DEP_20001234561_1',
          amount: '27.59',
          traceId: '021000020006017',
          date: '2026-10-16',
          state: 'posted',
        },
      ],
      waitsFor: null,
      next: null,
      exceptions: [],
      workflowId: 'payout:demo-us:20001234561',
      link: 'http://127.0.0.1:8233/namespaces/default/workflows/payout%3Ademo-us%3A20001234561',
      timeZone: 'America/Los_Angeles',
      verdict: 'tied',
      sentence: 'Waits for nothing.',
    });
  });

  test('that waits says for what, and the command that moves it on', async () => {
    // 3 × −12.90 = −38.70, and 100.00 of another key
    expect(plain(await payoutView(world.source, '20001234562'))).toMatchObject({
      total: '61.30',
      sum: '61.30',
      state: 'waits-amount',
      verdict: 'waits for Finance',
      steps: { rows: 'done', total: 'done', journal: 'open', deposit: 'open', bank: 'open' },
      documents: [],
      movements: [],
      sentence: 'Waits for 3 rows (−38.70 USD) without an account.',
      next: 'npx tieout map-amount 2 inbound --why "…"',
      exceptions: [2],
    });
  });

  test('that is not known says which are', async () => {
    await expect(payoutView(world.source, '1')).rejects.toMatchObject({
      notice: { code: 'not-found', where: ['connection demo-us has 20001234561, 20001234562'] },
    });
  });
});

describe('the progress of payouts', () => {
  test('breaks the rows down by what they are, and shows the line at the bank', async () => {
    const [tied, waiting] = plain(await payoutProgressViews(world.store.db, 'demo-us', () => false));
    expect(tied).toEqual({
      settlementId: '20001234561',
      currency: 'USD',
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-15T06:59:59Z',
      total: '27.59',
      rows: 4,
      state: 'tied',
      // −5.25 + 1.20 − 3.35
      parts: {
        sales: '34.99',
        tax: '0.00',
        fees: '-7.40',
        other: '0.00',
        reserve: '0.00',
        released: '0.00',
        held: '0.00',
        total: '27.59',
      },
      journal: { posted: true, debit: '34.99' },
      applied: { invoices: 1, creditMemos: 0, planned: 1 },
      movements: [
        {
          externalId: 'AMZ_demo-us_DEP_20001234561_1',
          kind: 'payout',
          amount: '27.59',
          state: 'posted',
          traceId: '021000020006017',
          line: {
            account: 'bank',
            date: '2026-10-16',
            amount: '27.59',
            description: 'AMAZON.COM MKTPL 021000020006017',
            traced: true,
          },
        },
      ],
    });
    expect(waiting).toMatchObject({
      total: '61.30',
      parts: null,
      journal: { posted: false, debit: '0.00' },
      movements: [],
    });
  });

  test('leaves out those that nobody watches any more', async () => {
    const views = await payoutProgressViews(
      world.store.db,
      'demo-us',
      (settlementId) => settlementId === '20001234561',
    );
    expect(views.map(({ settlementId }) => settlementId)).toEqual(['20001234562']);
  });
});
