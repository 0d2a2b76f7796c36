import { headerOf, NoAnswer, type HttpAnswer, type HttpExchange, type HttpRequest } from '../http/http-exchange.ts';
import type { Delivery } from './alert-channel.ts';

/** A gateway's word that it heard nothing of use from behind it (RFC 9110, 15.6.3 and 15.6.5): the message may have come. */
const OF_A_GATEWAY: readonly number[] = [502, 504];

/** One request of a channel over HTTP, and what its answer says of the message. */
export async function answeredDelivery(exchange: HttpExchange, request: HttpRequest, nowMs: number): Promise<Delivery> {
  try {
    return deliveryOf(await exchange({ ...request, freshConnection: true }), nowMs);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return error.sent
      ? { is: 'unknown', problem: error.message }
      : { is: 'not taken', problem: error.message, afterMs: null };
  }
}

function deliveryOf(answer: HttpAnswer, nowMs: number): Delivery {
  const { status, text } = answer;
  if (status >= 200 && status < 300) return { is: 'taken' };
  const said = text.trim().slice(0, 100);
  const problem = `it answers ${status}${/^[\w .-]+$/.test(said) ? ` ${said}` : ''}`;
  if (OF_A_GATEWAY.includes(status)) return { is: 'unknown', problem };
  return { is: 'not taken', problem, afterMs: retryAfterMs(headerOf(answer, 'retry-after'), nowMs) };
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3); null where none is said. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
