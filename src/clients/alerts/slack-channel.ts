import type { HttpExchange } from '../http/http-exchange.ts';
import type { AlertChannel } from './alert-channel.ts';
import { answeredDelivery } from './answered-delivery.ts';

/**
 * An incoming webhook of Slack's. It has no word for a message that comes again, so one whose answer was lost is not sent again
 * (docs/operations/alerts.md, *What may be missed*).
 */
export function createSlackChannel(name: string, url: string, exchange: HttpExchange): AlertChannel {
  return {
    name,
    knowsRepeats: false,
    send: ({ text }, nowMs) =>
      answeredDelivery(
        exchange,
        {
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({ text: escaped(text), mrkdwn: false, unfurl_links: false, unfurl_media: false }),
        },
        nowMs,
      ),
  };
}

/** Slack's three characters of its own: else a text from a report could name people and channels. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
