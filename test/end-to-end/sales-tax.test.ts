/**
 * The worked example of tax.md in its forms: VAT that Amazon calculates (VCS) or not, and VAT that Amazon owes. Documents,
 * accounts and totals were worked out by hand from the design.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { accountsByRole } from '../../src/local/demo-month/chart-of-accounts.ts';
import { taxTie } from '../../src/operations/tax/tax-tie.ts';
import { worldFromSettlements, type SettlementFile } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { vatView, type VatView } from '../../src/views/tax/vat-view.ts';
import { commandsOn } from './commands-on-world.ts';
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

/** Amazon's VAT Transactions Report of October, as far as it is read. */
const AVTR = [
  [
    'TRANSACTION_TYPE',
    'TRANSACTION_EVENT_ID',
    'TRANSACTION_COMPLETE_DATE',
    'SELLER_SKU',
    'TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL',
    'PRICE_OF_ITEMS_VAT_RATE_PERCENT',
    'TOTAL_ACTIVITY_VALUE_VAT_AMT',
    'TRANSACTION_CURRENCY_CODE',
    'DEPARTURE_COUNTRY',
    'BUYER_VAT_NUMBER',
    'TAXABLE_JURISDICTION',
    'EXPORT_OUTSIDE_EU',
    'TAX_COLLECTION_RESPONSIBILITY',
  ],
  ['SALE', A, '28-10-2026', 'POT', '100.00', '0.2', '20.00', 'GBP', 'GB', '', 'UNITED KINGDOM', 'NO', 'SELLER'],
  ['SALE', B, '30-10-2026', 'CUP', '50.00', '0.2', '10.00', 'GBP', 'GB', '', 'UNITED KINGDOM', 'NO', 'SELLER'],
  ['SALE', D, '31-10-2026', 'POT', '50.00', '0', '0.00', 'GBP', 'GB', '', 'UNITED KINGDOM', 'YES', 'SELLER'],
]
  .map((cells) => `${cells.join('\t')}\n`)
  .join('');

/** The report of a month, with what NetSuite says of it. */
async function vatReport(world: WorldUnderTest, month: string): Promise<VatView> {
  return vatView(
    { store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } },
    { month, netsuite: await taxTie(world, world.connection, month), amazon: null },
  );
}

/** D goes to the United States. */
function exported(world: AmazonWorld): AmazonWorld {
  for (const { orderId, buyer } of world.orders) if (orderId === D) buyer.address.countryCode = 'US';
  return world;
}

