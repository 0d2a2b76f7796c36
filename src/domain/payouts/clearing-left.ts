/** What stands on clearing of a settlement's rows: its journal brings them there, and what settles their documents takes them away. */

/** Sums of equal things of one settlement, in minor units, each as it is stored. */
export interface ClearingSums {
  /** Rows booked on clearing, as in the report. */
  rows: bigint;
  /** Applied by customer payments, and by customer refunds; both above zero. */
  paid: bigint;
  refunded: bigint;
  /** Settled − total of the invoices, and of the credit memos, whose difference was put on `variance`. */
  invoiceVariances: bigint;
  memoVariances: bigint;
}

/** Rows − (payments − refunds) − (variances of invoices − those of credit memos); positive where more came than was applied. */
export function clearingLeft({ rows, paid, refunded, invoiceVariances, memoVariances }: ClearingSums): bigint {
  return rows - (paid - refunded) - (invoiceVariances - memoVariances);
}
