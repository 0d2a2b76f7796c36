/** Each channel against a real receiver: what goes out, and what is known of it by what comes back. */
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { AlertChannel, Delivery } from '../../../src/clients/alerts/alert-channel.ts';
import { createEmailChannel } from '../../../src/clients/alerts/email-channel.ts';
import { createSlackChannel } from '../../../src/clients/alerts/slack-channel.ts';
import { createWebhookChannel } from '../../../src/clients/alerts/webhook-channel.ts';
import { createHttpExchange } from '../../../src/clients/http/http-exchange.ts';
import {
  startHttpReceiver,
  startMailReceiver,
  type Answer,
  type HttpReceiver,
  type MailAnswer,
  type MailReceiver,
} from './receivers.ts';

const SECRET = 'a secret of thirty-two characters';
const NOW_MS = Date.parse('2026-11-03T14:00:00Z');
const ALERT = { id: 'one', subject: 'demo-us: ended: A & B', text: 'A & B <C>', json: { id: 'one', summary: 'Müsli' } };
const SMTP = { secure: false, from: 'Tieout <tieout@example.com>', host: '127.0.0.1' };
let http: HttpReceiver;
let mail: MailReceiver;
beforeAll(async () => {
  http = await startHttpReceiver();
  mail = await startMailReceiver({ user: 'tieout', password: 'p' });
});
afterEach(() => {
  http.posted.length = 0;
  mail.mails.length = 0;
});
afterAll(async () => {
  await http.close();
  await mail.close();
});

const exchange = createHttpExchange({ timeoutMs: 500 });
const slack = () => createSlackChannel('books', `${http.url}/services/T/B/X`, exchange);
const webhook = () => createWebhookChannel('pager', { url: `${http.url}/hook`, secret: SECRET }, exchange);
const email = (over: { port?: number; password?: string; to?: string[] } = {}): AlertChannel =>
  createEmailChannel('mail', {
    smtp: { ...SMTP, port: over.port ?? mail.port, user: 'tieout' },
    password: over.password ?? 'p',
    requireTls: false,
    to: over.to ?? ['ana@example.com', 'ben@example.com'],
    timeoutMs: 700,
  });

describe('a message to Slack', () => {
  test('is its text, with the characters that are Slack’s own escaped', async () => {
    expect(await slack().send(ALERT, NOW_MS)).toEqual({ is: 'taken' });
    expect(http.posted).toMatchObject([{ path: '/services/T/B/X' }]);
    expect(JSON.parse(http.taken()[0]!)).toEqual({
      text: 'A &amp; B &lt;C&gt;',
      mrkdwn: false,
      unfurl_links: false,
      unfurl_media: false,
    });
  });
});

describe('a message to a webhook', () => {
  test('is JSON, signed over its time and its bytes, under the key of the message', async () => {
    expect(await webhook().send(ALERT, NOW_MS)).toEqual({ is: 'taken' });
    const [{ headers, body }] = http.posted as [(typeof http.posted)[0]];
    expect(JSON.parse(body)).toEqual(ALERT.json);
    expect(headers).toMatchObject({
      'idempotency-key': 'one',
      'tieout-timestamp': '1793714400',
      'tieout-signature': `v1=${createHmac('sha256', SECRET).update(`1793714400.${body}`).digest('hex')}`,
    });
  });
});

