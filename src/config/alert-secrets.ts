/** Secrets of alerts, by the environment. */
import { TieoutError } from '../errors/tieout-error.ts';
import type { AlertSettings } from './alerts.ts';
import type { EnvironmentVariables } from './environment.ts';
import { isSafeUrl } from './web-address.ts';

export interface AlertSecrets {
  /** By the name of the channel: the address of a Slack webhook, or what a webhook is signed with. */
  ofChannels: ReadonlyMap<string, string>;
  smtpPassword: string | null;
}

/** `TIEOUT_ALERTS_BOOKS_SLACK_URL` of a channel `books`. */
export const alertSecretName = (channel: string, what: 'SLACK_URL' | 'SECRET'): string =>
  `TIEOUT_ALERTS_${channel.toUpperCase().replaceAll('-', '_')}_${what}`;
const SMTP_PASSWORD = 'TIEOUT_ALERTS_SMTP_PASSWORD';
/** As long as the hash that it keys (RFC 2104, section 3). */
const LEAST_SECRET = 32;

/** @throws TieoutError `config` that names every variable that is missing or of no use, never a value */
export function readAlertSecrets(
  { channels, smtp }: AlertSettings,
  env: EnvironmentVariables = process.env,
): AlertSecrets {
  const wrong: string[] = [];
  const value = (name: string): string => {
    const found = env[name]?.trim() ?? '';
    if (found === '') wrong.push(`${name} is not set`);
    return found;
  };
  const ofChannels = channels.flatMap(({ name, via }): [string, string][] => {
    if (via === 'email') return [];
    const variable = alertSecretName(name, via === 'slack' ? 'SLACK_URL' : 'SECRET');
    const found = value(variable);
    if (found !== '' && via === 'slack' && !(URL.canParse(found) && isSafeUrl(found)))
      wrong.push(`${variable} is no address that begins with https:`);
    if (found !== '' && via === 'webhook' && found.length < LEAST_SECRET)
      wrong.push(`${variable} has fewer than ${LEAST_SECRET} characters`);
    return [[name, found]];
  });
  const wantsPassword = smtp?.user !== undefined && channels.some(({ via }) => via === 'email');
  const smtpPassword = wantsPassword ? value(SMTP_PASSWORD) : null;
  if (wrong.length === 0) return { ofChannels: new Map(ofChannels), smtpPassword };
  throw new TieoutError({
    code: 'config',
    what: 'Secrets of alerts are missing.',
    notDone: 'Nothing was started.',
    where: wrong,
    do: ['set them in the environment and run it again; docs/operations/alerts.md says what each is'],
  });
}
