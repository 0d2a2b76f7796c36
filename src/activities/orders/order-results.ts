/** What the order's activities answer: small, without amounts of rows or personal data. */

export interface Stopped {
  result: 'stopped';
  exception: number;
  sentence: string;
}

export type SalesOrderResult =
  | { result: 'posted' }
  | { result: 'planned' }
  | { result: 'no-price' }
  | { result: 'waits'; skus: string[]; unusable: string | null }
  | { result: 'cancelled' }
  | { result: 'left-alone' }
  | Stopped;

/** `belowZero`: the invoice was cut to zero, and what it could not carry is still to be credited. */
export type DispatchResult = { result: 'done'; complete: boolean; belowZero?: true } | { result: 'planned' } | Stopped;
export type RefundResult = { result: 'done' } | { result: 'planned' } | Stopped;
