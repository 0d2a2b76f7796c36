import { createHmac } from 'node:crypto';
import type { HttpExchange } from '../http/http-exchange.ts';
import type { AlertChannel } from './alert-channel.ts';
import { answeredDelivery } from './answered-delivery.ts';

/**
 * JSON to an address of the customer's own. `Tieout-Signature` is `v1=` and the HMAC-SHA256, in hex, of `Tieout-Timestamp`
 * (seconds), a dot and the body; `Idempotency-Key` is the message's own, so that the receiver knows it when it comes again.
 */
export function createWebhookChannel(
  name: string,
  { url, secret }: { url: string; secret: string },
  exchange: HttpExchange,
): AlertChannel {
  return {
    name,
    knowsRepeats: true,
    send: ({ id, json }, nowMs) => {
      const body = JSON.stringify(json);
      const timestamp = String(Math.floor(nowMs / 1000));
      return answeredDelivery(
        exchange,
        {
          method: 'POST',
          url,
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'idempotency-key': id,
            'tieout-timestamp': timestamp,
            'tieout-signature': `v1=${signatureOf(secret, timestamp, body)}`,
          },
          body,
        },
        nowMs,
      );
    },
  };
}

export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}
