/**
 * The `alerts` part of the configuration (console.md, *Alerts*): who is told of exceptions, and through what. Addresses that
 * are secrets, and secrets, come from the environment.
 */
import { z } from 'zod';
import type { Owner } from '../domain/exceptions/catalogue.ts';
import type { ConfigProblem } from './explain-issue.ts';
import { durationBetween } from './duration.ts';
import { webAddress } from './web-address.ts';

const OWNERS = ['finance', 'operations', 'engineering'] as const satisfies readonly Owner[];
const text = z.string().trim().min(1).max(200);
const channel = {
  /** Names its secrets, too: `TIEOUT_ALERTS_{NAME}_…`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'is not a name of a-z, 0-9 and -, at most 30 characters'),
  /** Whose exceptions it tells of. */
  owners: z.array(z.enum(OWNERS)).min(1),
};

const channelSchema = z.discriminatedUnion('via', [
  /** Its address is a secret: `…_SLACK_URL`. */
  z.strictObject({ ...channel, via: z.literal('slack') }),
  z.strictObject({ ...channel, via: z.literal('email'), to: z.array(z.email()).min(1).max(50) }),
  /** Signed with `…_SECRET`. */
  z.strictObject({ ...channel, via: z.literal('webhook'), url: webAddress }),
]);

export const alertsSchema = z.strictObject({
  /** When the digest is due on a working day, in the time zone of the connection's first marketplace. */
  digest: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day like "08:00"')
    .default('08:00'),
  escalateAfter: durationBetween('1h', '90d').default('1d'),
  /** What mail goes out by; the password is `TIEOUT_ALERTS_SMTP_PASSWORD`. */
  smtp: z
    .strictObject({
      host: text,
      port: z.int().min(1).max(65_535).default(587),
      /** TLS from the first byte; else by STARTTLS, which only a server on this machine need not offer. */
      secure: z.boolean().default(false),
      user: text.optional(),
      from: text,
    })
    .optional(),
  channels: z.array(channelSchema).min(1),
});
export type AlertSettings = z.output<typeof alertsSchema>;
export type AlertChannelSettings = AlertSettings['channels'][number];
export type SmtpSettings = NonNullable<AlertSettings['smtp']>;

/** Names that stand twice, mail without a server. */
export function alertContradictions(alerts: AlertSettings | undefined): ConfigProblem[] {
  if (alerts === undefined) return [];
  const { channels, smtp } = alerts;
  return channels.flatMap((one, index): ConfigProblem[] => {
    const at = ['alerts', 'channels', index] as const;
    return [
      ...(channels.findIndex(({ name }) => name === one.name) < index
        ? [{ path: [...at, 'name'], what: `"${one.name}" is the name of another channel` }]
        : []),
      ...(one.via === 'email' && smtp === undefined
        ? [{ path: [...at, 'via'], what: 'is email, which wants alerts.smtp: {host, from}' }]
        : []),
    ];
  });
}