/** Of the fees of 48.00 with 8.00 inside. */
const FEE_INVOICE = {
  kind: 'bookFeeInvoice',
  number: 'UK-AEU-2026-1234',
  date: '2026-10-31',
  jurisdiction: 'GB',
  role: 'selling-fees',
  net: '40.00',
  tax: '8.00',
  treatment: 'charged',
  why: 'October',
} as const;

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
      seed: (seed) => ({
        ...seed,
        accounts: [...seed.accounts, { number: '1290', name: 'Input VAT GB', type: 'OthCurrAsset' }],
      }),
      settings: {
        accounts: { ...accountsByRole(['GBP'], ['GB']), 'input-tax:GB': '1290' },
        tax: { ...TAX, feeInvoices: 'ours' },
        marketplaces: [{ id: 'A1F83G8C2ARO7P', customer: 'Amazon GB', location: 'FBA GB', calculatedBy }],
      },
    });
    await world.runToTheEnd();
    await world.decide(FEE_INVOICE);
    await world.look();
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
      'selling-fees': '40.00',
      'product-sales': '-175.00',
      bank: '272.00',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
  test('the tax inside the fees is reclaimed by the invoice, dated it', async () => {
    expect(await lines('FTX UK-AEU-2026-1234')).toEqual(['1290 8.00', '6110 -8.00']);
    expect(await documents('Journal')).toContainEqual(expect.stringMatching(/^FTX UK-AEU-2026-1234 1 .* 2026-10-31 /));
  });
  test('a unit that came back is on a return authorisation', async () => {
    expect(await documents('RtnAuth')).toHaveLength(1);
  });
  test('is in the report of its month, which ties to the account of its jurisdiction and to the settlement', async () => {
    const GB = { jurisdiction: 'GB', collector: 'seller', currency: 'GBP' };
    const TIED = {
      jurisdiction: 'GB',
      currency: 'GBP',
      account: '2211',
      difference: '0.00',
      ties: true,
      differing: [],
      differingCount: 0,
      foreign: '0.00',
      others: [],
      othersCount: 0,
    };
    const october = await vatReport(world, '2026-10');
    expect(october.lines).toEqual([
      { ...GB, case: 'taxed', rate: '20', type: 'invoice', count: 2, net: '150.00', tax: '30.00', gross: '180.00' },
      { ...GB, case: 'zero', rate: '0', type: 'invoice', count: 1, net: '50.00', tax: '0.00', gross: '50.00' },
    ]);
    expect(october.boxes).toEqual({ '1': '30.00', '4': '8.00', '6': '200.00', '7': '40.00' });
    expect(october.accounts).toEqual([{ ...TIED, documents: '30.00', booked: '30.00' }]);
    expect(october.settlements).toMatchObject([{ documents: '30.00', inMonth: '0.00', notYet: '30.00' }]);
    const november = await vatReport(world, '2026-11');
    expect(november.lines).toEqual([
      { ...GB, case: 'taxed', rate: '20', type: 'credit memo', count: 1, net: '-25.00', tax: '-5.00', gross: '-30.00' },
    ]);
    expect(november.boxes).toMatchObject({ '1': '-5.00', '6': '-25.00' });
    expect(november.accounts).toEqual([{ ...TIED, documents: '-5.00', booked: '-5.00' }]);
    expect(november.settlements).toMatchObject([{ inMonth: '-5.00', notYet: '0.00', ofOtherMonths: '30.00' }]);
    expect([october.planned, november.planned]).toEqual([[], []]);
    expect(october.unfinished).toEqual([]);
  });
  test('is what `tieout vat` says, beside the file that Amazon gives of the month', async () => {
    const command = commandsOn(world);
    const { stdout } = await command('vat', '2026-10', '--csv');
    expect(stdout.split('\r\n')).toEqual([
      'connection,month,state,currency,jurisdiction,collector,case,rate,document,count,net,tax,gross,note',
      'demo-us,2026-10,posted,GBP,GB,seller,taxed,20,invoice,2,150.00,30.00,180.00,',
      'demo-us,2026-10,posted,GBP,GB,seller,zero,0,invoice,1,50.00,0.00,50.00,',
      'demo-us,2026-10,posted,GBP,GB,fee,charged,selling-fees,UK-AEU-2026-1234,1,40.00,8.00,48.00,',
      '',
    ]);
    const file = join(world.places.folder, 'avtr.txt');
    writeFileSync(file, AVTR);
    const page = await command('vat', '2026-10', '--avtr', file);
    expect(page.exit).toBe(0);
    expect(page.stdout).toMatch(/GB +2211 +30\.00 +30\.00 +0\.00 +GBP +✓/);
    expect(page.stdout.replace(/\s+/g, ' ')).toContain(
      `Amazon ✓ ${file} · 3 rows · 3 agree Zero Why Net GB exports 50.00 GBP`,
    );
    const other = await command('vat', '2026-11', '--avtr', file);
    expect([other.exit, other.stdout]).toEqual([2, '']);
    expect(other.stderr.replace(/\s+/g, ' ')).toContain(
      `TRANSACTION_COMPLETE_DATE is of another month than 2026-11. Nothing is shown. [vat-report] where ${file}, line 2, column TRANSACTION_COMPLETE_DATE: "28-10-2026"`,
    );
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
  test('stands in the report as what Amazon owes, and on no account of tax', async () => {
    const { lines, sums, boxes, accounts } = await vatReport(world, '2026-10');
    expect(lines).toEqual([
      {
        jurisdiction: 'DE',
        collector: 'amazon',
        currency: 'EUR',
        case: 'amazon',
        rate: '19',
        type: 'invoice',
        count: 1,
        net: '84.03',
        tax: '15.97',
        gross: '100.00',
      },
    ]);
    expect([sums, boxes, accounts]).toEqual([[], null, []]);
  });
});
