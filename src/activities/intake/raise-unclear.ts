import { orderSubject } from '../../domain/exceptions/exception.ts';
import { givesBackTooMuchTax } from '../../domain/tax/above-price.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import type { Database } from '../../store/database.ts';
import { raise, resolveException } from '../../store/exceptions/exceptions.ts';

const keyOf = ({ orderId, transactionId }: RefundFact): string => `${orderId}:${transactionId}`;

/**
 * Amazon told of a part of the refund that we do not know, or of more tax than price: no credit memo is made from a guess. Once a settlement pays it
 * (`settlementId`), its rows say what it came to, and that payout waits for it.
 */
export async function raiseUnclear(
  db: Database,
  connection: string,
  refund: RefundFact,
  settlementId: string | null,
  at: string,
): Promise<void> {
  const { orderId, currency } = refund;
  await raise(
    db,
    connection,
    {
      code: 'refund-unclear',
      key: keyOf(refund),
      subject: orderSubject(orderId),
      ...(settlementId === null ? {} : { payout: settlementId }),
      evidence: {
        what: `a refund of order ${orderId}, posted ${refund.postedAt}, ${refund.items.some(givesBackTooMuchTax) ? 'gives back more tax than price' : 'has parts that Tieout does not know yet'}`,
        atStake: null,
        currency,
      },
      remedy: { kind: 'book-refund', orderId, settlementId },
    },
    at,
  );
}

export async function resolveUnclear(
  db: Database,
  connection: string,
  refund: RefundFact,
  resolution: string,
  at: string,
): Promise<void> {
  await resolveException(db, connection, 'refund-unclear', keyOf(refund), resolution, at);
}
