import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const golden = (name: string) => ({
  name,
  bytes: readFileSync(fileURLToPath(new URL(`../golden/settlements/${name}`, import.meta.url))),
});

/** Worked example: one order in two settlements, a partial refund, a reimbursement. Returns and losses are not booked here, so cogs stays 24.00. */
describe('the worked example of one order in two settlements, through the real path', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    const told = worldFromSettlements([
      golden('order-and-reserve-usd.txt'),
      golden('refund-and-reimbursement-usd.txt'),
    ]);
    const costs: Record<string, string> = { 'SKU-A': '15.00', 'SKU-B': '9.00' };
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: costs[product.sku]! })) },
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('both payouts are tied', () => {
    expect(tieOut.payouts.map(({ settlementId, total, tied }) => ({ settlementId, total, tied }))).toEqual([
      { settlementId: expect.any(String), total: '20.02', tied: true },
      { settlementId: expect.any(String), total: '11.50', tied: true },
    ]);
  });
  test('the balances in NetSuite are those of the example', () => {
    expect(tieOut.balances).toMatchObject({
      clearing: '0.00',
      receivable: '0.00',
      'reserve-held': '0.00',
      'payouts-in-transit': '0.00',
      bank: '31.52',
      'product-sales': '-40.00',
      'shipping-income': '-5.99',
      promotions: '5.00',
      'selling-fees': '6.90',
      'fulfilment-fees': '13.07',
      storage: '3.00',
      advertising: '1.50',
      reimbursements: '-15.00',
      cogs: '24.00',
    });
  });
  test('nothing is there twice and nothing is open', () => {
    expect(tieOut.duplicates).toEqual([]);
    expect(tieOut.openExceptions).toEqual([]);
  });
  test('every workflow task says which workflow code did it', async () => {
    const code = createHash('sha256').update(readFileSync(world.places.bundle)).digest('hex').slice(0, 12);
    const { events } = await world.client.workflow
      .getHandle(`payout:demo-us:${tieOut.payouts[0]!.settlementId}`)
      .fetchHistory();
    const versions = (events ?? []).flatMap(({ workflowTaskCompletedEventAttributes: done }) =>
      done ? [`${done.workerDeploymentName} ${done.workerVersion?.buildId}`] : [],
    );
    expect(versions.length).toBeGreaterThan(3);
    expect([...new Set(versions)]).toEqual([`tieout ${code}`]);
  });
});

/** Worked example in euros: comma decimals, 23 columns, a reserve brought in and one held. */
describe('the worked example of a reserve in and out, through the real path', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements([golden('reserve-in-and-out-eur.txt')]) });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('the payout is tied, its journal is 242.00 on each side', () => {
    expect(tieOut.payouts).toMatchObject([
      { total: '131.80', tied: true, journal: { debit: '242.00', credit: '242.00' } },
    ]);
  });
  test('the documents are an opening, one payment over 200.00 and one refund over 20.00', () => {
    expect(tieOut.documents).toMatchObject({ OPN: 1, JE: 1, PAY: 1, RFD: 1, DEP: 1, CM: 1 });
  });
  test('the balances in NetSuite are those of the example', () => {
    expect(tieOut.balances).toMatchObject({
      clearing: '0.00',
      receivable: '0.00',
      'reserve-held': '60.00',
      bank: '131.80',
      'opening-balance': '-50.00',
      'payouts-in-transit': '0.00',
      'product-sales': expect.any(String),
      storage: '7.02',
      reimbursements: '-12.00',
    });
  });
});

/** Worked example of three settlements in a row, two of them negative: balance due, charges on the card, a micro deposit. */
describe('the worked example of a negative chain, through the real path', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements([
        golden('negative-1-cad-v1.txt'),
        golden('negative-2-cad-v1.txt'),
        golden('negative-3-cad-v1.txt'),
      ]),
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('all three payouts are tied', () => {
    expect(tieOut.payouts.map(({ total, tied }) => [total, tied])).toEqual([
      ['-321.69', true],
      ['-62.31', true],
      ['1016.08', true],
    ]);
  });
  test('the movements are two charges, a payout and a micro deposit, each with its line', () => {
    expect(
      tieOut.payouts.flatMap((payout) =>
        payout.movements.map(({ kind, amount, bankLine }) => [kind, amount, bankLine?.amount]),
      ),
    ).toEqual([
      ['charge', '-321.69', '-321.69'],
      ['charge', '-62.31', '-62.31'],
      ['payout', '1016.08', '1016.08'],
      ['micro-deposit', '0.01', '0.01'],
    ]);
  });
  test('the balances in NetSuite are those of the example', () => {
    expect(tieOut.balances).toMatchObject({
      'balance-due-to-amazon': '0.00',
      'amazon-charges': '0.00',
      'payouts-in-transit': '0.00',
      bank: '1016.09',
      card: '-384.00',
      clearing: '0.00',
      receivable: '0.00',
      // Sales of 1,500.00: goods 1,520.00 less a promotion of 20.00; shipping of 30.00 was given away.
      'product-sales': '-1520.00',
      'shipping-income': '-30.00',
      promotions: '50.00',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
});
