/** How the VAT report is laid out: the worked example, with what differs. */
import { expect, test } from '@jest/globals';
import { vatPage } from '../../../src/cli/run/vat-page.ts';
import type { VatView } from '../../../src/views/tax/vat-view.ts';

const GB = { jurisdiction: 'GB', collector: 'seller', currency: 'GBP', type: 'invoice' } as const;
const VIEW: VatView = {
  connection: 'shop-uk',
  month: '2026-10',
  registrations: ['GB'],
  nothing: null,
  unfinished: [],
  lines: [
    { ...GB, case: 'taxed', rate: '20', count: 2, net: '1500.00', tax: '300.00', gross: '1800.00' },
    { ...GB, case: 'zero', rate: '0', count: 1, net: '50.00', tax: '0.00', gross: '50.00' },
  ],
  planned: [],
  sums: [{ jurisdiction: 'GB', currency: 'GBP', net: '1550.00', tax: '300.00' }],
  boxes: { '1': '300.00', '4': null, '6': '1550.00', '7': null },
  accounts: [
    {
      jurisdiction: 'GB',
      currency: 'GBP',
      account: '2211',
      documents: '300.00',
      booked: '290.00',
      difference: '-10.00',
      ties: false,
      differing: [
        { document: 'AMZ_shop-uk_INV_202-1000002-0000002-GBb_1', documents: '10.00', booked: '0.00' },
        { document: 'AMZ_shop-uk_JE_30100000101_1', documents: '-4.00', booked: '-14.00' },
      ],
      differingCount: 4,
      foreign: '-800.00',
      others: [{ name: 'JE77', type: 'Journal', day: '2026-10-07', amount: '-800.00' }],
      othersCount: 1,
    },
  ],
  fees: null,
  settlements: [
    {
      jurisdiction: 'GB',
      currency: 'GBP',
      documents: '300.00',
      inMonth: '200.00',
      earlier: '0.00',
      notYet: '100.00',
      ofOtherMonths: '40.00',
    },
  ],
  amazon: {
    file: 'october.txt',
    rows: 3,
    agree: 1,
    ties: false,
    counts: { differs: 1, 'only-ours': 0, 'only-amazon': 1, 'other-month': 0, 'other-system': 0 },
    differences: [
      {
        orderId: '202-1000002-0000002',
        event: 'sale',
        sku: 'CUP',
        currency: 'GBP',
        kind: 'differs',
        what: ['tax'],
        day: '2026-10-30',
        ours: { collector: 'seller', jurisdiction: 'GB', rate: '20', net: '50.00', tax: '10.00' },
        amazon: { collector: 'seller', jurisdiction: 'GB', rate: '20', net: '50.00', tax: '9.99' },
      },
    ],
    moves: [],
    waiting: [],
    zero: [{ jurisdiction: 'GB', currency: 'GBP', reason: 'export', net: '50.00' }],
  },
  left: [],
  notes: ['An aid to fill a return: it files nothing and gives no advice.'],
};

test('lines, boxes, and the three ties below each other', () => {
  expect(vatPage(VIEW, 140, {})).toEqual([
    'shop-uk · VAT of 2026-10 · registered in GB',
    'Nothing of 2026-10 is known to be left.',
    '',
    'Where  Owed by  Case   Rate  Document  Count       Net     Tax     Gross',
    'GB     seller   taxed  20 %  invoice       2  1,500.00  300.00  1,800.00  GBP',
    'GB     seller   zero    0 %  invoice       1     50.00    0.00     50.00  GBP',
    '',
    'Owed by the seller · GB 300.00 on 1,550.00 GBP',
    '',
    'UK box 1  300.00 GBP  VAT due on sales',
    'UK box 4  from your purchases',
    'UK box 6  1,550.00 GBP  sales without VAT',
    'UK box 7  from your purchases',
    '',
    'NetSuite  Account  Documents  Booked  Difference',
    'GB        2211        300.00  290.00      −10.00  GBP  ≠',
    '≠ GB AMZ_shop-uk_INV_202-1000002-0000002-GBb_1: tax 10.00, booked 0.00 GBP; look: npx tieout status order 202-1000002-0000002',
    '≠ GB AMZ_shop-uk_JE_30100000101_1: tax −4.00, booked −14.00 GBP; look: npx tieout status payout 30100000101',
    '… and 2 that are not listed',
    '1 movement of others on the account of GB: −800.00 GBP',
    '  7 Oct Journal JE77: −800.00 GBP',
    '',
    'Settled  In 2026-10  Earlier  Not yet  Documents  Of other months',
    'GB           200.00     0.00   100.00     300.00            40.00  GBP',
    '',
    'Amazon ≠ october.txt · 3 rows · 1 agree · 1 differs · 1 no document',
    'Order                Event  SKU  What  Document                                   Amazon',
    '202-1000002-0000002  sale   CUP  tax   30 Oct seller GB 20 %: 10.00 on 50.00 GBP  seller GB 20 %: 9.99 on 50.00 GBP',
    '',
    'Zero  Why        Net',
    'GB    exports  50.00  GBP',
    '',
    'An aid to fill a return: it files nothing and gives no advice.',
    '',
  ]);
});

test('fits into 80 cells and into 60', () => {
  for (const width of [80, 60])
    for (const line of vatPage(VIEW, width, {})) expect(line.length).toBeLessThanOrEqual(width);
});

test('says on top that the month is not over, and what is left', () => {
  const what = 'A settlement in GBP that began on 20 Oct 2026 has not ended: it may hold claims of the month.';
  expect(vatPage({ ...VIEW, unfinished: [{ kind: 'settlements', what }] }, 140, {}).slice(0, 4)).toEqual([
    'shop-uk · VAT of 2026-10 · registered in GB',
    'UNFINISHED: figures of 2026-10 may still change.',
    `· ${what}`,
    '',
  ]);
});

test('names the setting of a country whose item NetSuite lacks', () => {
  const [tie] = VIEW.accounts!;
  const fr = {
    ...tie!,
    jurisdiction: 'FR',
    account: null,
    differing: [],
    differingCount: 0,
    othersCount: 0,
    others: [],
  };
  const lines = vatPage({ ...VIEW, accounts: [fr] }, 140, {});
  expect(lines).toContain('FR        set tax.items.FR     300.00  290.00      −10.00  GBP  ≠');
});

test('says what was not asked', () => {
  const lines = vatPage({ ...VIEW, lines: [], accounts: null, settlements: [], amazon: null, boxes: null }, 80, {});
  expect(lines).toEqual(
    expect.arrayContaining([
      'No document of this month is in NetSuite.',
      'NetSuite was not asked.',
      "Amazon's VAT report was not read: --avtr FILE compares order by order.",
    ]),
  );
  const nothing = 'No jurisdiction stands under tax.registrations.';
  expect(vatPage({ ...VIEW, nothing }, 80, {})).toEqual(['shop-uk', nothing, '']);
});
