/**
 * Documents whose tax is another's than Amazon's order said, both ways, and tax that no rate gives or that Amazon splits
 * otherwise; three in a row stop the marketplace. By hand, decided at the end of the run:
 *
 * A, billed as the seller's, and withheld: INV 100.00 + 20.00; rows 100.00 + 20.00 − 20.00. CM of the tax 20.00.
 * B, billed as Amazon's, and nobody withheld: INV 50.00; rows 50.00 + 10.00. INV of the tax 10.00.
 * S, 100.00 + 20.00 billed, settled as 101.00 + 19.00. U, 100.00 + 13.00: no rate of GB. Fees 15.00.
 *
 * Total 100.00 + 60.00 + 120.00 + 113.00 − 15.00 = 378.00. Clearing −393.00; PAY 120.00 + 50.00 + 10.00 + 120.00 + 113.00
 * = 413.00, RFD 20.00. Sales −350.00; tax of GB −20.00 + 20.00 − 10.00 − 20.00 − 13.00 = −43.00.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { sumMinor } from '../../src/domain/money/money.ts';
import { vatFactsOfMonth } from '../../src/store/tax/vat-facts.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { report, sale, type Amount } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [A, B, S, U] = ['202-1000011-0000001', '202-1000012-0000002', '202-1000013-0000003', '202-1000014-0000004'];
const SETTLEMENT = '30100000111';
const sold = (order: string, shipment: string, amounts: Amount[]) =>
  sale(
    {
      marketplace: 'Amazon.co.uk',
      order,
      shipment,
      at: '2026-10-28T12:00:00Z',
      item: `8${shipment.charCodeAt(2)}`,
      sku: 'POT',
      quantity: 1,
    },
    amounts,
  );

function world(): AmazonWorld {
  const told = worldFromSettlements([
    report(
      {
        id: SETTLEMENT,
        start: '2026-10-20T00:00:00Z',
        end: '2026-11-04T00:00:00Z',
        deposit: '2026-11-06T00:00:00Z',
        total: '378.00',
        currency: 'GBP',
      },
      [
        ...sold(A, 'GBa', [
          ['ItemPrice', 'Principal', '100.00'],
          ['ItemPrice', 'Tax', '20.00'],
          ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
          ['ItemFees', 'Commission', '-15.00'],
        ]),
        ...sold(B, 'GBb', [
          ['ItemPrice', 'Principal', '50.00'],
          ['ItemPrice', 'Tax', '10.00'],
        ]),
        ...sold(S, 'GBs', [
          ['ItemPrice', 'Principal', '101.00'],
          ['ItemPrice', 'Tax', '19.00'],
        ]),
        ...sold(U, 'GBu', [
          ['ItemPrice', 'Principal', '100.00'],
          ['ItemPrice', 'Tax', '13.00'],
        ]),
      ],
    ),
  ]);
  for (const { orderId, items } of told.orders)
    for (const item of items) {
      // The order says who collects, and it is wrong.
      if (orderId === A) item.taxWithheld = false;
      if (orderId === B) item.taxWithheld = true;
    }
  for (const { orderId, items } of [...told.orders, ...told.shipments])
    if (orderId === S) for (const item of items) Object.assign(item, { principal: '100.00', tax: '20.00' });
  return told;
}

describe('tax of another than the order said', () => {
  let books: WorldUnderTest;
  let tieOut: TieOut;
  const invoice = (order: string, shipment: string) => `AMZ_demo-us_INV_${order}-${shipment}_1`;
  const [OF_A, OF_B] = [invoice(A, 'GBa'), invoice(B, 'GBb')];
  const open = () => tieOut.openExceptions.map(({ code, what }) => [code, what]).sort();
  const lines = async (externalId: string) =>
    (
      await books.suiteql(
        `SELECT a.acctnumber, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account WHERE t.externalid = '${externalId}' AND tal.posting = 'T' GROUP BY a.acctnumber ORDER BY a.acctnumber`,
      )
    ).map((row) => `${row['acctnumber']} ${Number(row['amount']).toFixed(2)}`);

  beforeAll(async () => {
    books = await openWorld({
      paceDays: 7,
      world: world(),
      settings: {
        tax: { registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' }, rates: { GB: { standard: 20, reduced: 5 } } },
      },
    });
    await books.runToTheEnd();
    tieOut = await books.tieOut();
  }, 120_000);
  afterAll(() => books?.close());

  test('is named, and its payout is not tied', () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '378.00', tied: false })]);
    expect(open()).toEqual([
      [
        'prices-differ',
        `amazon.co.uk: 3 settled sales in a row differ in net and tax, or in who owes the tax, from prices: inclusive, collects: order, calculatedBy: amazon: orders ${A}, ${B}, ${S}`,
      ],
      ['tax-collector-differs', `${OF_A} carries 20.00 GBP of tax as the seller's, and Amazon withheld it`],
      ['tax-collector-differs', `${OF_B} carries no tax, and Amazon hands over 10.00 GBP of it that nobody withheld`],
      [
        'tax-split-differs',
        `${invoice(S, 'GBs')} has 20.00 GBP of tax, and the rows that settle it 19.00 GBP; the total is the same`,
      ],
      ['tax-unclear', `no rate of GB gives the tax of POT in ${invoice(U, 'GBu')}: 13.00 GBP on 100.00 GBP`],
    ]);
    expect(tieOut.decisions.map(({ kind, key }) => [kind, key])).toEqual([
      ['correctTax', OF_A],
      ['correctTax', OF_B],
      ['confirmPrices', 'amazon.co.uk'],
    ]);
  });

  describe('once people have decided', () => {
    const taken: DecisionResult[] = [];
    const confirmed: DecisionResult[] = [];
    beforeAll(async () => {
      const decide = (document: string) => books.decide({ kind: 'correctTax', document, why: 'case 1234' }, 'maria');
      await expect(decide(OF_A.replace('GBa', 'GBx'))).rejects.toThrow('differs from no rows');
      // Given twice, as after a lost answer: it is taken once.
      for (const document of [OF_A, OF_A, OF_B]) taken.push(await decide(document));
      // Three in a row have stopped the marketplace: the settings are right, and Amazon was not.
      const confirm = () =>
        books.decide({ kind: 'confirmPrices', marketplace: 'amazon.co.uk', why: 'case 1234' }, 'maria');
      confirmed.push(await confirm(), await confirm());
      await books.look();
      await books.look();
      tieOut = await books.tieOut();
    }, 90_000);

    test('each decision is taken once', () => {
      expect(taken.map(({ choice, already }) => [choice, already?.by ?? null])).toEqual([
        ['amazon', null],
        ['corrected', 'maria'],
        ['seller', null],
      ]);
      expect(taken[1]!.audit).toBe(taken[0]!.audit);
      expect(confirmed.map(({ choice, already }) => [choice, already?.by ?? null])).toEqual([
        ['confirmed', null],
        ['confirmed', 'maria'],
      ]);
    });
    test('a credit memo takes the tax off, an invoice adds it, each of the tax line alone', async () => {
      expect(await lines(`AMZ_demo-us_CM_${A}-GBa-t1_1`)).toEqual(['1100 -20.00', '2211 20.00']);
      expect(await lines(`AMZ_demo-us_INV_${B}-GBb-t1_1`)).toEqual(['1100 10.00', '2211 -10.00']);
    });
    test('the payout is tied, and what holds nothing up stays', () => {
      expect(tieOut.payouts).toEqual([expect.objectContaining({ tied: true })]);
      expect(open().map(([code]) => code)).toEqual(['tax-split-differs', 'tax-unclear']);
      expect(tieOut.decisions.filter(({ choice }) => choice === null)).toEqual([]);
      expect(tieOut.duplicates).toEqual([]);
    });
    test('payments have the invoices whole, a refund the memo, and the books are those worked out by hand', async () => {
      expect(tieOut.balances).toMatchObject({
        receivable: '0.00',
        clearing: '0.00',
        'product-sales': '-350.00',
        'selling-fees': '15.00',
        bank: '378.00',
      });
      const settled = async (purpose: string) =>
        (
          await books.suiteql(
            `SELECT SUM(foreigntotal) AS total FROM transaction WHERE externalid LIKE 'AMZ_demo-us_${purpose}_${SETTLEMENT}%'`,
          )
        ).map(({ total }) => Math.abs(Number(total)));
      expect(await settled('PAY')).toEqual([413]);
      expect(await settled('RFD')).toEqual([20]);
      const onTax = await books.suiteql(
        "SELECT SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE a.acctnumber = '2211' AND tal.posting = 'T'",
      );
      expect(onTax.map(({ amount }) => Number(amount))).toEqual([-43]);
    });
    test('the VAT report has them by their right collector: net 250.00 and tax 43.00 the seller, 100.00 and 20.00 Amazon', async () => {
      const { documents } = await vatFactsOfMonth(books.store.db, 'demo-us', { from: '2026-10-01', to: '2026-12-31' });
      const of = (collector: string) => {
        const own = documents.filter((fact) => fact.collector === collector);
        return [sumMinor(own.map(({ net }) => net)), sumMinor(own.map(({ tax }) => tax))];
      };
      expect(of('seller')).toEqual([25000n, 4300n]);
      expect(of('amazon')).toEqual([10000n, 2000n]);
    });
  });
});
