/** Channels of the configuration, with the environment's secrets. */
import type { ConnectedAlerts, ConnectedChannel } from '../activities/alerts/connected-alerts.ts';
import type { AlertChannel } from '../clients/alerts/alert-channel.ts';
import { createEmailChannel } from '../clients/alerts/email-channel.ts';
import { createSlackChannel } from '../clients/alerts/slack-channel.ts';
import { createWebhookChannel } from '../clients/alerts/webhook-channel.ts';
import { createHttpExchange } from '../clients/http/http-exchange.ts';
import type { AlertSecrets } from '../config/alert-secrets.ts';
import type { AlertChannelSettings, AlertSettings } from '../config/alerts.ts';
import { isLoopback } from '../config/web-address.ts';
import { milliseconds } from '../config/duration.ts';

/** Of one message: whoever takes longer holds up nothing, and has perhaps taken it. */
const TIMEOUT_MS = 20_000;
const ANSWER_BYTES = 64 * 1024;
const UNDELIVERED_AFTER_MS = 15 * 60_000;

export function connectAlerts(
  settings: AlertSettings,
  secrets: AlertSecrets,
  { timeoutMs = TIMEOUT_MS, undeliveredAfterMs = UNDELIVERED_AFTER_MS } = {},
): ConnectedAlerts {
  const exchange = createHttpExchange({ timeoutMs, maxBytes: ANSWER_BYTES });
  const channelOf = (channel: AlertChannelSettings): AlertChannel => {
    const { name } = channel;
    switch (channel.via) {
      case 'slack':
        return createSlackChannel(name, secrets.ofChannels.get(name)!, exchange);
      case 'webhook':
        return createWebhookChannel(name, { url: channel.url, secret: secrets.ofChannels.get(name)! }, exchange);
      case 'email': {
        const smtp = settings.smtp!;
        return createEmailChannel(name, {
          smtp,
          password: secrets.smtpPassword,
          requireTls: !smtp.secure && !isLoopback(smtp.host),
          to: channel.to,
          timeoutMs,
        });
      }
    }
  };
  return {
    channels: settings.channels.map((channel): ConnectedChannel => ({
      name: channel.name,
      via: channel.via,
      owners: channel.owners,
      channel: channelOf(channel),
    })),
    digest: settings.digest,
    escalateAfterMs: milliseconds(settings.escalateAfter),
    claimMs: timeoutMs + timeoutMs / 2,
    undeliveredAfterMs,
  };
}
