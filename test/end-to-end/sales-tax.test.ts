/**
 * The worked example of tax.md in its forms: VAT that Amazon calculates (VCS) or not, and VAT that Amazon owes. Documents,
 * accounts and totals were worked out by hand from the design.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements, type SettlementFile } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { refund, report, sale, type Amount, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const UK = { marketplace: 'Amazon.co.uk' };
const [A, B, D, F] = ['202-1000001-0000001', '202-1000002-0000002', '202-1000004-0000004', '202-1000006-0000006'];
const TAX = {
  registrations: ['GB'],
  items: { GB: 'AMZ-VAT-GB' },
  rates: { GB: { standard: 20, reduced: 5, zero: 0 } },
};

interface Told {
  a: Amount[];
  b: Amount[];
  back: Amount[];
  d: Amount[];
  f: Amount[];
}

/** As Amazon settles with calculation: net, and the tax in rows of its own. */
const CALCULATED: Told = {
  a: [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemPrice', 'Shipping', '5.00'],
    ['ItemPrice', 'ShippingTax', '1.00'],
    ['Promotion', 'Shipping', '-5.00'],
    ['Promotion', 'TaxDiscount', '-1.00'],
  ],
  b: [
    ['ItemPrice', 'Principal', '50.00'],
    ['ItemPrice', 'Tax', '10.00'],
  ],
  back: [
    ['ItemPrice', 'Principal', '-25.00'],
    ['ItemPrice', 'Tax', '-5.00'],
  ],
  d: [['ItemPrice', 'Principal', '50.00']],
  f: [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
  ],
};
/** Without: one price that holds it. */
const GROSS: Told = {
  a: [
    ['ItemPrice', 'Principal', '120.00'],
    ['ItemPrice', 'Shipping', '6.00'],
    ['Promotion', 'Shipping', '-6.00'],
  ],
  b: [['ItemPrice', 'Principal', '60.00']],
  back: [['ItemPrice', 'Principal', '-30.00']],
  d: [['ItemPrice', 'Principal', '50.00']],
  f: [['ItemPrice', 'Principal', '120.00']],
};

function settlement({ a, b, back, d, f }: Told): SettlementFile {
  const rows: Cells[] = [
    ...sale(
      { ...UK, order: A, shipment: 'GBa', at: '2026-10-28T12:00:00Z', item: '71001', sku: 'POT', quantity: 1 },
      a,
    ),
    ...sale(
      { ...UK, order: B, shipment: 'GBb', at: '2026-10-30T12:00:00Z', item: '71002', sku: 'CUP', quantity: 2 },
      b,
    ),
    ...sale(
      { ...UK, order: D, shipment: 'GBd', at: '2026-10-31T12:00:00Z', item: '71004', sku: 'POT', quantity: 1 },
      d,
    ),
    ...sale(
      { ...UK, order: F, at: '2026-10-31T13:00:00Z', item: '71006', sku: 'LAMP', quantity: 1, channel: 'MFN' },
      f,
    ),
    ...refund({ ...UK, order: B, at: '2026-11-02T12:00:00Z', item: '71002', sku: 'CUP', quantity: 1 }, back),
    ...sale({ ...UK, order: A, shipment: 'GBa', at: '2026-11-02T12:00:00Z', item: '71001', sku: 'POT', quantity: 1 }, [
      ['ItemFees', 'Commission', '-48.00'],
    ]),
  ];
  return report(
    {
      id: '30100000101',
      start: '2026-10-20T00:00:00Z',
      end: '2026-11-04T00:00:00Z',
      deposit: '2026-11-06T00:00:00Z',
      total: '272.00',
      currency: 'GBP',
    },
    rows,
  );
}

/** D goes to the United States. */
function exported(world: AmazonWorld): AmazonWorld {
  for (const { orderId, buyer } of world.orders) if (orderId === D) buyer.address.countryCode = 'US';
  return world;
}

