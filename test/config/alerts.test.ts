import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { alertSecretName, readAlertSecrets } from '../../src/config/alert-secrets.ts';
import { ACCOUNT_ROLES } from '../../src/config/connection.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';

const text = (alerts: unknown) =>
  stringify({
    alerts,
    connections: [
      {
        name: 'shop-us',
        amazon: { region: 'na' },
        netsuite: { account: '1234567_SB1' },
        marketplaces: [{ id: 'ATVPDKIKX0DER', customer: 'Amazon US', location: 'FBA US' }],
        cutOver: '2026-10-01T07:00:00Z',
        shippedBeforeCutOver: 'opening-balance',
        items: { shipping: 'S', 'gift-wrap': 'G', promotion: 'P', points: 'O', refund: 'R' },
        vendor: 'Amazon',
        accounts: Object.fromEntries(ACCOUNT_ROLES.map((role, index) => [role, String(1000 + index)])),
      },
    ],
  });
const read = (alerts: unknown) => parseConfig('tieout.config.yaml', text(alerts)).alerts!;
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof TieoutError) return error.notice.where.join('\n');
    throw error;
  }
  throw new Error('it was taken');
}

const SLACK = { name: 'books', owners: ['finance'], via: 'slack' };
const MAIL = { name: 'desk', owners: ['operations'], via: 'email', to: ['ana@example.com'] };
const HOOK = { name: 'on-call', owners: ['engineering'], via: 'webhook', url: 'https://example.com/tieout' };
const SMTP = { host: 'smtp.example.com', from: 'Tieout <tieout@example.com>', user: 'tieout' };

describe('alerts', () => {
  test('tell at eight, and once more after a day, where nothing else is said', () => {
    expect(read({ channels: [SLACK] })).toEqual({ digest: '08:00', escalateAfter: '1d', channels: [SLACK] });
    expect(read({ smtp: SMTP, channels: [MAIL] }).smtp).toEqual({ ...SMTP, port: 587, secure: false });
  });

  test.each<[object, string]>([
    [{ channels: [SLACK, { ...HOOK, name: 'books' }] }, '"books" is the name of another channel'],
    [{ channels: [MAIL] }, 'is email, which wants alerts.smtp: {host, from}'],
    [{ channels: [{ ...HOOK, url: 'http://example.com/x' }] }, 'is sent to in clear'],
    [{ channels: [{ ...HOOK, url: 'ftp://example.com/x' }] }, 'alerts.channels[0].url'],
    [{ channels: [{ ...SLACK, owners: ['sales'] }] }, 'alerts.channels[0].owners[0]'],
    [{ channels: [{ ...SLACK, name: 'Books' }] }, 'is not a name of a-z'],
    [{ channels: [SLACK], digest: '8:00' }, 'is not a time of day like "08:00"'],
    [{ channels: [SLACK], escalateAfter: '5m' }, 'is not between 1h and 90d'],
    [{ channels: [] }, 'alerts.channels'],
  ])('%j are refused', (alerts, sentence) => {
    expect(refusal(() => read(alerts))).toContain(sentence);
  });

  test('may be told in clear on this machine', () => {
    for (const url of ['http://localhost:9000/x', 'http://127.0.0.1:9000/x', 'http://[::1]:9000/x'])
      expect(read({ channels: [{ ...HOOK, url }] }).channels).toHaveLength(1);
  });
});

describe('secrets of alerts', () => {
  const alerts = read({ smtp: SMTP, channels: [SLACK, MAIL, HOOK] });
  const SET = {
    TIEOUT_ALERTS_BOOKS_SLACK_URL: 'https://hooks.slack.com/services/T/B/X',
    TIEOUT_ALERTS_ON_CALL_SECRET: 'a secret of thirty-two characters',
    TIEOUT_ALERTS_SMTP_PASSWORD: 'p',
  };

  test('come from the environment, by the name of their channel', () => {
    expect(alertSecretName('on-call', 'SECRET')).toBe('TIEOUT_ALERTS_ON_CALL_SECRET');
    expect(readAlertSecrets(alerts, SET)).toEqual({
      ofChannels: new Map([
        ['books', SET.TIEOUT_ALERTS_BOOKS_SLACK_URL],
        ['on-call', SET.TIEOUT_ALERTS_ON_CALL_SECRET],
      ]),
      smtpPassword: 'p',
    });
  });

  test('that are missing or of no use are named, and no value with them', () => {
    expect(refusal(() => readAlertSecrets(alerts, {}))).toBe(
      Object.keys(SET)
        .map((name) => `${name} is not set`)
        .join('\n'),
    );
    const bad = { ...SET, TIEOUT_ALERTS_BOOKS_SLACK_URL: 'http://x.test/abc', TIEOUT_ALERTS_ON_CALL_SECRET: 'short' };
    expect(refusal(() => readAlertSecrets(alerts, bad))).toBe(
      'TIEOUT_ALERTS_BOOKS_SLACK_URL is no address that begins with https:\nTIEOUT_ALERTS_ON_CALL_SECRET has fewer than 32 characters',
    );
  });

  test('of mail are none where the server asks nobody to sign in', () => {
    const { user: _, ...open } = SMTP;
    expect(readAlertSecrets(read({ smtp: open, channels: [MAIL] }), {}).smtpPassword).toBeNull();
  });
});
