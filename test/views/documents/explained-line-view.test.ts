import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentLinesView } from '../../../src/views/documents/document-lines-view.ts';
import { explainedLineView } from '../../../src/views/documents/explained-line-view.ts';
import { SETTLED_ORDER, storeCommissionDecision, storePayouts, storeWaiting } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

const JOURNAL = 'AMZ_demo-us_JE_20001234561_1';

describe('the lines of a document', () => {
  test('are those that NetSuite holds, each with its side', async () => {
    const lines = plain(await documentLinesView(world.source, JOURNAL));
    expect(lines.map(({ line, name, account, debit, credit }) => [line, name, account, debit, credit])).toEqual([
      [1, 'payouts-in-transit', '1190', '27.59', '0.00'],
      [2, 'clearing', '1180', '0.00', '34.99'],
      [3, 'selling-fees', '6110', '4.05', '0.00'],
      [4, 'fulfilment-fees', '6120', '3.35', '0.00'],
    ]);
    expect(lines[0]).toMatchObject({ type: 'journalEntry', number: 'JE10002', state: 'posted', currency: 'USD' });
  });

  test('of an order are explained by the order', async () => {
    await expect(documentLinesView(world.source, `AMZ_demo-us_SO_${SETTLED_ORDER}_1`)).rejects.toMatchObject({
      notice: { code: 'not-found', do: [`npx tieout status order ${SETTLED_ORDER}`] },
    });
  });
});

describe('a line explained', () => {
  test('is the sum of its rows by key, with the rule that sent them there and its payout', async () => {
    // −5.25 + 1.20 = −4.05, a debit
    const view = plain(await explainedLineView(world.source, JOURNAL, 3, 'sums'));
    expect(view).toMatchObject({
      externalId: JOURNAL,
      line: 3,
      kind: 'Journal line',
      name: 'selling-fees',
      debit: '4.05',
      credit: '0.00',
      settlementId: '20001234561',
      rowCount: 2,
      sum: '-4.05',
      agrees: true,
      because: ['map v1: Order, Refund / ItemFees / Commission → selling-fees'],
      payout: {
        total: '27.59',
        state: 'tied',
        bankDate: '2026-10-16',
        traceId: '021000020006017',
        expected: true,
      },
      behind: 'keys',
      byRole: [],
    });
    expect(
      view.byKey.map(({ transactionType, rows, amount, booked }) => [transactionType, rows, amount, booked]),
    ).toEqual([
      ['Order', 1, '-5.25', 'selling-fees'],
      ['Refund', 1, '1.20', 'selling-fees'],
    ]);
    expect(view).not.toHaveProperty('rows');
  });

  test('lists the rows one by one where they are asked for', async () => {
    const { rows } = plain(await explainedLineView(world.source, JOURNAL, 3, 'rows'));
    expect(rows?.map(({ line, orderId, sku, amount }) => [line, orderId, sku, amount])).toEqual([
      [4, SETTLED_ORDER, 'BLU-MUG', '-5.25'],
      [5, SETTLED_ORDER, 'BLU-MUG', '1.20'],
    ]);
  });

  test('has the whole report behind the payout line, by role', async () => {
    expect(plain(await explainedLineView(world.source, JOURNAL, 1, 'sums'))).toMatchObject({
      behind: 'report',
      rowCount: 4,
      sum: '27.59',
      byRole: [
        { role: 'selling-fees', rows: 2, amount: '-4.05' },
        { role: 'clearing', rows: 1, amount: '34.99' },
        { role: 'fulfilment-fees', rows: 1, amount: '-3.35' },
      ],
    });
  });

  test('names the person and the reason where a decision sent the rows there', async () => {
    await storeCommissionDecision(world.store);
    expect((await explainedLineView(world.source, JOURNAL, 3, 'sums')).because).toEqual([
      'decision of ana@example.com: Order / ItemFees / Commission → selling-fees ("policy 4.2")',
      'map v1: Refund / ItemFees / Commission → selling-fees',
    ]);
  });

  test.each([
    ['a line that is not there', JOURNAL, 5],
    ['a document that is not there', 'AMZ_demo-us_JE_20001234561_2', 1],
  ])('is not found for %s', async (_what, externalId, line) => {
    await expect(explainedLineView(world.source, externalId, line, 'sums')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
