/** The steps of a payout that post: journal, payment, deposit, and the proof, each by itself, twice, and refused. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { applyPayout } from '../../../src/activities/payouts/apply-payout.ts';
import { matchMovements } from '../../../src/activities/payouts/match-movements.ts';
import { postJournal } from '../../../src/activities/payouts/post-journal.ts';
import { postMovements } from '../../../src/activities/payouts/post-movements.ts';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { tieSettlement } from '../../../src/activities/payouts/tie-settlement.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { account as row, report } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountOptions, AccountUnderTest } from '../account-under-test.ts';
import {
  bring,
  FILES,
  FIRST,
  held,
  openWorkedExample,
  postOrder,
  takeEverythingIn,
  takeInStatement,
  upTo,
} from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** The order's documents are posted, unless they come later; what was written up to here is not asked for any more. */
async function begin({
  orders = 'posted',
  ...options
}: Partial<AccountOptions> & { orders?: 'posted' | 'later' } = {}) {
  account = await openWorkedExample(postgres, options);
  await takeEverythingIn(account);
  if (orders === 'posted') await postOrder(account);
}
const journal = () => account.run(postJournal, { settlementId: FIRST });
const apply = () => account.run(applyPayout, { settlementId: FIRST });
const match = () => account.run(matchMovements, { settlementId: FIRST });
const movements = () => account.run(postMovements, { settlementId: FIRST });
const prove = () => account.run(provePayout, { settlementId: FIRST });
const key = (purpose: string) => `AMZ_${account.name}_${purpose}_${FIRST}_1`;
const since = async (before: readonly string[]) => (await held(account)).slice(before.length);
const refuse = (type: string) =>
  account.netsuitePage('POST', '/faults', { kind: 'no-permission', match: { method: 'POST', path: `/${type}$` } });
const setMonth = (month: string, to: 'open' | 'closed') =>
  account.netsuitePage('POST', '/admin/periods', {
    month,
    closed: to === 'closed',
    allLocked: to === 'closed',
    arLocked: to === 'closed',
  });

const setOctober = (to: 'open' | 'closed') => setMonth('2026-10', to);

describe('postJournal', () => {
  test('posts the journal once, of 65.99 on each side', async () => {
    await begin();
    await upTo(account, 'tie');
    const before = await held(account);
    expect(await journal()).toEqual({ result: 'done', externalIds: [key('JE')] });
    expect(await journal()).toEqual({ result: 'done', externalIds: [key('JE')] });
    expect(await since(before)).toEqual(['JE 65.99']);
  });

  test('waits where its month is closed, and posts nothing before that is open', async () => {
    await begin();
    await upTo(account, 'tie');
    account.writes();
    await setOctober('closed');
    expect(await journal()).toMatchObject({ result: 'stopped', exception: expect.any(Number) });
    expect([await account.open(), account.writes()]).toEqual([['period-closed'], []]);
    await setOctober('open');
    expect(await journal()).toMatchObject({ result: 'done' });
    expect([await account.open(), account.writes()]).toEqual([[], ['POST journalEntry']]);
  });

  // Storage 3.00 of October is part 1; part 2 has the reimbursement of 10.00 less the 3.00 that part 1 bridged.
  test('whose month closes before it is posted keeps its part: all parts wait together, and post once it is open', async () => {
    const head = {
      id: FIRST,
      start: '2026-10-20T07:00:00Z',
      end: '2026-11-03T08:00:00Z',
      deposit: '2026-11-05T08:00:00Z',
    };
    const file = report({ ...head, total: '7.00' }, [
      row('Storage Fee', '-3.00', '2026-10-29T12:00:00Z'),
      row('WAREHOUSE_DAMAGE', '10.00', '2026-11-02T12:00:00Z', 'FBA Inventory Reimbursement'),
    ]);
    await begin({ world: worldFromSettlements([file]), orders: 'later' });
    await upTo(account, 'tie');
    account.writes();
    await setMonth('2026-11', 'closed');
    expect(await journal()).toMatchObject({ result: 'stopped' });
    await setMonth('2026-10', 'closed');
    await setMonth('2026-11', 'open');
    expect(await journal()).toMatchObject({ result: 'stopped' });
    expect([await account.open(), account.writes()]).toEqual([['period-closed'], []]);
    await setMonth('2026-10', 'open');
    expect(await journal()).toMatchObject({ result: 'done' });
    expect(await account.open()).toEqual([]);
    expect(await held(account)).toEqual(['JE 3', 'JE 10']);
  });

  test('stops where NetSuite refuses it, and is posted when that is mended', async () => {
    await begin();
    await upTo(account, 'tie');
    await refuse('journalEntry');
    expect(await journal()).toMatchObject({ result: 'stopped' });
    expect(await account.open()).toEqual(['netsuite-refused']);
    expect(await journal()).toMatchObject({ result: 'done' });
    expect(await account.open()).toEqual([]);
  });

  test('is planned and not posted where the connection only plans', async () => {
    await begin({ settings: { posting: 'plan' }, orders: 'later' });
    await upTo(account, 'tie');
    expect(await journal()).toEqual({ result: 'planned' });
    expect(account.writes()).toEqual([]);
  });
});

