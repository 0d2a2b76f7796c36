import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decimal } from '../../src/clients/netsuite/write-json.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { report, sale, type Cells } from '../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../end-to-end/world-under-test.ts';

const FIRST = '114-2000001-0000001';
const SECOND = '114-2000002-0000002';
const sold = (order: string, at: string): Cells[] =>
  sale({ order, shipment: `D${order.slice(-7)}`, at, item: `9${order.slice(-7)}`, sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]);
const REPORT = report(
  {
    id: '27300000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '36.00',
  },
  [...sold(FIRST, '2026-10-03T16:00:00Z'), ...sold(SECOND, '2026-10-04T16:00:00Z')],
);

const JOURNAL = 'AMZ_demo-us_JE_27300000001_1';

/** A journal over 1.00 that is not ours and carries the key that ours will need. */
async function somebodyElsesJournal({ netsuite }: WorldUnderTest): Promise<string> {
  const { lookups } = netsuite;
  const [bank, equity, currency, subsidiary] = await Promise.all([
    lookups.accountByNumber('1000-USD'),
    lookups.accountByNumber('3900'),
    lookups.currencyByCode('USD'),
    lookups.subsidiaryByName('Simulated Seller'),
  ]);
  const outcome = await netsuite.create('journalEntry', {
    externalId: JOURNAL,
    tranDate: '2026-10-14',
    memo: 'somebody else',
    currency: { id: currency!.id },
    subsidiary: { id: subsidiary!.id },
    line: {
      items: [
        { account: { id: bank!.id }, debit: decimal('1.00') },
        { account: { id: equity!.id }, credit: decimal('1.00') },
      ],
    },
  });
  if (outcome.outcome !== 'posted') throw new Error(`the foreign journal was not posted: ${JSON.stringify(outcome)}`);
  return outcome.id;
}

/** An account whose forms insist on a field of its own, and which leaves apply lines out of new payments. */
describe('an account that refuses what it is given', () => {
  let world: WorldUnderTest;
  let foreign: string;
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements([REPORT]), paceDays: 14 });
    await world.netsuitePage('POST', '/admin/switches', {
      mandatory: { salesOrder: [{ field: 'custbody_channel', label: 'Sales Channel' }] },
      ignoreApplyOnCreate: ['customerPayment'],
    });
    foreign = await somebodyElsesJournal(world);
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  test('a field that a form insists on becomes an exception with its label, one for each order', async () => {
    const { openExceptions, orders } = await world.tieOut();
    expect(openExceptions.filter(({ code }) => code === 'netsuite-refused')).toEqual(
      [FIRST, SECOND].map((order) =>
        expect.objectContaining({
          owner: 'operations',
          atStake: '25.00',
          subject: `order:${order}`,
          what: expect.stringMatching(/NetSuite refused SO of order .*Sales Channel/),
          act: `Mend it, then npx tieout try-again order ${order}`,
        }),
      ),
    );
    expect(orders).toMatchObject({ seen: 2, salesOrders: 0 });
    expect(await world.details(`order:demo-us:${FIRST}`)).toMatch(/Waits for a person.*Sales Channel/s);
  });

  test('trying again before it is mended is refused again, as the same exception', async () => {
    const before = (await world.tieOut()).openExceptions.map(({ number }) => number);
    await world.client.workflow.getHandle(`order:demo-us:${FIRST}`).signal('tryAgain');
    const attempts = async () =>
      (
        await world.store.db
          .selectFrom('documents')
          .select('attempt')
          .where('order_id', '=', FIRST)
          .executeTakeFirstOrThrow()
      ).attempt;
    await world.until(attempts, (count) => count === 2);
    expect((await world.tieOut()).openExceptions.map(({ number }) => number)).toEqual(before);
  });

  test('after mending, tryAgain posts the order, and its exception is closed', async () => {
    await world.netsuitePage('POST', '/admin/switches', { mandatory: {} });
    for (const order of [FIRST, SECOND])
      await world.client.workflow.getHandle(`order:demo-us:${order}`).signal('tryAgain');
    const tieOut = await world.until(
      () => world.tieOut(),
      ({ orders }) => orders.invoices === 2,
    );
    expect(tieOut.openExceptions.filter(({ code }) => code === 'netsuite-refused')).toEqual([]);
  });

  test('a document of somebody else under our key stops its payout with what differs, and moving it away lets it go on', async () => {
    expect((await world.tieOut()).openExceptions.filter(({ code }) => code === 'document-differs')).toEqual([
      expect.objectContaining({
        owner: 'finance',
        subject: 'payout:27300000001',
        what: expect.stringContaining('under our key with memo "somebody else"'),
      }),
    ]);
    for (const kind of ['lost-before-commit', '500-before-commit'])
      await world.netsuitePage('POST', '/faults', { kind, match: { method: 'PATCH', type: 'customerPayment' } });
    expect(await world.netsuite.patch('journalEntry', foreign, { externalId: 'MANUAL-7' })).toMatchObject({
      outcome: 'posted',
    });
    await world.netsuitePage('POST', '/admin/switches', {
      mandatory: { customerPayment: [{ field: 'custbody_payer', label: 'Payer' }] },
    });
    await world.client.workflow.getHandle('payout:demo-us:27300000001').signal('tryAgain');
    await world.until(
      () => world.suiteql(`SELECT memo FROM transaction WHERE externalid = '${JOURNAL}'`),
      (rows) => rows[0]?.['memo']?.startsWith('JE 27300000001 1') === true,
    );
    expect((await world.tieOut()).openExceptions.filter(({ code }) => code === 'document-differs')).toEqual([]);
  });

  test('a payment that was refused at first is booked at the rate that the journal has by then', async () => {
    const refused = ({ openExceptions }: { openExceptions: { code: string; what: string }[] }) =>
      openExceptions.some(
        ({ code, what }) => code === 'netsuite-refused' && what.includes('AMZ_demo-us_PAY_27300000001_1'),
      );
    await world.look();
    await world.until(() => world.tieOut(), refused);
    const [journal] = await world.suiteql(`SELECT id FROM transaction WHERE externalid = '${JOURNAL}'`);
    expect(
      await world.netsuite.patch('journalEntry', journal!['id']!, { exchangeRate: decimal('1.25') }),
    ).toMatchObject({ outcome: 'posted' });
    await world.netsuitePage('POST', '/admin/switches', { mandatory: {} });
    await world.client.workflow.getHandle('payout:demo-us:27300000001').signal('tryAgain');
    const rate = () =>
      world.suiteql("SELECT exchangerate FROM transaction WHERE externalid = 'AMZ_demo-us_PAY_27300000001_1'");
    expect(await world.until(rate, (rows) => rows.length === 1)).toEqual([{ exchangerate: '1.25' }]);
  });

  test('a payment whose apply lines were left out is applied by an update, also when the update is lost at first', async () => {
    await world.look();
    await world.look();
    const tieOut = await world.until(
      () => world.tieOut(),
      ({ payouts }) => payouts.every(({ tied }) => tied),
    );
    const { faults } = await world.netsuitePage<{ faults: { hits: number }[] }>('GET', '/faults');
    expect(tieOut.payouts).toEqual([expect.objectContaining({ tied: true, exceptions: [] })]);
    expect(tieOut.balances).toMatchObject({ receivable: '0.00', clearing: '0.00' });
    expect(tieOut.documents).toMatchObject({ PAY: 1 });
    expect(tieOut.openExceptions).toEqual([]);
    expect(faults.map(({ hits }) => hits)).toEqual([1, 1]);
  });
});
