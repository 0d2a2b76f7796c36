/** A refund planned and written down, or stopped where nobody can know which tax it gives back. */
import type { RefundRef, Stopped } from '../../contracts/orders/order-activities.ts';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import type { RefundPlan } from '../../domain/orders/refund.ts';
import { creditOf } from '../../domain/orders/place-refund.ts';
import type { Connection } from '../connection.ts';
import { SaleUnplaced, writeRefundDown } from './write-refund-down.ts';

/** `plan` is null for a refund that needs no document. It stops alone until a person has said where its sale went. Idempotent. */
export async function planOfRefund(
  connection: Connection,
  ref: RefundRef,
): Promise<{ plan: RefundPlan | null } | Stopped> {
  try {
    const plan = await writeRefundDown(connection.db, connection, ref);
    await connection.resolve('sale-unplaced', ref.refund, 'where its sale went is known');
    return { plan };
  } catch (error) {
    if (!(error instanceof SaleUnplaced)) throw error;
    const { refund, sku } = error;
    const sentence = `the sale of order ${refund.orderId} is not in these books and where it went is not known: at home ${sku} bears tax by its rate, sent abroad none`;
    const exception = await connection.raise({
      code: 'sale-unplaced',
      key: ref.refund,
      subject: orderSubject(refund.orderId),
      evidence: { what: sentence, atStake: creditOf(refund), currency: refund.currency },
      remedy: { kind: 'place-sale', order: refund.orderId },
    });
    return { result: 'stopped', exception, sentence };
  }
}
