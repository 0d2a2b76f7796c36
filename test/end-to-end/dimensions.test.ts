import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { proveLine, rowsBehindLine } from '../../src/domain/journal/explain-line.ts';
import type { StoredJournalPart } from '../../src/domain/journal/journal-plan.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { loadDocument } from '../../src/store/documents/documents.ts';
import { keysBehind } from '../../src/store/payouts/explain-line.ts';
import { account, report, sale, type Amount } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

/** Twice 25.00 less 3.75 and 3.25, and 2.00 for storage: 34.00. */
const PLAIN: readonly Amount[] = [
  ['ItemPrice', 'Principal', '25.00'],
  ['ItemFees', 'Commission', '-3.75'],
  ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
];
const sold = (number: number, marketplace: string) =>
  sale(
    {
      order: `305-900000${number}-900000${number}`,
      shipment: `M${number}`,
      at: `2026-10-0${number}T09:00:00Z`,
      item: `930${number}`,
      sku: 'SKU-A',
      quantity: 1,
      marketplace,
    },
    PLAIN,
  );
const REPORT = report(
  {
    id: '27900000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '34.00',
    currency: 'EUR',
  },
  [...sold(5, 'Amazon.de'), ...sold(6, 'Amazon.fr'), account('Storage Fee', '-2.00', '2026-10-07T09:00:00Z')],
);
const JOURNAL = 'AMZ_demo-us_JE_27900000001_1';

describe('a connection that gives its journal lines a class by marketplace and a department by role', () => {
  let world: WorldUnderTest;
  const calls: string[] = [];
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements([REPORT]),
      paceDays: 7,
      onNetSuiteCall: (line) => calls.push(line),
      seed: (seed) => ({
        ...seed,
        departments: [{ name: 'Sales' }, { name: 'Warehouse' }],
        classifications: [{ name: 'Germany' }, { name: 'France' }, { name: 'Amazon' }],
      }),
      settings: {
        dimensions: {
          class: { default: 'Amazon', byMarketplace: { A1PA6795UKMFR9: 'Germany', A13V1IB3VIYZZH: 'France' } },
          department: { default: 'Sales', byRole: { storage: 'Warehouse' } },
          location: { byRole: { storage: 'FBA DE' } },
        },
      },
    });
    await world.runToTheEnd();
  }, 90_000);
  afterAll(() => world?.close());

  const linesOf = async (externalId: string) =>
    (
      await world.suiteql(
        'SELECT tl.foreignamount AS amount, BUILTIN.DF(tl.class) AS class, BUILTIN.DF(tl.department) AS department, BUILTIN.DF(tl.location) AS location ' +
          `FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE t.externalid = '${externalId}' ORDER BY tl.id`,
      )
    ).map(({ amount, class: classOf, department, location }) => [amount, classOf, department, location]);

  test('posts a line for each, and is tied with the balances that it has without them', async () => {
    expect(await linesOf(JOURNAL)).toEqual([
      ['34', 'Amazon', 'Sales', undefined], // the payout
      ['-25', 'France', 'Sales', undefined],
      ['-25', 'Germany', 'Sales', undefined], // clearing
      ['3.75', 'France', 'Sales', undefined],
      ['3.75', 'Germany', 'Sales', undefined], // selling fees
      ['3.25', 'France', 'Sales', undefined],
      ['3.25', 'Germany', 'Sales', undefined], // fulfilment fees
      ['2', 'Amazon', 'Warehouse', 'FBA DE'], // storage
    ]);
    const { payouts, openExceptions, balances } = await world.tieOut();
    expect({ tied: payouts.map(({ tied }) => tied), open: openExceptions.map(({ code }) => code) }).toEqual({
      tied: [true],
      open: [],
    });
    expect(balances).toMatchObject({
      clearing: '0.00',
      'payouts-in-transit': '0.00',
      bank: '34.00',
      'selling-fees': '7.50',
      'fulfilment-fees': '6.50',
      storage: '2.00',
    });
  });

  test('gives them to the line of the deposit, and to no head', async () => {
    expect(await linesOf('AMZ_demo-us_DEP_27900000001_1')).toEqual([
      ['34', undefined, undefined, undefined],
      ['-34', 'Amazon', 'Sales', undefined],
    ]);
    const [journal] = await world.suiteql(`SELECT id FROM transaction WHERE externalid = '${JOURNAL}'`);
    expect(Object.keys((await world.netsuite.get('journalEntry', journal!['id']!))!)).not.toEqual(
      expect.arrayContaining(['department']),
    );
  });

  test('explains each line by the rows of its marketplaces, to the cent', async () => {
    const plan = (await loadDocument(world.store.db, JOURNAL))!.plan as StoredJournalPart;
    for (const line of plan.lines) {
      const behind = rowsBehindLine('JE', plan, line);
      if (behind === 'none') throw new Error('no line of this journal bridges parts');
      expect([
        line.role,
        line.dimensions?.class,
        proveLine('JE', line, await keysBehind(world.store.db, world.connection, '27900000001', behind)).agrees,
      ]).toEqual([line.role, line.dimensions?.class, true]);
    }
  });
});

describe('a department that NetSuite does not have', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements([REPORT]),
      paceDays: 14,
      settings: { dimensions: { department: { default: 'Nowhere' } } },
    });
  }, 90_000);
  afterAll(() => world?.close());

  test('is found when the connection is checked, before anything is posted', async () => {
    expect(
      await world.run('connectionCheck', 'check-dimensions', { connection: world.connection, policy: world.policy }),
    ).toEqual(['department Nowhere']);
    expect((await world.tieOut()).openExceptions.map(({ code, subject }) => [code, subject])).toEqual([
      ['setting-unknown', 'setting:department Nowhere'],
    ]);
  });
});