describe.each<[string, () => AlertChannel]>([
  ['Slack', slack],
  ['a webhook', webhook],
])('of a message to %s', (_, channel) => {
  const answered = async (...answers: Answer[]): Promise<Delivery> => {
    http.next(...answers);
    return channel().send(ALERT, NOW_MS);
  };

  test.each<[Answer, Delivery]>([
    [
      { status: 500, body: 'rollup_error' },
      { is: 'not taken', problem: 'it answers 500 rollup_error', afterMs: null },
    ],
    [
      { status: 404, body: 'no_service' },
      { is: 'not taken', problem: 'it answers 404 no_service', afterMs: null },
    ],
    [
      { status: 429, headers: { 'retry-after': '40' } },
      { is: 'not taken', problem: 'it answers 429', afterMs: 40_000 },
    ],
    [
      { status: 503, headers: { 'retry-after': 'Tue, 03 Nov 2026 14:05:00 GMT' } },
      { is: 'not taken', problem: 'it answers 503', afterMs: 300_000 },
    ],
    // Elsewhere is not here: nothing is sent after it.
    [
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      { is: 'not taken', problem: 'it answers 302', afterMs: null },
    ],
    // A page of a proxy is not repeated to people.
    [
      { status: 403, body: '<html>' },
      { is: 'not taken', problem: 'it answers 403', afterMs: null },
    ],
  ])('an answer %j says that it was not taken', async (answer, delivery) => {
    expect(await answered(answer)).toEqual(delivery);
  });

  test.each<[Answer, string]>([
    ['lost', 'no answer (ECONNRESET)'],
    ['hangs', 'no answer within 0.5 s'],
    [{ status: 504 }, 'it answers 504'],
    [{ status: 502 }, 'it answers 502'],
  ])('nobody knows whether it came when it ends so: %j', async (answer, problem) => {
    expect(await answered(answer)).toEqual({ is: 'unknown', problem });
  });

  test('it was not taken where nobody listens', async () => {
    await http.down();
    try {
      expect(await channel().send(ALERT, NOW_MS)).toEqual({
        is: 'not taken',
        problem: 'no answer (ECONNREFUSED)',
        afterMs: null,
      });
    } finally {
      await http.up();
    }
  });
});

describe('a mail', () => {
  test('has subject and text, goes to all addresses, and names itself by its message', async () => {
    expect(await email().send(ALERT, NOW_MS)).toEqual({ is: 'taken' });
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]!.to).toEqual(['ana@example.com', 'ben@example.com']);
    expect(mail.mails[0]!.text).toContain('Subject: demo-us: ended: A & B\r\n');
    expect(mail.mails[0]!.text).toContain('Message-ID: <one@example.com>\r\n');
    expect(mail.mails[0]!.text).toMatch(/\r\n\r\nA & B <C>\r\n$/);
  });

  test.each<[MailAnswer, Delivery]>([
    [{ code: 451 }, { is: 'not taken', problem: 'mail server: 451', afterMs: null }],
    [{ code: 554 }, { is: 'not taken', problem: 'mail server: 554', afterMs: null }],
    ['ends early', { is: 'not taken', problem: 'mail server: ECONNECTION', afterMs: null }],
    ['lost', { is: 'unknown', problem: 'mail server: ECONNECTION' }],
    [
      'hangs',
      { is: 'unknown', problem: expect.stringMatching(/^mail server: (ETIMEDOUT|no answer)/) as unknown as string },
    ],
  ])('that the server meets with %j', async (answer, delivery) => {
    mail.next(answer);
    expect(await email().send(ALERT, NOW_MS)).toEqual(delivery);
  });

  test('of which one address is refused has come to the other', async () => {
    mail.next({ refuses: 'ben@example.com' });
    expect(await email().send(ALERT, NOW_MS)).toEqual({
      is: 'taken',
      problem: 'the server refuses 1 of its 2 addresses',
    });
    expect(mail.mails).toMatchObject([{ to: ['ana@example.com'] }]);
  });

  test('was not taken where nobody listens, where the password is wrong, and where encryption is missing', async () => {
    expect(await email({ port: 9 }).send(ALERT, NOW_MS)).toMatchObject({ is: 'not taken' });
    expect(await email({ password: 'x' }).send(ALERT, NOW_MS)).toEqual({
      is: 'not taken',
      problem: 'mail server: 535',
      afterMs: null,
    });
    const strict = createEmailChannel('mail', {
      smtp: { ...SMTP, port: mail.port },
      password: null,
      requireTls: true,
      to: ['ana@example.com'],
      timeoutMs: 700,
    });
    expect(await strict.send(ALERT, NOW_MS)).toMatchObject({ is: 'not taken' });
    expect(mail.mails).toEqual([]);
  });
});