describe.each([
  ['calculated by Amazon', CALCULATED, 'amazon'],
  ['worked out by the rates', GROSS, 'rates'],
])('VAT that the seller owes, %s', (_, told, calculatedBy) => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    const amazon = exported(worldFromSettlements([settlement(told)]));
    world = await openWorld({
      paceDays: 7,
      world: amazon,
      settings: {
        tax: TAX,
        marketplaces: [{ id: 'A1F83G8C2ARO7P', customer: 'Amazon GB', location: 'FBA GB', calculatedBy }],
      },
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());
  const documents = async (type: string) =>
    (
      await world.suiteql(
        `SELECT memo, TO_CHAR(trandate, 'YYYY-MM-DD') AS day, foreigntotal FROM transaction WHERE type = '${type}' ORDER BY trandate, id`,
      )
    ).map((row) => `${row['memo']} ${row['day']} ${row['foreigntotal']}`);
  /** Account and amount of the lines of a document, as NetSuite posts them: a debit is positive. */
  const lines = async (memo: string) =>
    (
      await world.suiteql(
        `SELECT a.acctnumber, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account WHERE t.memo LIKE '${memo}%' AND tal.posting = 'T' GROUP BY a.acctnumber ORDER BY a.acctnumber`,
      )
    ).map((row) => `${row['acctnumber']} ${Number(row['amount']).toFixed(2)}`);

  test('is on the documents, dated the dispatch and the refund', async () => {
    expect(await documents('CustInvc')).toEqual([
      `INV ${A}-GBa 1 2026-10-28 120`,
      `INV ${B}-GBb 1 2026-10-30 60`,
      `INV ${D}-GBd 1 2026-10-31 50`,
    ]);
    expect(await documents('CustCred')).toEqual([expect.stringMatching(`^CM ${B}-.* 2026-11-02 -30$`)]);
    expect((await documents('SalesOrd')).sort()).toEqual([
      `SO ${A} 1 2026-10-27 120`,
      `SO ${B} 1 2026-10-29 60`,
      `SO ${D} 1 2026-10-30 50`,
    ]);
  });
  test('stands on the account of its jurisdiction', async () => {
    expect(await lines(`INV ${A}`)).toEqual(['1100 120.00', '2211 -20.00', '4000 -100.00', '4050 -5.00', '4090 5.00']);
    expect(await lines(`INV ${B}`)).toEqual(['1100 60.00', '2211 -10.00', '4000 -50.00']);
    expect(await lines(`INV ${D}`)).toEqual(expect.arrayContaining(['1100 50.00', '4000 -50.00']));
    expect(await lines(`CM ${B}`)).toEqual(['1100 -30.00', '2211 5.00', '4000 25.00']);
  });
  test('says in the line whose it is, at which rate and on what', async () => {
    const said = await world.suiteql(
      "SELECT t.memo AS document, tl.memo FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE tl.memo LIKE '%VAT GB%' AND t.type IN ('CustInvc', 'CustCred') ORDER BY t.trandate, t.id",
    );
    expect(said.map(({ memo }) => memo)).toEqual([
      '71001 tax · VAT GB 20 % on 100.00',
      '71002 tax · VAT GB 20 % on 50.00',
      '71004 tax · VAT GB 0 % on 50.00',
      '71002 tax · VAT GB 20 % on 25.00',
    ]);
  });
  test('clears with its order: the journal has the fee and the other system alone, and the payout is tied', async () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '272.00', tied: true })]);
    expect(await lines('JE 30100000101')).toEqual(['1180-GBP -200.00', '1190 272.00', '1197 -120.00', '6110 48.00']);
    expect(tieOut.balances).toMatchObject({
      receivable: '0.00',
      clearing: '0.00',
      'merchant-orders': '-120.00',
      'selling-fees': '48.00',
      'product-sales': '-175.00',
      bank: '272.00',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
  test('a unit that came back is on a return authorisation', async () => {
    expect(await documents('RtnAuth')).toHaveLength(1);
  });
});

const G = '304-1000001-0000001';

describe('VAT that Amazon owes', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    const rows = sale(
      {
        marketplace: 'Amazon.de',
        order: G,
        shipment: 'DEg',
        at: '2026-10-28T12:00:00Z',
        item: '72001',
        sku: 'POT',
        quantity: 1,
      },
      [
        ['ItemPrice', 'Principal', '84.03'],
        ['ItemPrice', 'Tax', '15.97'],
        ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-15.97'],
      ],
    );
    world = await openWorld({
      paceDays: 7,
      world: worldFromSettlements([
        report(
          {
            id: '30100000102',
            start: '2026-10-20T00:00:00Z',
            end: '2026-11-04T00:00:00Z',
            deposit: '2026-11-06T00:00:00Z',
            total: '84.03',
            currency: 'EUR',
          },
          rows,
        ),
      ]),
      settings: { tax: { registrations: ['DE'], items: { DE: 'AMZ-VAT-DE' }, rates: { DE: { standard: 19 } } } },
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('is on no document, and washes', async () => {
    expect(await world.suiteql("SELECT foreigntotal FROM transaction WHERE type IN ('SalesOrd', 'CustInvc')")).toEqual([
      { foreigntotal: '84.03' },
      { foreigntotal: '84.03' },
    ]);
    expect(tieOut.balances).toMatchObject({ 'product-sales': '-84.03', receivable: '0.00' });
    expect(Object.keys(tieOut.balances).filter((role) => role.startsWith('sales-tax'))).toEqual([]);
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '84.03', tied: true })]);
    expect(tieOut.openExceptions).toEqual([]);
  });
});
