/**
 * A month from its first working out to its signature, and what becomes of it when somebody alters the books behind it. September:
 * two sales of 50.00 and 30.00, 25.00 given back, fees of 7.50, 2.50 and 2.50; the sale of 30.00 is paid in October.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionsOf, type Dependencies } from '../../../src/activities/dependencies.ts';
import type { Connection } from '../../../src/activities/connection.ts';
import { payoutReasons } from '../../../src/activities/payouts/prove-payout.ts';
import { bookingOf } from '../../../src/activities/posting/booking.ts';
import { decideAccrual } from '../../../src/activities/period/approve-accrual.ts';
import { dueCloses, evaluateClose } from '../../../src/activities/period/evaluate-close.ts';
import { decideCarryItem, decideOpeningBalance, decideReopen } from '../../../src/activities/period/decide-close.ts';
import { readBalancesOn } from '../../../src/activities/period/read-balances-on.ts';
import { decideSignOff } from '../../../src/activities/period/sign-close.ts';
import { tellClose } from '../../../src/activities/period/tell-close.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { recordAudit } from '../../../src/store/audit/audit-log.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { confirmedOpenings, loadClose, saveClose, signaturesOf } from '../../../src/store/period/closes.ts';
import { archiveOf } from '../../../src/operations/evidence/archive.ts';
import { balancesOnView, type BalancesOnView } from '../../../src/views/period/balances-on-view.ts';
import { closeView } from '../../../src/views/period/close-view.ts';
import { closePack } from '../../../src/views/period/close-pack.ts';
import { sampleOfMonth } from '../../../src/views/period/sample.ts';
import { settlementProof } from '../../../src/views/payouts/settlement-proof.ts';
import { account, refund, report, sale } from '../../end-to-end/report.ts';
import { deleteInNetSuite } from '../../end-to-end/stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';

const of = { order: '118-0000001-0000001', item: '8001', sku: 'SKU-C', quantity: 1 };
const SEPTEMBER = report(
  {
    id: '27700000001',
    start: '2026-09-10T07:00:00Z',
    end: '2026-09-24T07:00:00Z',
    deposit: '2026-09-26T07:00:00Z',
    total: '15.00',
  },
  [
    ...sale({ ...of, shipment: 'Dc1', at: '2026-09-12T16:00:00Z', quantity: 2 }, [
      ['ItemPrice', 'Principal', '50.00'],
      ['ItemFees', 'Commission', '-7.50'],
    ]),
    ...refund({ ...of, at: '2026-09-15T16:00:00Z' }, [['ItemPrice', 'Principal', '-25.00']]),
    account('Storage Fee', '-2.50', '2026-09-18T12:00:00Z'),
  ],
);
const OVER_THE_END = report(
  {
    id: '27700000002',
    start: '2026-09-24T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '67.50',
  },
  [
    account('Storage Fee', '-2.50', '2026-09-26T12:00:00Z'),
    ...sale({ ...of, shipment: 'Dc2', at: '2026-09-28T16:00:00Z' }, [['ItemPrice', 'Principal', '30.00']]),
    ...sale({ ...of, order: '118-0000002-0000002', item: '8002', shipment: 'Dc3', at: '2026-10-02T16:00:00Z' }, [
      ['ItemPrice', 'Principal', '40.00'],
    ]),
  ],
);

let world: WorldUnderTest;
let connection: Connection;
const input = () => ({ connection: world.connection, policy: world.policy });
const item = async (name: string, period = '2026-09') =>
  (await loadClose(world.store.db, world.connection, period))!.close.items.find((one) => one.name === name)!;
const packOf = async (period: string) =>
  (await closePack(
    { store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } },
    null,
    period,
  ))!;
const source = () => ({ store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } });
const balancesOn = async (day: string) =>
  balancesOnView(source(), day, await readBalancesOn(connection, { ...input(), day }));
/** What is not zero, by account: documents, left, NetSuite. */
const standing = ({ accounts }: BalancesOnView) =>
  Object.fromEntries(
    accounts
      .filter(({ documents, left, netsuite }) => [documents, left, netsuite].some((amount) => amount !== '0.00'))
      .map(({ account: name, documents, left, netsuite }) => [name, [documents, left, netsuite].join(' ')]),
  );
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error as Error).message,
  );

