import { fileText, v2Row } from '../domain/settlement/settlement-file.ts';

const ID = { 'settlement-id': '26100000009' };
const THIRD_ID = { 'settlement-id': '26100000010' };
const late = { ...THIRD_ID, 'posted-date': '2026-11-20', 'posted-date-time': '2026-11-20 09:00:00 UTC' };
const november = { ...ID, 'posted-date': '2026-11-05', 'posted-date-time': '2026-11-05 09:00:00 UTC' };

/** Follows on the golden file 26100000001: releases its reserve of 20.00, is paid 15.00 for a lost unit, and charged 3.00 that the map does not know. */
export const SECOND_SETTLEMENT = fileText(
  '32.00',
  [
    v2Row('20.00', {
      ...ID,
      'amount-description': 'Previous Reserve Amount Balance',
      'posted-date': '2026-10-29',
      'posted-date-time': '2026-10-29 20:00:00 UTC',
    }),
    v2Row('15.00', {
      ...november,
      'amount-type': 'FBA Inventory Reimbursement',
      'amount-description': 'WAREHOUSE_LOST',
      sku: 'SKU-B',
    }),
    v2Row('-3.00', { ...november, 'amount-description': 'FBA Inbound Dock Fee' }),
  ],
  undefined,
  {
    ...ID,
    'settlement-start-date': '2026-10-29 20:00:00 UTC',
    'settlement-end-date': '2026-11-12 20:00:00 UTC',
    'deposit-date': '2026-11-14 20:00:00 UTC',
  },
);

/** The statement with its payout, and a line that is none of Amazon's. */
export const NOVEMBER_STATEMENT = [
  'date,amount,currency,description,transaction-id',
  '2026-11-13,-2650.00,USD,RENT WAREHOUSE 4,7001',
  '2026-11-14,32.00,USD,AMAZON.COM MKTPL,7002',
  '',
].join('\n');

/** Follows on that one: 5.00 for a lost unit, less 1.00 that the map does not know. */
export const THIRD_SETTLEMENT = fileText(
  '4.00',
  [
    v2Row('5.00', {
      ...late,
      'amount-type': 'FBA Inventory Reimbursement',
      'amount-description': 'WAREHOUSE_LOST',
      sku: 'SKU-B',
    }),
    v2Row('-1.00', { ...late, 'amount-description': 'Shelf Lighting Fee' }),
  ],
  undefined,
  {
    ...THIRD_ID,
    'settlement-start-date': '2026-11-12 20:00:00 UTC',
    'settlement-end-date': '2026-11-26 20:00:00 UTC',
    'deposit-date': '2026-11-28 20:00:00 UTC',
  },
);

const FOURTH_ID = { 'settlement-id': '26100000011' };
const december = { ...FOURTH_ID, 'posted-date': '2026-12-03', 'posted-date-time': '2026-12-03 09:00:00 UTC' };
/** Of a sale of former days; Finances never tells this refund. */
export const UNTOLD_ORDER = '114-0990000-0000009';

/** Follows on the third: 10.00 for a lost unit, less a refund of 2.00. */
export const FOURTH_SETTLEMENT = fileText(
  '8.00',
  [
    v2Row('10.00', {
      ...december,
      'amount-type': 'FBA Inventory Reimbursement',
      'amount-description': 'WAREHOUSE_LOST',
      sku: 'SKU-B',
    }),
    v2Row('-2.00', {
      ...december,
      'transaction-type': 'Refund',
      'order-id': UNTOLD_ORDER,
      'marketplace-name': 'Amazon.com',
      'amount-type': 'ItemPrice',
      'amount-description': 'Principal',
      'fulfillment-id': 'AFN',
      'order-item-code': '88',
      sku: 'SKU-A',
      'quantity-purchased': '1',
    }),
  ],
  undefined,
  {
    ...FOURTH_ID,
    'settlement-start-date': '2026-11-26 20:00:00 UTC',
    'settlement-end-date': '2026-12-10 20:00:00 UTC',
    'deposit-date': '2026-12-12 20:00:00 UTC',
  },
);
