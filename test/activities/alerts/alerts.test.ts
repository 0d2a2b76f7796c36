/** What is told of exceptions, to real receivers: each thing once over each channel, whatever fails on the way. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { planAlerts } from '../../../src/activities/alerts/plan-alerts.ts';
import { sendAlert } from '../../../src/activities/alerts/send-alert.ts';
import type { AlertMessage } from '../../../src/domain/alerts/alert-message.ts';
import { storeNote } from '../../../src/store/exceptions/notes.ts';
import { purgeEvents } from '../../../src/store/retention/purge-events.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import {
  startHttpReceiver,
  startMailReceiver,
  type HttpReceiver,
  type MailReceiver,
} from '../../clients/alerts/receivers.ts';
import { CONNECTION } from '../many-orders-setup.ts';
import { connected, LOOK, openTold, SECRET, SKU, TIMEOUT_MS, type Told } from './told.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
let postgres: FreshPostgres;
let http: HttpReceiver;
let mail: MailReceiver;
let told: Told;
beforeAll(async () => {
  postgres = await startFreshPostgres();
  http = await startHttpReceiver();
  mail = await startMailReceiver();
}, 60_000);
afterAll(async () => {
  await http?.close();
  await mail?.close();
  await postgres?.stop();
});
beforeEach(() => {
  told = openTold(
    postgres.store,
    connected(
      {
        smtp: { host: '127.0.0.1', port: mail.port, secure: false, from: 'tieout@example.com' },
        channels: [
          { name: 'slack', owners: ['operations', 'engineering'], via: 'slack' },
          { name: 'mail', owners: ['operations'], via: 'email', to: ['ben@example.com'] },
          { name: 'hook', owners: ['engineering'], via: 'webhook', url: `${http.url}/hook` },
        ],
      },
      { slack: `${http.url}/slack`, hook: SECRET },
    ),
  );
});
afterEach(async () => {
  http.posted.length = 0;
  mail.mails.length = 0;
  await postgres.asOwner('truncate exceptions, exception_notes, alert_events, alert_messages, alert_channels');
});

/** What came and was taken: first lines for Slack, summaries of the webhook. */
const slack = () =>
  http.posted.flatMap(({ path, taken, body }) =>
    taken && path === '/slack' ? [(JSON.parse(body) as { text: string }).text.split('\n')[0]!] : [],
  );
const lastOfSlack = () =>
  (JSON.parse(http.posted.findLast(({ path }) => path === '/slack')!.body) as { text: string }).text;
const hooks = () =>
  http.posted.flatMap(({ path, taken, body, headers }) =>
    taken && path === '/hook'
      ? [{ key: headers['idempotency-key'], ...(JSON.parse(body) as AlertMessage & { summary: string }) }]
      : [],
  );
const subjects = () =>
  mail.mails.map(({ text }) => /^Subject: (.*(?:\r\n .*)*)/m.exec(text)![1]!.replaceAll('\r\n', ''));
const later = (realMs: number, at?: string) => {
  told.realMs += realMs;
  if (at !== undefined) told.at = at;
};

test('an exception is told once when it opens and once when it ends, to its owner’s channels', async () => {
  await told.raise(SKU);
  expect(await told.look()).toEqual({ slack: ['sent'], mail: ['sent'] });
  expect(await told.look()).toEqual({});
  const sentence = 'demo-us: NetSuite has no item for SKU BLU-MUG-2 · 9 orders';
  expect(slack()).toEqual([sentence]);
  expect(mail.mails).toMatchObject([{ to: ['ben@example.com'] }]);
  expect(hooks()).toEqual([]);
  await told.resolve(SKU, 'mapped to BLU-MUG');
  expect(await told.look()).toEqual({ slack: ['sent'], mail: ['sent'] });
  expect(await told.look()).toEqual({});
  expect(slack()).toEqual([sentence, sentence.replace('NetSuite', 'ended: NetSuite')]);
  expect(subjects()).toHaveLength(2);
  // Opened again it is news again, under its old number.
  told.at = '2026-11-03T22:30:00Z';
  await told.raise(SKU);
  expect(await told.look()).toEqual({ slack: ['sent'], mail: ['sent'] });
  expect(slack()).toHaveLength(3);
});

test('a webhook hears the sentence, the amount, the owner and the next step as data', async () => {
  const number = await told.raise(LOOK);
  await told.look();
  expect(hooks()).toMatchObject([
    {
      connection: CONNECTION,
      kind: 'exceptions',
      at: '2026-11-03T22:00:00Z',
      summary: 'demo-us: something new at Amazon',
      exceptions: [
        {
          event: 'opened',
          number,
          code: 'drift',
          owner: 'engineering',
          what: 'something new at Amazon',
          next: 'Look at it.',
        },
      ],
    },
  ]);
});

test('what was open before anybody was told comes in one message, and what had ended does not', async () => {
  for (let number = 1; number <= 14; number += 1)
    await told.raise({ ...LOOK, key: `k${number}`, subject: { kind: 'drift', id: `k${number}` } });
  await told.resolve({ ...LOOK, key: 'k14' }, 'gone');
  told.at = '2026-11-03T22:01:00Z';
  expect(await told.look()).toEqual({ slack: ['sent'], hook: ['sent'] });
  expect(slack()).toEqual(['demo-us: 13 exceptions since 14:00']);
});

