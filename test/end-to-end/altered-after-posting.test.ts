/** Somebody alters in NetSuite what was posted, before the payout is proven: it is raised, holds the payout, and ends once it is put back. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { NetSuiteClient } from '../../src/clients/netsuite/netsuite-client.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SETTLEMENT = '27800000001';
const JOURNAL = `AMZ_demo-us_JE_${SETTLEMENT}_1`;
const DEPOSIT = `AMZ_demo-us_DEP_${SETTLEMENT}_1`;
const PAYMENT = `AMZ_demo-us_PAY_${SETTLEMENT}_1`;
const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '17.00',
  },
  [
    ...sale(
      {
        order: '117-0000004-0000001',
        shipment: 'Dp1',
        at: '2026-10-02T16:00:00Z',
        item: '7001',
        sku: 'SKU-M',
        quantity: 1,
      },
      [['ItemPrice', 'Principal', '25.00']],
    ),
    account('Storage Fee', '-5.00', '2026-10-05T08:00:00Z'),
    account('Subscription Fee', '-3.00', '2026-10-05T08:00:00Z'),
  ],
);

async function patch(
  netsuite: NetSuiteClient,
  type: string,
  id: string,
  body: Parameters<NetSuiteClient['patch']>[2],
): Promise<void> {
  const outcome = await netsuite.patch(type, id, body);
  if (outcome.outcome !== 'posted') throw new Error(`${type} ${id} was not changed: ${JSON.stringify(outcome)}`);
}

/** Two lines of a journal change accounts: its total and its balance stay. */
async function swapFees(netsuite: NetSuiteClient, id: string): Promise<void> {
  const lines = await netsuite.suiteql(
    'SELECT id, expenseaccount, foreignamount FROM transactionline WHERE transaction = ? ORDER BY id',
    [id],
  );
  const [five, three] = [
    lines.find((line) => line['foreignamount'] === '5')!,
    lines.find((line) => line['foreignamount'] === '3')!,
  ];
  await patch(netsuite, 'journalEntry', id, {
    line: {
      items: [
        { line: Number(five['id']), account: { id: three['expenseaccount']! } },
        { line: Number(three['id']), account: { id: five['expenseaccount']! } },
      ],
    },
  });
}

/** A person is quicker than the proof: he swaps accounts of the journal, takes our key off the deposit, and dates the payment otherwise. */
function meddling(deps: Dependencies): Dependencies {
  const clients = new Map(
    [...deps.clients].map(([name, connection]) => {
      const { netsuite } = connection;
      const create: NetSuiteClient['create'] = async (type, body) => {
        const outcome = await netsuite.create(type, body);
        if (outcome.outcome === 'posted' && type === 'journalEntry') await swapFees(netsuite, outcome.id);
        if (outcome.outcome === 'posted' && type === 'deposit')
          await patch(netsuite, type, outcome.id, { externalId: 'taken-off' });
        if (outcome.outcome === 'posted' && type === 'customerPayment')
          await patch(netsuite, type, outcome.id, { tranDate: '2026-10-20' });
        return outcome;
      };
      return [name, { ...connection, netsuite: { ...netsuite, create } }];
    }),
  );
  return { ...deps, clients };
}

describe('what was altered after it was posted', () => {
  let world: WorldUnderTest;
  const open = async () =>
    (await openExceptions(world.store.db, 'demo-us')).map(({ code, key, payout, evidence, remedy }) => ({
      code,
      key,
      payout,
      what: evidence.what,
      remedy,
    }));
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      paceDays: 1,
      deps: meddling,
    });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  test('is raised on the payout, which is not tied, with what differs and the command', async () => {
    const remedy = { kind: 'try-again', first: expect.stringContaining('Put AMZ_'), of: 'payout', id: SETTLEMENT };
    expect((await open()).sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      {
        code: 'document-differs',
        key: DEPOSIT,
        payout: SETTLEMENT,
        what: `NetSuite no longer holds ${DEPOSIT}`,
        remedy,
      },
      {
        code: 'document-differs',
        key: JOURNAL,
        payout: SETTLEMENT,
        what: expect.stringMatching(
          new RegExp(
            `^${JOURNAL} has [35]\\.00 USD on the account with NetSuite's id \\d+, and was posted with [35]\\.00 USD$`,
          ),
        ),
        remedy,
      },
      {
        code: 'document-differs',
        key: PAYMENT,
        payout: SETTLEMENT,
        what: `${PAYMENT} is dated 2026-10-20 in NetSuite, and was posted on 2026-10-07`,
        remedy,
      },
    ]);
    expect((await world.tieOut()).payouts.map(({ tied }) => tied)).toEqual([false]);
  });

  test('ends once NetSuite holds it as it was and the payout is tried again, and the payout is tied', async () => {
    const idOf = async (externalId: string) =>
      (await world.suiteql(`SELECT id FROM transaction WHERE externalid = '${externalId}'`))[0]!['id']!;
    await swapFees(world.netsuite, await idOf(JOURNAL));
    await patch(world.netsuite, 'customerPayment', await idOf(PAYMENT), { tranDate: '2026-10-07' });
    await patch(world.netsuite, 'deposit', await idOf('taken-off'), { externalId: DEPOSIT });
    await world.client.workflow.getHandle(`payout:demo-us:${SETTLEMENT}`).signal('tryAgain');
    await world.until(open, (list) => list.length === 0);
    await world.look();
    expect((await world.tieOut()).payouts.map(({ tied }) => tied)).toEqual([true]);
  });
});
