import { US } from './order-in-cents.ts';
import { FIRST_PAYOUT, SECOND_PAYOUT } from './october-2026.ts';
import type { SettlementRow } from './settlement-rows.ts';

/** What is held back at the end of a payout and given back at the beginning of the next. */
export const RESERVES = { brought: 115_000n, afterFirst: 131_029n, afterSecond: 110_415n } as const;

const row = (
  type: string,
  group: string,
  description: string,
  cents: bigint,
  postedAt: string,
  more: Partial<SettlementRow> = {},
): SettlementRow => ({ type, group, description, cents, postedAt, marketplaceName: US.world.name, ...more });
const balance = (description: string, cents: bigint, postedAt: string): SettlementRow => ({
  type: 'other-transaction',
  group: 'other-transaction',
  description,
  cents,
  postedAt,
});
const advertising = (cents: bigint, tax: bigint, postedAt: string): SettlementRow[] => [
  row('ServiceFee', 'Cost of Advertising', 'TransactionTotalAmount', cents, postedAt),
  row('ServiceFee', 'Cost of Advertising', 'TaxAmount', tax, postedAt),
];

/** Rows that belong to no order: reserve, advertising with its tax, storage, subscription, reimbursements. Two of them are identical. */
export const FIRST_ACCOUNT_ROWS: readonly SettlementRow[] = [
  balance('Previous Reserve Amount Balance', RESERVES.brought, FIRST_PAYOUT.start),
  ...advertising(-21_344n, -1_281n, '2026-10-04T08:11:20Z'),
  ...advertising(-18_907n, -1_134n, '2026-10-11T08:09:55Z'),
  row('other-transaction', 'other-transaction', 'Storage Fee', -4_811n, '2026-10-08T03:14:09Z'),
  row('other-transaction', 'other-transaction', 'Subscription Fee', -3_999n, '2026-10-02T17:18:25Z'),
  row('other-transaction', 'FBA Inventory Reimbursement', 'WAREHOUSE_LOST', 6_341n, '2026-10-07T20:40:31Z', {
    sku: 'CST-PAN-26',
    adjustmentId: '7720113',
  }),
  row('other-transaction', 'FBA Inventory Reimbursement', 'WAREHOUSE_DAMAGE', 1_142n, '2026-10-10T05:33:10Z', {
    sku: 'RED-MUG',
    adjustmentId: '7720187',
  }),
  row('other-transaction', 'FBA Inventory Reimbursement', 'WAREHOUSE_DAMAGE', 1_142n, '2026-10-10T05:33:10Z', {
    sku: 'RED-MUG',
    adjustmentId: '7720187',
  }),
  row('CouponRedemptionFee', 'CouponRedemptionFee', 'Autumn table, 10% off', -240n, '2026-10-09T22:02:14Z'),
  row('other-transaction', 'other-transaction', 'FBAInboundTransportationFee', -8_650n, '2026-10-06T14:55:01Z', {
    shipmentId: 'FBA18ZN0LT90',
  }),
  balance('Current Reserve Amount', -RESERVES.afterFirst, FIRST_PAYOUT.end),
];

/** The amount type that nobody has mapped: three rows, −38.70. */
const DOCK_FEES: readonly SettlementRow[] = [
  '2026-10-19T06:20:44Z',
  '2026-10-21T06:18:02Z',
  '2026-10-26T06:22:37Z',
].map((postedAt) => row('other-transaction', 'other-transaction', 'FBA Inbound Dock Fee', -1_290n, postedAt));

export const SECOND_ACCOUNT_ROWS: readonly SettlementRow[] = [
  balance('Previous Reserve Amount Balance', RESERVES.afterFirst, SECOND_PAYOUT.start),
  ...advertising(-24_018n, -1_441n, '2026-10-18T08:10:47Z'),
  ...advertising(-22_166n, -1_330n, '2026-10-25T08:12:03Z'),
  row('FBAFees', 'FBA Long Term Storage Fee', 'Base fee', -1_920n, '2026-10-16T04:41:58Z'),
  row('FBAFees', 'FBA Removal Order: Disposal Fee', 'Base fee', -312n, '2026-10-23T11:29:16Z'),
  row(
    'other-transaction',
    'FBA Inventory Reimbursement',
    'FREE_REPLACEMENT_REFUND_ITEMS',
    2_299n,
    '2026-10-20T19:51:33Z',
    { sku: 'BLU-MUG', adjustmentId: '7731204' },
  ),
  row('other-transaction', 'FBA Inventory Reimbursement', 'COMPENSATED_CLAWBACK', -1_142n, '2026-10-24T02:07:49Z', {
    sku: 'RED-MUG',
    adjustmentId: '7731377',
  }),
  ...DOCK_FEES,
  balance('Current Reserve Amount', -RESERVES.afterSecond, SECOND_PAYOUT.end),
];