describe('a month', () => {
  beforeAll(async () => {
    const told = worldFromSettlements([SEPTEMBER, OVER_THE_END]);
    let deps: Dependencies | null = null;
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      settings: { close: { accruals: false } },
      deps: (given) => (deps = given),
    });
    connection = connectionsOf(deps!).get(world.connection)!;
    await world.runToTheEnd();
  }, 180_000);
  afterAll(() => world?.close());

  test('dueCloses has every month since the cut-over that is not signed', async () => {
    expect(await dueCloses(connection, input())).toEqual(['2026-09', '2026-10']);
  });

  test('evaluateClose finds that all of September ties, with the figures that were worked out by hand', async () => {
    expect(await evaluateClose(connection, { ...input(), period: '2026-09' })).toEqual({
      sentence:
        'September 2026: 11 of 14 items tie, stock, tax and accruals not used. It can be signed, due 2026-10-07.',
      lines: [],
      isSigned: false,
    });
    // 50.00 and 30.00 billed, 25.00 credited, 15.00 paid out; fees of 12.50, of which 2.50 come with October's payout.
    const figures = await Promise.all(
      ['orders', 'dispatches', 'sales', 'refunds', 'payouts', 'deposits', 'costs'].map(async (name) => {
        const { figures: all } = await item(name);
        return [name, ...all.map(({ currency, figure }) => [currency, figure])];
      }),
    );
    expect(figures).toEqual([
      ['orders', [null, 1n]],
      ['dispatches', [null, 2n]],
      ['sales', ['USD', 8000n]],
      ['refunds', ['USD', 2500n]],
      ['payouts', ['USD', 1500n]],
      ['deposits', ['USD', 1500n]],
      ['costs', ['USD', 1250n]],
    ]);
    const { rollForwards } = (await loadClose(world.store.db, world.connection, '2026-09'))!.close;
    const closings = rollForwards
      .filter(({ closing }) => closing !== 0n)
      .map(({ account: name, closing }) => [name, closing]);
    expect(closings).toEqual([
      ['receivable', 3000n],
      ['bank', 1500n],
      ['settlement-in-progress', -250n],
    ]);
  });

  test('readBalancesOn has each account at the end of any day, and what is left of which document since when', async () => {
    const twentieth = await balancesOn('2026-09-20');
    expect(twentieth).toMatchObject({ live: true, agrees: true, unfinished: [] });
    // 50.00 billed on the 12th, 25.00 credited on the 15th; the settlement of both ends on the 23rd.
    expect(standing(twentieth)).toEqual({ receivable: '25.00 25.00 25.00' });
    const receivable = twentieth.accounts.find(({ account: name }) => name === 'receivable')!;
    expect(receivable).toMatchObject({ watch: 'strict', difference: '0.00', findings: [] });
    expect(receivable.opening).toEqual({ documents: '0.00', netsuite: '0.00' });
    expect(receivable.movements).toEqual([
      { kind: 'CustCred', documents: '-25.00', netsuite: '-25.00' },
      { kind: 'CustInvc', documents: '50.00', netsuite: '50.00' },
    ]);
    expect(receivable.residues).toEqual([
      { subject: `AMZ_demo-us_INV_${of.order}-Dc1_1`, amount: '50.00', since: '2026-09-12', age: 8 },
      {
        subject: expect.stringContaining(`AMZ_demo-us_CM_${of.order}`),
        amount: '-25.00',
        since: '2026-09-15',
        age: 5,
      },
    ]);
    const afterIt = await balancesOn('2026-09-25');
    expect(standing(afterIt)).toEqual({ 'payouts-in-transit': '15.00 15.00 15.00' });
    const inTransit = afterIt.accounts.find(({ account: name }) => name === 'payouts-in-transit')!;
    expect(inTransit.residues).toEqual([
      { subject: 'settlement 27700000001', amount: '15.00', since: '2026-09-23', age: 2 },
    ]);
    // The next month goes on from there: 30.00 and 40.00 billed, the fee of September waits for its settlement.
    expect(standing(await balancesOn('2026-10-05'))).toEqual({
      receivable: '70.00 70.00 70.00',
      bank: '15.00 15.00 15.00',
      'settlement-in-progress': '-2.50 -2.50 -2.50',
    });
  });

  test('a day outside of what is known is said, and never shown as zero', async () => {
    const before = await balancesOn('2026-09-09');
    expect(before).toMatchObject({ agrees: null, readAt: null, accounts: [] });
    expect(before.sentence).toBe('2026-09-09 lies before the cut-over of 2026-09-10: nothing of it is known.');
    expect((await balancesOn('2027-01-01')).sentence).toContain('2027-01-01 lies ahead');
    const silent = { notAsked: 'Temporal does not answer.' };
    const unread = await balancesOnView(source(), '2026-09-21', silent);
    expect(unread).toMatchObject({ agrees: null, live: false, accounts: [] });
    expect(unread.sentence).toContain('2026-09-21 was not read from NetSuite before');
    // The last day of a month that is over is read by each look at its close.
    const last = await balancesOnView(source(), '2026-09-30', silent);
    expect(standing(last)).toEqual({
      receivable: '30.00 30.00 30.00',
      bank: '15.00 15.00 15.00',
      'settlement-in-progress': '-2.50 -2.50 -2.50',
    });
    expect(last.sentence).toMatch(/^Temporal does not answer. As NetSuite stood when it was asked last, 2026-/);
  });

  test('tellClose starts its workflow, which says in words what is open', async () => {
    const said = { sentence: 'September 2026: all ties.', lines: ['nothing'], isSigned: false };
    await tellClose(connection, { ...input(), period: '2026-09', said });
    await world.until(
      () => world.details(`close:${world.connection}:2026-09`),
      (details) => details.includes('all ties'),
    );
  });

  test('decideSignOff refuses a month that is not over, one before it that is not signed, and nothing is signed', async () => {
    const sign = (period: string) =>
      decideSignOff(connection, {
        ...input(),
        decision: { period, by: 'maria', why: 'reviewed' },
        act: `sign ${period}`,
      });
    expect(await refusal(sign('2026-10'))).toBe('2026-10 cannot be signed: 2026-10 is not over.');
    expect(await signaturesOf(world.store.db, world.connection)).toEqual([]);
  });

  test('decideCarryItem refuses what ties', async () => {
    const carry = { period: '2026-09', item: 'costs', currency: 'USD', amount: '1.00', by: 'maria', why: 'later' };
    expect(await refusal(decideCarryItem(connection, { ...input(), decision: carry, act: 'c1' }))).toBe(
      'costs is not open: it ties.',
    );
  });

  test('decideOpeningBalance confirms an account that the close shows; until a month is signed another word replaces it', async () => {
    const opening = { account: 'receivable', currency: 'USD', amount: '5.00', by: 'maria', why: 'typed wrong' };
    await decideOpeningBalance(connection, { ...input(), decision: opening });
    const right = { ...opening, amount: '0.00', why: 'old books' };
    const second = await decideOpeningBalance(connection, { ...input(), decision: right });
    expect(await decideOpeningBalance(connection, { ...input(), decision: right })).toEqual(second);
    expect(await confirmedOpenings(world.store.db, world.connection)).toMatchObject([
      { account: 'receivable', amount: 0n },
    ]);
    const unknown = { ...opening, account: 'till' };
    expect(await refusal(decideOpeningBalance(connection, { ...input(), decision: unknown }))).toContain('no account');
  });

  test('decideSignOff under fourEyes refuses whoever has put a difference aside, or left tax that is nobody’s', async () => {
    const { settings, name } = connection;
    const strict = { ...connection, settings: { ...settings, close: { ...settings.close!, fourEyes: true } } };
    for (const action of ['settle-difference', 'settle-payout', 'leave-tax', 'match-deposit', 'close-gap']) {
      const at = await connection.now();
      const audit = await recordAudit(world.store.db, name, { action, detail: {}, by: action, why: 'case 1', at });
      const decision = { period: '2026-09', by: action, why: 'reviewed' };
      expect(await refusal(decideSignOff(strict, { ...input(), decision, act: `strict ${action}` }))).toBe(
        `2026-09 cannot be signed: ${action} took ${action} of it (audit ${audit}), and fourEyes wants another to sign.`,
      );
    }
  });

  test('decideSignOff signs what was worked out anew: its hash is that of what was signed, and twice is once', async () => {
    const decision = { period: '2026-09', by: 'maria', why: 'reviewed' };
    const result = await decideSignOff(connection, { ...input(), decision, act: 's1' });
    expect(await decideSignOff(connection, { ...input(), decision, act: 's1' })).toEqual(result);
    const [signature, ...others] = await signaturesOf(world.store.db, world.connection);
    expect(others).toEqual([]);
    expect(createHash('sha256').update(signature!.document).digest('hex')).toBe(signature!.hash);
    expect(result.detail).toBe(`2026-09 is signed by maria: ${signature!.hash}`);
    expect(JSON.parse(signature!.document)).toMatchObject({ signer: 'maria', previous: null, period: '2026-09' });
    expect(await refusal(decideSignOff(connection, { ...input(), decision, act: 's2' }))).toBe(
      '2026-09 is signed by maria: reopen it first.',
    );
    expect(await evaluateClose(connection, { ...input(), period: '2026-09' })).toMatchObject({ isSigned: true });
    expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
  });

  test('its pack says who signed what, with the figures, the journals and the bank; twice it is the same bytes', async () => {
    const pack = await packOf('2026-09');
    const [signature] = await signaturesOf(world.store.db, world.connection);
    expect(pack.says).toEqual([
      `Signed by maria on ${signature!.at.slice(0, 10)}.`,
      `Signature ${signature!.hash}.`,
      'Nothing was carried.',
    ]);
    const rows = (name: string) => pack.tables.find((table) => table.name === name)!.rows;
    expect(rows('items').filter(([name]) => name === 'sales' || name === 'costs')).toEqual([
      ['sales', 'ties', 'USD', '80.00', '0.00', expect.any(String), 'finance'],
      ['costs', 'ties', 'USD', '12.50', '0.00', expect.any(String), 'finance'],
    ]);
    expect(rows('sales-by-day')).toEqual([
      ['USD', 'Amazon.com', '2026-09-12', '1', '0', '50.00', '50.00', '0.00', '0.00'],
      ['USD', 'Amazon.com', '2026-09-28', '1', '0', '30.00', '30.00', '0.00', '0.00'],
    ]);
    // The payout of September: 50.00 − 25.00 − 7.50 − 2.50.
    expect(rows('payouts').map(([id, , , , total, , sum, ...stations]) => [id, total, sum, ...stations])).toEqual([
      ['27700000001', '15.00', '15.00', 'done', 'done', 'done', 'done', 'done', 'tied'],
    ]);
    expect(rows('bank-lines').map((row) => [row[4], row[6]])).toEqual([['15.00', '27700000001']]);
    const journal = rows('journals').filter(([, document]) => document === 'AMZ_demo-us_JE_27700000001_1');
    expect(journal.map(([, , , , , role, , debit, credit]) => [role, debit, credit]).sort()).toEqual([
      ['clearing', '', '25.00'],
      ['payouts-in-transit', '15.00', ''],
      ['selling-fees', '7.50', ''],
      ['storage', '2.50', ''],
    ]);
    // Three units at 10.00 sold for 80.00, one given back for 25.00; nobody's are two fees of 2.50 for storage.
    expect(rows('profit-roles').map(([role, , skus, , none, ledger, off]) => [role, skus, none, ledger, off])).toEqual([
      ['cogs', '-30.00', '0.00', '-30.00', '0.00'],
      ['product-sales', '55.00', '0.00', '55.00', '0.00'],
      ['selling-fees', '-7.50', '0.00', '-7.50', '0.00'],
      ['storage', '0.00', '-5.00', '-5.00', '0.00'],
    ]);
    expect(rows('profit-skus').map(([sku, , , , , , , , profit, margin]) => [sku, profit, margin])).toEqual([
      ['SKU-C', '17.50', '31.8'],
      ['none', '-5.00', ''],
    ]);
    expect(rows('decisions').map(([, , by, did]) => [by, did])).toContainEqual(['maria', 'sign-off']);
    const [signed] = pack.files;
    expect(createHash('sha256').update(signed!.bytes).digest('hex')).toBe(signature!.hash);
    expect(archiveOf(await packOf('2026-09')).hash).toBe(archiveOf(pack).hash);
    expect(JSON.stringify(pack.tables)).not.toMatch(/buyer|recipient|address/i);
  });

  test('the proof of a settlement has its rows as received, each with its document or its line of the journal', async () => {
    const source = { store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } };
    const proof = await settlementProof(source, '27700000001');
    const rows = (name: string) => proof.tables.find((table) => table.name === name)!.rows;
    expect(rows('tie').map(([where, , amount]) => [where, amount])).toEqual([
      ['total of the report', '15.00'],
      ['sum of its rows', '15.00'],
      ['paid out by its journal', '15.00'],
      ['debit − credit of its journal', '0.00'],
      ['movements', '15.00'],
      ['lines of the bank', '15.00'],
    ]);
    expect(
      rows('rows').map(([, , , , description, , , , amount, means, owner, booked]) => [
        description,
        amount,
        means,
        owner,
        booked,
      ]),
    ).toEqual([
      ['Principal', '50.00', 'product-sales', `AMZ_demo-us_INV_${of.order}-Dc1_1`, 'clearing'],
      ['Commission', '-7.50', 'selling-fees', '', 'selling-fees'],
      ['Principal', '-25.00', 'refunds', expect.stringContaining('AMZ_demo-us_CM_'), 'clearing'],
      ['Storage Fee', '-2.50', 'storage', '', 'storage'],
    ]);
    expect(rows('waterfall').map(([role, count, , amount]) => [role, count, amount])).toEqual([
      ['clearing', '2', '25.00'],
      ['selling-fees', '1', '-7.50'],
      ['storage', '1', '-2.50'],
    ]);
    // Its checks as they ran when the month was signed: JE 25.00, PAY 50.00, RFD 25.00, DEP 15.00 on the debit side.
    expect(proof.says[2]).toMatch(/^Read from NetSuite 2026-\S+: each of its 15 checks held\.$/);
    const checks = rows('checks');
    expect(checks.map(([, holds]) => holds).filter((holds) => holds !== 'yes')).toEqual([]);
    const compared = (name: string) => checks.find(([check]) => check === name)![2];
    expect(compared('rows = total')).toBe('rows 15.00 USD, total 15.00 USD');
    expect(compared('payout line = total')).toBe('payout line 15.00 USD, total 15.00 USD');
    expect(compared('plan = NetSuite')).toBe('10 lines, debits 115.00 USD planned, 115.00 USD in NetSuite');
    const held = rows('netsuite-lines').filter(([document]) => document === 'AMZ_demo-us_JE_27700000001_1');
    expect(held.map((row) => row.slice(3)).sort()).toEqual([
      ['-25.00', '-25.00', '0.00'],
      ['15.00', '15.00', '0.00'],
      ['2.50', '2.50', '0.00'],
      ['7.50', '7.50', '0.00'],
    ]);
    const [received] = proof.files;
    expect(proof.says[3]).toContain(createHash('sha256').update(received!.bytes).digest('hex'));
    await expect(settlementProof(source, '99')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a sample of it is of its posted documents, with the rows that each owns or is made of', async () => {
    const source = { store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } };
    const draw = (size: number) => sampleOfMonth(source, { period: '2026-09', size, seed: 'autumn' });
    const all = await draw(100);
    const [documents, rows] = all.tables.map((table) => table.rows);
    expect(documents!.map(([, , date]) => date!.slice(0, 7)).filter((month) => month !== '2026-09')).toEqual([]);
    for (const [hash, id] of documents!) expect(createHash('sha256').update(`autumn${id}`).digest('hex')).toBe(hash);
    const of = (document: string) => rows!.filter(([id]) => id === document).map((row) => row[10]);
    expect(of('AMZ_demo-us_INV_118-0000001-0000001-Dc1_1')).toEqual(['50.00']);
    expect(of('AMZ_demo-us_JE_27700000001_1')).toContain('-2.50');
    const [few] = (await draw(3)).tables;
    expect(few!.rows).toEqual(documents!.slice(0, 3));
  });

  test('nothing is booked into a signed month, whether NetSuite has locked it or not', async () => {
    const journal = (date: string) => bookingOf(connection, { key: { purpose: 'JE' }, date }, { policy: 'wait' });
    expect(await journal('2026-09-20')).toMatchObject({ takes: false, sentence: expect.stringContaining('is signed') });
    expect(await journal('2026-10-01')).toMatchObject({ takes: true, date: '2026-10-01' });
    const moved = await bookingOf(
      connection,
      { key: { purpose: 'CM' }, date: '2026-09-20' },
      { policy: 'first-open-day' },
    );
    expect(moved).toMatchObject({ takes: true, date: '2026-10-01', trueDay: '2026-09-20' });
  });

  test('an opening stands with the month that is signed with it', async () => {
    const decision = { account: 'receivable', currency: 'USD', amount: '7.00', by: 'maria', why: 'late' };
    expect(await refusal(decideOpeningBalance(connection, { ...input(), decision }))).toBe(
      '0.00 USD was confirmed for receivable, and 2026-09 is signed with it: reopen it first.',
    );
  });

  test('of a month before the cut-over, or that has not begun, nothing is decided and nothing is kept', async () => {
    const [before, ahead] = ['2026-08', '2027-03'];
    for (const period of [before, ahead]) {
      const told = { period, by: 'maria', why: 'reviewed' };
      const reason = period === before ? /is before the first month, 2026-09/ : /has not begun: it is 20/;
      expect(await refusal(decideSignOff(connection, { ...input(), decision: told, act: 'none' }))).toMatch(reason);
      const carried = { ...told, item: 'costs', amount: '1.00', currency: 'USD' };
      expect(await refusal(decideCarryItem(connection, { ...input(), decision: carried, act: 'none' }))).toMatch(
        reason,
      );
      const accrued = { ...told, currency: 'USD' };
      expect(await refusal(decideAccrual(connection, { ...input(), decision: accrued, act: 'none' }))).toMatch(reason);
      expect(await evaluateClose(connection, { ...input(), period })).toMatchObject({ isNone: true, lines: [] });
      expect(await loadClose(world.store.db, world.connection, period)).toBeNull();
    }
    expect(
      await refusal(
        decideOpeningBalance(connection, {
          ...input(),
          decision: { account: 'till', currency: 'USD', amount: '1.00', by: 'maria', why: 'x' },
        }),
      ),
    ).toContain('there are clearing');
  });

  test('a journal that somebody deletes behind a signed month is found and named, and ends by reopening', async () => {
    const [journal] = await world.suiteql(
      "SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_JE_27700000001_1'",
    );
    await deleteInNetSuite(world, 'journalEntry', journal!['id']!);
    const deleted = await world.suiteql("SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_JE_27700000001_1'");
    expect(deleted).toEqual([]);
    await evaluateClose(connection, { ...input(), period: '2026-09' });
    const [exception] = await openExceptions(world.store.db, world.connection);
    expect(exception).toMatchObject({ code: 'close-changed', key: '2026-09' });
    expect(exception!.evidence.what).toContain('no longer matches what was signed');
    expect((await item('balances')).figures[0]!.open.map(({ what }) => what).join()).toContain(
      'AMZ_demo-us_JE_27700000001_1 has 0.00 USD',
    );
    expect((await item('costs')).state).toBe('open');
    const decision = { period: '2026-09', by: 'maria', why: 'the journal is gone' };
    const reopened = await decideReopen(connection, { ...input(), decision, act: 'r1' });
    expect(await decideReopen(connection, { ...input(), decision, act: 'r1' })).toEqual(reopened);
    const [signature] = await signaturesOf(world.store.db, world.connection);
    expect(signature!.reopened).toMatchObject({ by: 'maria', why: 'the journal is gone' });
    expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
  });

  test('the proof of its settlement says which checks fail once they have run again, with what NetSuite lacks', async () => {
    await payoutReasons(connection, '27700000001');
    const proof = await settlementProof(source(), '27700000001');
    expect(proof.says[2]).toContain('2 of its 15 checks failed (posted, plan = NetSuite)');
    const [, , compared, why] = proof.tables
      .find(({ name }) => name === 'checks')!
      .rows.find(([name]) => name === 'plan = NetSuite')!;
    // The journal's 25.00 are gone.
    expect(compared).toBe('10 lines, debits 115.00 USD planned, 90.00 USD in NetSuite');
    expect(why).toContain('AMZ_demo-us_JE_27700000001_1');
  });

  test('what the books lack since then is in the balances of each later day, of a later month too, and of no earlier one', async () => {
    expect((await balancesOn('2026-09-20')).agrees).toBe(true);
    const inTransit = async (day: string) => {
      const { agrees, accounts } = await balancesOn(day);
      return { ...accounts.find(({ account: name }) => name === 'payouts-in-transit')!, agrees };
    };
    const then = await inTransit('2026-09-25');
    expect(then).toMatchObject({ agrees: false, documents: '15.00', netsuite: '0.00', difference: '-15.00' });
    expect(then.findings.map(({ what }) => what)).toEqual([
      'AMZ_demo-us_JE_27700000001_1 has 0.00 USD on payouts-in-transit in NetSuite, planned 15.00 USD',
    ]);
    // The deposit of the 26th has taken 15.00 away that nobody brought.
    const later = await inTransit('2026-10-05');
    expect(later).toMatchObject({ agrees: false, documents: '0.00', netsuite: '-15.00', difference: '-15.00' });
    expect(later.findings).toEqual([
      expect.objectContaining({
        what: expect.stringContaining('at the end of 2026-09'),
        act: 'npx tieout close 2026-09',
      }),
    ]);
  });

  test('what differs then is carried with just its amount', async () => {
    await evaluateClose(connection, { ...input(), period: '2026-09' });
    const costs = (await item('costs')).figures[0]!;
    const carry = { period: '2026-09', item: 'costs', currency: 'USD', by: 'maria', why: 'booked anew in October' };
    const wrong = { ...carry, amount: '1.00' };
    expect(await refusal(decideCarryItem(connection, { ...input(), decision: wrong, act: 'c2' }))).toContain(
      'what is carried is just that',
    );
    // 7.50 and 2.50 are gone with the journal.
    expect(costs.difference).toBe(-1000n);
    await decideCarryItem(connection, { ...input(), decision: { ...carry, amount: '-10.00' }, act: 'c3' });
    await evaluateClose(connection, { ...input(), period: '2026-09' });
    expect((await item('costs')).state).toBe('carried');
  });

  test('what was carried heads the item of the next month, with who and why, until it is gone', async () => {
    await evaluateClose(connection, { ...input(), period: '2026-10' });
    const october = (await closeView(source(), '2026-10'))!;
    const head = {
      period: '2026-09',
      currency: 'USD',
      amount: '-10.00',
      now: '-10.00',
      by: 'maria',
      why: 'booked anew in October',
      at: expect.any(String),
    };
    expect(october.items.filter(({ brought }) => brought.length > 0)).toMatchObject([
      { name: 'costs', brought: [head] },
    ]);
    // It is September's: October has no fee of its own, so nothing of it differs; September's 2.50 stand beside it.
    expect(october.items.find(({ name }) => name === 'costs')).toMatchObject({
      state: 'ties',
      figures: [
        {
          figure: '0.00',
          difference: '0.00',
          open: [],
          named: [{ what: 'storage: 0.00 USD, the month before 2.50 USD' }],
        },
      ],
    });
    const pack = await packOf('2026-10');
    const rows = (name: string) => pack.tables.find((table) => table.name === name)!.rows;
    expect(rows('items').filter(([name]) => name === 'costs')[0]).toEqual([
      'costs',
      'carried by 2026-09',
      'USD',
      '',
      '-10.00',
      'maria: booked anew in October',
      'finance',
    ]);
    expect(rows('brought-forward').map((row) => row.slice(0, 5))).toEqual([
      ['costs', '2026-09', 'USD', '-10.00', '-10.00'],
    ]);
    expect(pack.says).toContain('What earlier months carried and is not gone heads its item.');
    // September as it is once the journal stands again.
    const { db } = world.store;
    const september = (await loadClose(db, world.connection, '2026-09'))!;
    const items = september.close.items.map((one) =>
      one.name === 'costs'
        ? { ...one, figures: one.figures.map((figure) => ({ ...figure, state: 'ties' as const, difference: 0n })) }
        : one,
    );
    await saveClose(db, world.connection, { ...september, close: { ...september.close, items } });
    expect((await closeView(source(), '2026-10'))!.items.flatMap(({ brought }) => brought)).toEqual([]);
    expect((await packOf('2026-10')).tables.find(({ name }) => name === 'brought-forward')!.rows).toEqual([]);
  });
});
