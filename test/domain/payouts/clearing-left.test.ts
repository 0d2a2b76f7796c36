import { expect, test } from '@jest/globals';
import { clearingLeft, type ClearingSums } from '../../../src/domain/payouts/clearing-left.ts';

const paid = { purpose: 'PAY', amount: 10000n } as const;
const refunded = { purpose: 'RFD', amount: 3000n } as const;

/** Sales of 100.00 and a refund of 30.00 in the rows; worked out by hand. */
test.each<[string, Partial<ClearingSums>, bigint]>([
  ['nothing was applied yet', { rows: 7000n }, 7000n],
  ['the payment was applied, the refund was not', { rows: 7000n, applied: [paid] }, -3000n],
  ['both were applied', { rows: 7000n, applied: [paid, refunded] }, 0n],
  // The rows pay 0.05 less than the invoice, which is applied in full.
  [
    'an invoice settled for less, on variance',
    { rows: 9995n, applied: [paid], variances: [{ purpose: 'INV', amount: -5n }] },
    0n,
  ],
  // Amazon took 0.05 more than the memo, which is refunded in full.
  [
    'a memo settled for more, on variance',
    { rows: -3005n, applied: [refunded], variances: [{ purpose: 'CM', amount: 5n }] },
    0n,
  ],
  ['a cent too much', { rows: 7001n, applied: [paid, refunded] }, 1n],
])('%s', (_, sums, left) => {
  expect(clearingLeft({ rows: 0n, applied: [], variances: [], ...sums })).toBe(left);
});