describe('applyPayout', () => {
  test('pays the invoice off once, out of clearing', async () => {
    await begin();
    await upTo(account, 'journal');
    const before = await held(account);
    expect(await apply()).toEqual({ result: 'done', applied: 1, left: 0 });
    expect(await apply()).toEqual({ result: 'done', applied: 1, left: 0 });
    expect(await since(before)).toEqual(['PAY 65.99']);
  });

  test('leaves out what has no document yet, and applies it when that has come', async () => {
    await begin({ orders: 'later' });
    await upTo(account, 'journal');
    expect(await apply()).toEqual({ result: 'done', applied: 0, left: 0 });
    await postOrder(account);
    await account.run(tieSettlement, { settlementId: FIRST });
    expect(await apply()).toEqual({ result: 'done', applied: 1, left: 0 });
    expect((await held(account)).at(-1)).toBe('PAY 65.99');
  });

  test('stops where NetSuite refuses the payment, and applies it when that is mended', async () => {
    await begin();
    await upTo(account, 'journal');
    await refuse('customerPayment');
    expect(await apply()).toMatchObject({ result: 'stopped' });
    expect(await account.open()).toEqual(['netsuite-refused']);
    expect(await apply()).toEqual({ result: 'done', applied: 1, left: 0 });
    expect(await account.open()).toEqual([]);
  });
});

describe('matchMovements and postMovements', () => {
  test('a payout without its line is open; its line is taken once, and deposited once', async () => {
    await begin();
    await upTo(account, 'apply');
    expect(await match()).toMatchObject({ matched: [], open: 1, failed: 0 });
    expect(await movements()).toEqual({ result: 'done', externalIds: [] });
    expect(await takeInStatement(account)).toMatchObject({ lines: 2, fresh: 2 });
    expect(await takeInStatement(account)).toMatchObject({ lines: 2, fresh: 0 });
    expect(await match()).toEqual({ matched: [key('DEP')], open: 0, failed: 0 });
    expect(await match()).toEqual({ matched: [key('DEP')], open: 0, failed: 0 });
    const before = await held(account);
    expect(await movements()).toEqual({ result: 'done', externalIds: [key('DEP')] });
    expect(await movements()).toEqual({ result: 'done', externalIds: [] });
    expect(await match()).toEqual({ matched: [], open: 0, failed: 0 });
    expect(await since(before)).toEqual(['DEP 20.02']);
  });

  test('a deposit that NetSuite refuses stops, and is posted when that is mended', async () => {
    await begin();
    await takeInStatement(account);
    await upTo(account, 'match');
    await refuse('deposit');
    expect(await movements()).toMatchObject({ result: 'stopped' });
    expect(await account.open()).toEqual(['netsuite-refused']);
    expect(await movements()).toEqual({ result: 'done', externalIds: [key('DEP')] });
  });
});

describe('provePayout', () => {
  test('says tied once everything is read back, as often as it is asked', async () => {
    await begin();
    await takeInStatement(account);
    await upTo(account, 'movements');
    expect(await prove()).toEqual({ tied: true });
    account.writes();
    expect(await prove()).toEqual({ tied: true });
    expect(account.writes()).toEqual([]);
  });

  test('says what is missing: a line of the bank, and a document', async () => {
    await begin({ orders: 'later' });
    await upTo(account, 'movements');
    expect(await prove()).toEqual({
      tied: false,
      reissued: false,
      reasons: [
        `movements seen: not seen on a statement: ${key('DEP')}`,
        'rows tied: 1 sales or refunds have no document yet',
      ],
    });
  });

  test('finds a deposit that somebody dated otherwise in NetSuite', async () => {
    await begin();
    await takeInStatement(account);
    await upTo(account, 'movements');
    const { netsuite } = account.connection;
    const [row] = await netsuite.suiteql(`SELECT id FROM transaction WHERE externalid = '${key('DEP')}'`);
    await netsuite.patch('deposit', row!['id']!, { tranDate: '2026-10-30' });
    expect(await prove()).toMatchObject({
      tied: false,
      reasons: [
        expect.stringMatching(/^days = NetSuite: .* is dated 2026-10-30 in NetSuite, and was posted on 2026-10-31/),
      ],
    });
    expect(await account.open()).not.toEqual([]);
  });

  test('says that the report was issued again, before it asks NetSuite anything', async () => {
    await begin();
    await upTo(account, 'journal');
    const bytes = new TextEncoder().encode(new TextDecoder().decode(FILES[0]!.bytes).replaceAll('SKU-B', 'SKU-C'));
    expect(await bring(account, { bytes })).toBe(FIRST);
    expect(await prove()).toEqual({ tied: false, reissued: true, reasons: [] });
  });
});
