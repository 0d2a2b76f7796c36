/** The steps of a payout that ask nobody outside: staged, classified and tied, each by itself, twice, and refused. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { payoutReasons } from '../../../src/activities/payouts/prove-payout.ts';
import { decideAmount } from '../../../src/activities/decisions/decide.ts';
import { classifySettlement } from '../../../src/activities/payouts/classify-settlement.ts';
import { stageSettlement } from '../../../src/activities/payouts/stage-settlement.ts';
import { tieSettlement } from '../../../src/activities/payouts/tie-settlement.ts';
import { account as fee, report } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { bring, FIRST, openWorkedExample, postOrder, SECOND, takeEverythingIn, upTo } from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  account = await openWorkedExample(postgres);
  await takeEverythingIn(account);
});
afterEach(() => account?.close());

const stage = (settlementId = FIRST) => account.run(stageSettlement, { settlementId });
const classify = (settlementId = FIRST) => account.run(classifySettlement, { settlementId });
const tie = (settlementId = FIRST) => account.run(tieSettlement, { settlementId });
const rows = async (settlementId = FIRST) =>
  (
    await postgres.store.db
      .selectFrom('settlement_rows')
      .select(['amount', 'role', 'booked', 'document'])
      .where('connection', '=', account.name)
      .where('settlement_id', '=', settlementId)
      .orderBy('line')
      .execute()
  ).map((row) => ({ ...row, amount: Number(row.amount) }));
const state = async (settlementId = FIRST) =>
  (
    await postgres.store.db
      .selectFrom('settlements')
      .select('state')
      .where('connection', '=', account.name)
      .where('settlement_id', '=', settlementId)
      .executeTakeFirstOrThrow()
  ).state;

/** A file of fees alone, of a settlement that Amazon has not listed. */
const fees = (id: string, total: string, description = 'Storage Fee', marketplace = 'Amazon.com') =>
  report({ id, start: '2026-11-12T20:00:00Z', end: '2026-11-19T20:00:00Z', deposit: '2026-11-21T20:00:00Z', total }, [
    { ...fee(description, '-5.00', '2026-11-13T10:00:00Z'), 'marketplace-name': marketplace },
    { ...fee('Storage Fee', '-2.00', '2026-11-14T10:00:00Z'), 'marketplace-name': marketplace },
  ]);
const OTHER = '26100000009';

describe('stageSettlement', () => {
  test('stages each row with its exact amount, and the same rows when it runs again', async () => {
    expect(await stage()).toEqual({ result: 'staged', rows: 17 });
    const first = await rows();
    expect(first.reduce((sum, { amount }) => sum + amount, 0)).toBe(2002);
    expect(await stage()).toEqual({ result: 'staged', rows: 17 });
    expect(await rows()).toEqual(first);
  });

  test('refuses a file that is a cent off its total: nothing is staged, until one that adds up comes', async () => {
    await bring(account, fees(OTHER, '-7.01'));
    expect(await stage(OTHER)).toMatchObject({
      result: 'stopped',
      sentence: expect.stringMatching(/does not add up\. 2 rows sum to −7\.00, .* says −7\.01; difference 0\.01\.$/),
    });
    expect([await rows(OTHER), await state(OTHER), await account.open()]).toEqual([[], 'refused', ['report-sum']]);
    await bring(account, fees(OTHER, '-7.00'));
    expect(await stage(OTHER)).toEqual({ result: 'staged', rows: 2 });
    expect(await state(OTHER)).toBe('staged');
  });
});