describe('a message that was not taken', () => {
  test('is tried again at growing pauses, with what came meanwhile in the same message', async () => {
    http.next({ status: 500 }, { status: 500 });
    await told.raise(SKU);
    const told1 = await told.look();
    expect(told1).toMatchObject({ slack: ['not taken'], mail: ['sent'] });
    expect(await told.states('slack')).toMatchObject({ [Object.keys(await told.states('slack'))[0]!]: 'failed' });
    later(29_000);
    expect(await told.look()).toEqual({ slack: ['waits'] });
    later(1_000);
    expect(await told.look()).toEqual({ slack: ['not taken'] });
    later(59_000);
    expect(await told.look()).toEqual({ slack: ['waits'] });
    await told.raise({ ...SKU, subject: { kind: 'sku', id: 'TIN' } });
    later(1_000);
    expect(await told.look()).toMatchObject({ slack: ['sent'] });
    expect(slack()).toEqual(['demo-us: 2 exceptions since 14:00, largest 214.91 USD']);
  });

  test('waits as long as the other side asks for', async () => {
    http.next({ status: 429, headers: { 'retry-after': '600' } });
    await told.raise(SKU);
    expect(await told.look()).toMatchObject({ slack: ['not taken'] });
    later(599_000);
    expect(await told.look()).toMatchObject({ slack: ['waits'] });
    later(1_000);
    expect(await told.look()).toMatchObject({ slack: ['sent'] });
    expect(slack()).toHaveLength(1);
  });
});

describe('an answer that is lost', () => {
  test.each(['lost', 'hangs'] as const)(
    '(%s): the webhook hears the same message under the same key',
    async (answer) => {
      await told.raise(LOOK);
      // Slack is asked first.
      http.next({ status: 200 }, answer);
      expect(await told.look()).toEqual({ slack: ['sent'], hook: ['unknown'] });
      later(MINUTE_MS);
      expect(await told.look()).toEqual({ hook: ['sent'] });
      const [first, again] = hooks();
      expect(again).toEqual(first);
      expect(hooks()).toHaveLength(2);
      later(MINUTE_MS);
      expect(await told.look()).toEqual({});
    },
  );

  test.each(['lost', 'hangs'] as const)(
    '(%s): Slack hears it once, and the next digest tells it again',
    async (answer) => {
      http.next(answer);
      await told.raise(SKU);
      expect(await told.look()).toMatchObject({ slack: ['unknown'] });
      later(DAY_MS / 2, '2026-11-04T15:59:00Z');
      expect(await told.look()).toEqual({});
      expect(slack()).toHaveLength(1);
      later(MINUTE_MS, '2026-11-04T16:00:00Z');
      expect(await told.look()).toMatchObject({ slack: ['sent'], mail: ['sent'] });
      const text = lastOfSlack();
      expect(text).toContain('4 Nov 2026, operations, engineering: 1 thing open');
      expect(text).toContain('perhaps not told before');
      // It came: the digest after it says so no more.
      later(DAY_MS, '2026-11-05T16:00:00Z');
      await told.look();
      expect(lastOfSlack()).not.toContain('perhaps not told');
    },
  );

  test('of a mail: it is not sent again', async () => {
    mail.next('lost');
    await told.raise(SKU);
    expect(await told.look()).toMatchObject({ mail: ['unknown'] });
    later(DAY_MS / 2);
    expect(await told.look()).toEqual({});
    expect(mail.mails).toHaveLength(1);
  });
});

describe('a process that ends', () => {
  test('after planning has lost nothing, and planned nothing twice', async () => {
    await told.raise(LOOK);
    expect(await told.plan()).toEqual(['slack', 'hook']);
    expect(await told.plan()).toEqual(['slack', 'hook']);
    expect(await told.look()).toEqual({ slack: ['sent'], hook: ['sent'] });
    expect([slack().length, hooks().length]).toEqual([1, 1]);
  });

  test.each(['alert:claimed', 'alert:answered'])('at %s tells nothing twice and loses nothing', async (point) => {
    await told.raise(LOOK);
    await told.plan();
    told.dies = point;
    for (const channel of ['slack', 'hook']) await expect(told.send(channel)).rejects.toThrow(`dies at ${point}`);
    told.dies = null;
    // At once somebody may still be sending it.
    expect(await told.look()).toEqual({ slack: ['waits'], hook: ['waits'] });
    later(2 * TIMEOUT_MS);
    expect(await told.look()).toEqual({ slack: ['nothing'], hook: ['sent'] });
    const cameFirst = point === 'alert:answered' ? 1 : 0;
    expect(slack()).toHaveLength(cameFirst);
    expect(new Set(hooks().map(({ key }) => key)).size).toBe(1);
    expect(hooks()).toHaveLength(1 + cameFirst);
    // The digest has it for Slack.
    later(DAY_MS, '2026-11-04T16:00:00Z');
    await told.look();
    expect(lastOfSlack()).toContain('perhaps not told before');
  });

  test('or hangs, and goes on beside its successor, has its message counted as it came', async () => {
    http.next('hangs');
    await told.raise(SKU);
    await told.plan();
    const first = told.send('slack');
    await new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS / 4));
    expect((await told.send('slack')).result).toBe('waits');
    expect((await first).result).toBe('unknown');
    expect(slack()).toHaveLength(1);
  });
});

