import { expect, test } from '@jest/globals';
import { clearingLeft } from '../../../src/domain/payouts/clearing-left.ts';

const NOTHING = { rows: 0n, paid: 0n, refunded: 0n, invoiceVariances: 0n, memoVariances: 0n };

/** Sales of 100.00 and a refund of 30.00 in the rows; worked out by hand. */
test.each([
  ['nothing was applied yet', { rows: 7000n }, 7000n],
  ['the payment was applied, the refund was not', { rows: 7000n, paid: 10000n }, -3000n],
  ['both were applied', { rows: 7000n, paid: 10000n, refunded: 3000n }, 0n],
  // The rows pay 0.05 less than the invoice, which is applied in full.
  ['an invoice settled for less, on variance', { rows: 9995n, paid: 10000n, invoiceVariances: -5n }, 0n],
  // Amazon took 0.05 more than the memo, which is refunded in full.
  ['a memo settled for more, on variance', { rows: -3005n, refunded: 3000n, memoVariances: 5n }, 0n],
  ['a cent too much', { rows: 7001n, paid: 10000n, refunded: 3000n }, 1n],
] as const)('%s', (_, sums, left) => {
  expect(clearingLeft({ ...NOTHING, ...sums })).toBe(left);
});