describe('classifySettlement', () => {
  test('gives every row one role, and the same when it runs again', async () => {
    await stage();
    expect(await classify()).toEqual({ result: 'classified' });
    const first = await rows();
    const sums = new Map<string | null, number>();
    for (const { role, amount } of first) sums.set(role, (sums.get(role) ?? 0) + amount);
    expect(Object.fromEntries(sums)).toEqual({
      'product-sales': 6500,
      'shipping-income': 599,
      promotions: -500,
      'marketplace-tax': 0,
      'selling-fees': -990,
      'fulfilment-fees': -1307,
      storage: -300,
      'reserve-held': -2000,
    });
    expect(await classify()).toEqual({ result: 'classified' });
    expect(await rows()).toEqual(first);
  });

  test('stops at a key that no rule names and holds up no other payout; a decision lets it go on', async () => {
    await bring(account, fees(OTHER, '-7.00', 'Dock Fee'));
    await Promise.all([stage(OTHER), stage()]);
    const unknown = {
      result: 'unknown',
      keys: ['other-transaction / other-transaction / Dock Fee'],
      rows: 1,
      amount: '-5.00',
      currency: 'USD',
    };
    expect(await classify(OTHER)).toMatchObject(unknown);
    expect(await classify(OTHER)).toMatchObject(unknown);
    expect([await account.open(), await state(OTHER)]).toEqual([['unknown-amount'], 'waits-amount']);
    // What a close says of it: it is read, and waits for a person.
    expect(await payoutReasons(account.connection, OTHER)).toEqual([expect.stringContaining('Dock Fee')]);
    expect(await classify()).toEqual({ result: 'classified' });
    const decision = {
      transactionType: 'other-transaction',
      amountType: 'other-transaction',
      amountDescription: 'Dock Fee',
      role: 'inbound',
      by: 'maria',
      why: 'inbound cost',
    };
    expect(await account.run(decideAmount, { decision })).toMatchObject({ released: 1, choice: 'inbound' });
    expect(await account.run(decideAmount, { decision })).toMatchObject({ released: 1, choice: 'inbound' });
    expect(await classify(OTHER)).toEqual({ result: 'classified' });
    expect([(await rows(OTHER)).map(({ role }) => role), await account.open()]).toEqual([['inbound', 'storage'], []]);
  });

  test('leaves a settlement of another marketplace alone, and says so', async () => {
    await bring(account, fees(OTHER, '-7.00', 'Storage Fee', 'Amazon.ca'));
    await stage(OTHER);
    expect(await classify(OTHER)).toEqual({ result: 'left-alone' });
    expect([await state(OTHER), await account.open()]).toEqual(['left-alone', ['marketplace-not-listed']]);
  });
});

describe('decideAmount', () => {
  test('refuses a mapping that cannot stand beside the amount map, and stores nothing', async () => {
    const reserve = ['other-transaction', 'other-transaction', 'Current Reserve Amount'] as const;
    const [transactionType, amountType, amountDescription] = reserve;
    const decision = {
      transactionType,
      amountType,
      amountDescription,
      role: 'inbound',
      by: 'maria',
      why: 'inbound cost',
    };
    await expect(account.run(decideAmount, { decision })).rejects.toMatchObject({
      type: 'DECISION_SHAPE',
    });
    expect(
      await postgres.store.db.selectFrom('decisions').where('connection', '=', account.name).selectAll().execute(),
    ).toEqual([]);
  });
});

describe('tieSettlement', () => {
  test('misses what is not posted and says so, then ties it to the cent', async () => {
    await upTo(account, 'classify');
    await upTo(account, 'classify', SECOND);
    expect(await tie()).toEqual({ missing: 1, missingBeforeCutOver: 0 });
    expect(await tie()).toEqual({ missing: 1, missingBeforeCutOver: 0 });
    expect(await tie(SECOND)).toEqual({ missing: 1, missingBeforeCutOver: 0 });
    expect(await account.open()).toEqual(['document-missing', 'document-missing']);
    await postOrder(account);
    expect([await tie(), await tie(), await tie(SECOND)]).toEqual(
      Array(3).fill({ missing: 0, missingBeforeCutOver: 0 }),
    );
    expect(await account.open()).toEqual([]);
    const tied = async (settlementId: string) =>
      (await rows(settlementId))
        .filter(({ document }) => document !== null)
        .reduce<Record<string, number>>((sums, { document, amount }) => {
          const purpose = document!.split('_')[2]!;
          return { ...sums, [purpose]: (sums[purpose] ?? 0) + amount };
        }, {});
    expect([await tied(FIRST), await tied(SECOND)]).toEqual([{ INV: 6599 }, { CM: -2500 }]);
    const applications = await postgres.store.db
      .selectFrom('applications')
      .select(['settlement_id', 'kind', 'amount'])
      .where('connection', '=', account.name)
      .orderBy('settlement_id')
      .execute();
    expect(applications.map(({ kind, amount }) => [kind, Number(amount)])).toEqual([
      ['PAY', 6599],
      ['RFD', 2500],
    ]);
  });

  test('books what documents own as clearing, and everything else by its meaning', async () => {
    await upTo(account, 'tie');
    const booked = (await rows()).reduce<Record<string, number>>(
      (sums, { booked: role, amount }) => ({ ...sums, [role!]: (sums[role!] ?? 0) + amount }),
      {},
    );
    expect(booked).toEqual({
      clearing: 6599,
      'marketplace-tax': 0,
      'selling-fees': -990,
      'fulfilment-fees': -1307,
      storage: -300,
      'reserve-held': -2000,
    });
  });
});