test('two attempts at the same time send one message', async () => {
  await told.raise(LOOK);
  const input = { connection: CONNECTION };
  await Promise.all([planAlerts(told.connection, input), planAlerts(told.connection, input)]);
  const hook = { ...input, channel: 'hook', despitePause: false };
  const both = await Promise.all([sendAlert(told.connection, hook), sendAlert(told.connection, hook)]);
  expect(both.map(({ result }) => result).filter((result) => result === 'sent')).toEqual(['sent']);
  expect(hooks()).toHaveLength(1);
});

describe('a channel that takes nothing', () => {
  const dead = `alert-undelivered slack`;

  test('is an exception after a quarter of an hour, told over the others, and holds nothing up', async () => {
    http.answering.set('/slack', { status: 404, body: 'no_service' });
    await told.raise(SKU);
    await told.raise(LOOK);
    for (let minute = 0; minute <= 20; minute += 1) {
      await told.look();
      later(MINUTE_MS);
    }
    http.answering.clear();
    expect(subjects()).toHaveLength(1);
    expect(await told.open()).toContain(dead);
    const [, undelivered] = hooks().flatMap(({ exceptions }) => exceptions);
    expect(undelivered).toMatchObject({
      event: 'opened',
      code: 'alert-undelivered',
      what: expect.stringMatching(
        /^Channel slack \(slack\) has taken no message for 1\d min .*: it answers 404 no_service$/,
      ),
      next: 'Mend it, then let it prove that it works: npx tieout alerts test slack',
    });
    // Days later it takes messages again: one, in which it is not named, and the exception ends by itself.
    later(3 * DAY_MS, '2026-11-06T15:00:00Z');
    await told.raise({ ...SKU, subject: { kind: 'sku', id: 'TIN' } });
    await told.look();
    expect(slack()).toEqual([expect.stringMatching(/^demo-us: 3 exceptions since 3 Nov 14:00/)]);
    expect(JSON.stringify(http.posted.filter(({ path }) => path === '/slack'))).not.toContain('Channel slack');
    expect(await told.open()).not.toContain(dead);
    await told.look();
    expect(hooks().at(-1)).toMatchObject({ summary: expect.stringContaining('ended: Channel slack') });
    expect(slack()).toHaveLength(1);
  });

  test('is tried at once by a test, which ends its exception where it works', async () => {
    http.next({ status: 500 });
    await told.raise(SKU);
    await told.look();
    const test = { channel: 'slack', act: 'a' };
    expect(await planAlerts(told.connection, { connection: CONNECTION, test })).toEqual({ channels: ['slack'] });
    const now = { connection: CONNECTION, channel: 'slack', despitePause: true };
    expect(await sendAlert(told.connection, now)).toEqual({ result: 'sent', problem: null, more: true });
    expect(await sendAlert(told.connection, now)).toEqual({ result: 'sent', problem: null, more: false });
    expect(slack()).toEqual([
      'demo-us: NetSuite has no item for SKU BLU-MUG-2 · 9 orders',
      'demo-us: a test message; this channel works',
    ]);
  });

  test('that the configuration no longer has is no exception any more', async () => {
    await told.connection.raise({ ...LOOK, code: 'alert-undelivered', key: 'gone' });
    await told.plan();
    expect(await told.open()).toEqual([]);
  });

  test('that refuses one of several addresses is one at once', async () => {
    mail.next({ refuses: 'ben@example.com' });
    await told.raise(SKU);
    expect(await told.look()).toMatchObject({ mail: ['not taken'] });
    expect(mail.mails).toEqual([]);
  });
});

test('a day without a note is told once, and none after a note', async () => {
  const noted = await told.raise(SKU);
  await told.raise(LOOK);
  await told.look();
  await storeNote(postgres.store.db, {
    audit: 1,
    exception: noted,
    opened: 1,
    by: 'ana',
    why: 'asked',
    at: told.at,
    reason: null,
    reference: null,
    assignee: null,
    snooze: null,
  });
  later(DAY_MS, '2026-11-04T22:00:00Z');
  await told.look();
  const days = http.posted.length;
  expect(slack()).toContain('demo-us: open for long, and no note: something new at Amazon');
  expect(slack().join('\n')).not.toContain('no note: NetSuite');
  await told.look();
  expect(http.posted).toHaveLength(days);
});

test('what was told goes once it is past its retention, with its exception', async () => {
  await told.raise(SKU);
  await told.look();
  await told.resolve(SKU, 'mapped');
  later(DAY_MS, '2026-11-04T16:00:00Z');
  await told.look();
  await purgeEvents(postgres.store.db, CONNECTION, '2027-12-31T00:00:00Z');
  for (const table of ['alert_events', 'alert_messages'] as const)
    expect(await postgres.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
});
