/**
 * Settings that were wrong about who owes the tax, and `tieout correct-tax` typed in a shell. A seller who owes tax in Britain and
 * Germany has set `collects: seller` for amazon.co.uk and `collects: amazon` for amazon.de. By hand, from tax.md:
 *
 * A, two units: INV 100.00 + 20.00; rows 100.00 + 20.00 − 20.00 withheld. CM of the tax 20.00. One comes back on 2 November: rows
 * −50.00 − 10.00 + 10.00: CM 50.00, whose tax is Amazon's. C: INV 60.00 + 12.00, as its rows. Fees 15.00.
 * GBP: 100.00 − 50.00 + 72.00 − 15.00 = 107.00. PAY 120.00 + 72.00 = 192.00, RFD 50.00 + 20.00 = 70.00; 192.00 − 70.00 − 15.00 = 107.00.
 * D: INV 40.00; rows 40.00 + 7.60, which nobody withheld. INV of the tax 7.60. EUR: PAY 47.60.
 *
 * What is posted stays: October's return has A as it was billed, 32.00 on 160.00, and the month of the decision takes 20.00 on 100.00
 * off. Both together are C: 12.00 on 60.00. Germany: 7.60 on 40.00 EUR in the month of the decision.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { accountsByRole } from '../../src/local/demo-month/chart-of-accounts.ts';
import { taxTie } from '../../src/operations/tax/tax-tie.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { vatView, type VatView } from '../../src/views/tax/vat-view.ts';
import type { Said } from '../cli/tieout.ts';
import { documentsPosted } from '../faults/documents-posted.ts';
import { commandsOn } from './commands-on-world.ts';
import { refund, report, sale, type Head } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [A, C, D] = ['202-1000081-0000001', '202-1000083-0000003', '304-1000084-0000004'];
const [POUNDS, EUROS] = ['30100000171', '30100000172'];
const span: Omit<Head, 'id' | 'total'> = {
  start: '2026-10-20T00:00:00Z',
  end: '2026-11-04T00:00:00Z',
  deposit: '2026-11-06T00:00:00Z',
};
const UK = { marketplace: 'Amazon.co.uk', sku: 'POT', at: '2026-10-28T12:00:00Z' };
const OF_A = { ...UK, order: A!, item: '71081' };
const FILES = [
  report({ ...span, id: POUNDS!, total: '107.00', currency: 'GBP' }, [
    ...sale({ ...OF_A, shipment: 'GBa', quantity: 2 }, [
      ['ItemPrice', 'Principal', '100.00'],
      ['ItemPrice', 'Tax', '20.00'],
      ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
      ['ItemFees', 'Commission', '-15.00'],
    ]),
    ...sale({ ...UK, order: C!, shipment: 'GBc', item: '71083', quantity: 1 }, [
      ['ItemPrice', 'Principal', '60.00'],
      ['ItemPrice', 'Tax', '12.00'],
    ]),
    ...refund({ ...OF_A, at: '2026-11-02T12:00:00Z', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-50.00'],
      ['ItemPrice', 'Tax', '-10.00'],
      ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '10.00'],
    ]),
  ]),
  report({ ...span, id: EUROS!, total: '47.60', currency: 'EUR' }, [
    ...sale({ ...UK, marketplace: 'Amazon.de', order: D!, shipment: 'DEd', item: '71084', quantity: 1 }, [
      ['ItemPrice', 'Principal', '40.00'],
      ['ItemPrice', 'Tax', '7.60'],
    ]),
  ]),
];
const [INV_A, INV_D] = [`AMZ_demo-us_INV_${A}-GBa_1`, `AMZ_demo-us_INV_${D}-DEd_1`];
const [CM_A, INV_D_TAX] = [`AMZ_demo-us_CM_${A}-GBa-t1_1`, `AMZ_demo-us_INV_${D}-DEd-t1_1`];

let world: WorldUnderTest;
let before: { tieOut: TieOut; october: VatView };
let after: { tieOut: TieOut; october: VatView; later: VatView; documents: number };
const typed: Said[] = [];
let again: Said[];

const vat = async (month: string): Promise<VatView> =>
  vatView(
    { store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } },
    { month, netsuite: await taxTie(world, world.connection, month), amazon: null },
  );
const lines = async (externalId: string) =>
  (
    await world.suiteql(
      `SELECT a.acctnumber, SUM(tl.foreignamount) AS amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount
       WHERE t.externalid = '${externalId}' AND a.acctnumber IN ('1100', '4000', '2211', '2212') GROUP BY a.acctnumber ORDER BY a.acctnumber`,
    )
  ).map((row) => `${row['acctnumber']} ${Number(row['amount']).toFixed(2)}`);
const totals = async (type: string) =>
  (await world.suiteql(`SELECT memo, foreigntotal FROM transaction WHERE type = '${type}' ORDER BY memo`)).map(
    (row) => `${row['memo']!.split(' · ')[0]} ${Number(row['foreigntotal']).toFixed(2)}`,
  );

beforeAll(async () => {
  world = await openWorld({
    paceDays: 7,
    world: worldFromSettlements(FILES),
    settings: {
      accounts: accountsByRole(['GBP', 'EUR'], ['GB', 'DE']),
      tax: {
        registrations: ['GB', 'DE'],
        items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
        rates: { GB: { standard: 20 }, DE: { standard: 19 } },
      },
      marketplaces: [
        { id: 'A1F83G8C2ARO7P', customer: 'Amazon GB', location: 'FBA GB', collects: 'seller' },
        { id: 'A1PA6795UKMFR9', customer: 'Amazon DE', location: 'FBA DE', collects: 'amazon' },
      ],
    },
  });
  await world.runToTheEnd();
  before = { tieOut: await world.tieOut(), october: await vat('2026-10') };
  const command = commandsOn(world);
  const correct = (document: string) => command('correct-tax', document, '--why', 'case 1234', '--wait', '60');
  for (const document of [INV_A, INV_D]) typed.push(await correct(document));
  await world.look();
  const [row] = await world.suiteql(
    `SELECT TO_CHAR(trandate, 'YYYY-MM-DD') AS day FROM transaction WHERE externalid = '${CM_A}'`,
  );
  const month = row!['day']!.slice(0, 7);
  after = {
    tieOut: await world.tieOut(),
    october: await vat('2026-10'),
    later: await vat(month),
    documents: await documentsPosted(world),
  };
  again = [await correct(INV_A), await correct(INV_D)];
  await world.look();
}, 240_000);
afterAll(() => world?.close());

test('both documents are named, with the command, and neither payout is tied', () => {
  expect(before.tieOut.payouts.map(({ tied }) => tied)).toEqual([false, false]);
  expect(before.tieOut.openExceptions.map(({ code, what }) => [code, what]).sort()).toEqual([
    ['tax-collector-differs', `${INV_A} carries 20.00 GBP of tax as the seller's, and Amazon withheld it`],
    ['tax-collector-differs', `${INV_D} carries no tax, and Amazon hands over 7.60 EUR of it that nobody withheld`],
  ]);
});

test('the command ends each exception and its payout is tied', () => {
  expect(typed.map(({ exit, stderr }) => [exit, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(typed[0]!.stdout).toContain(`20.00 GBP of tax of ${INV_A} are owed by Amazon: ${CM_A}`);
  expect(typed[0]!.stdout).toContain(`✓ payout ${POUNDS} is tied`);
  expect(typed[1]!.stdout).toContain(`7.60 EUR of tax of ${INV_D} are owed by the seller: ${INV_D_TAX}`);
  expect(typed[1]!.stdout).toContain(`✓ payout ${EUROS} is tied`);
  expect(after.tieOut.openExceptions).toEqual([]);
  expect(after.tieOut.payouts.map(({ tied }) => tied)).toEqual([true, true]);
  expect(after.tieOut.duplicates).toEqual([]);
});

test('orders, invoices and credit memos are those worked out by hand; what was posted stays', async () => {
  expect(await totals('SalesOrd')).toEqual([`SO ${A} 1 120.00`, `SO ${C} 1 72.00`, `SO ${D} 1 40.00`]);
  expect(await totals('CustInvc')).toEqual([
    `INV ${A}-GBa 1 120.00`,
    `INV ${C}-GBc 1 72.00`,
    `INV ${D}-DEd 1 40.00`,
    `INV ${D}-DEd-t1 1 7.60`,
  ]);
  expect(await totals('CustCred')).toEqual([`CM ${A}-20261102T120000 1 -50.00`, `CM ${A}-GBa-t1 1 -20.00`]);
  expect(await lines(CM_A)).toEqual(['1100 -20.00', '2211 20.00']);
  expect(await lines(INV_D_TAX)).toEqual(['1100 7.60', '2212 -7.60']);
  // What the rows settled came first, what the decision settles after it: 192.00 and 70.00.
  expect(await totals('CustPymt')).toEqual([`PAY ${POUNDS} 1 172.00`, `PAY ${POUNDS} 2 20.00`, `PAY ${EUROS} 1 47.60`]);
  expect(await totals('CustRfnd')).toEqual([`RFD ${POUNDS} 1 -50.00`, `RFD ${POUNDS} 2 -20.00`]);
});

test('the accounts of tax and the boxes of both months come to what is owed: C alone, and D in Germany', () => {
  const owed = ({ sums }: VatView) => sums.map(({ jurisdiction, net, tax }) => [jurisdiction, net, tax]);
  expect(before.october.boxes).toMatchObject({ '1': '32.00', '6': '160.00' });
  expect(owed(after.october)).toEqual([['GB', '160.00', '32.00']]);
  expect(owed(after.later)).toEqual([
    ['DE', '40.00', '7.60'],
    ['GB', '-100.00', '-20.00'],
  ]);
  expect(after.later.boxes).toMatchObject({ '1': '-20.00', '6': '-100.00' });
  const booked = ({ accounts }: VatView) =>
    accounts!.map(({ jurisdiction, documents, booked: moved, ties }) => [jurisdiction, documents, moved, ties]);
  expect(booked(after.october)).toEqual([['GB', '32.00', '32.00', true]]);
  expect(booked(after.later)).toEqual([
    ['DE', '7.60', '7.60', true],
    ['GB', '-20.00', '-20.00', true],
  ]);
});

test('typed once more it changes nothing, and says by whom it was decided', async () => {
  for (const { exit, stdout } of again) {
    expect(exit).toBe(0);
    expect(stdout).toContain('decided already by maria');
  }
  expect(await documentsPosted(world)).toBe(after.documents);
  expect((await world.tieOut()).balances).toEqual(after.tieOut.balances);
});
