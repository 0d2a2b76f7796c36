/**
 * Two SKUs that NetSuite has no item for, told to people by Slack, mail and webhook as it happens: opened, the digest of the
 * next morning, once more what nobody wrote about for a day, ended. The books are in Los Angeles, UTC−7 in October.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AlertMessage } from '../../src/domain/alerts/alert-message.ts';
import { sendTest } from '../../src/operations/alerts/test-channel.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptionOf } from '../../src/store/exceptions/exceptions.ts';
import {
  startHttpReceiver,
  startMailReceiver,
  type HttpReceiver,
  type MailReceiver,
} from '../clients/alerts/receivers.ts';
import { report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const AT = '2026-10-28T16:00:00Z';
const sold = (number: number, sku: string) =>
  sale({ order: `114-100000${number}-0000001`, at: AT, item: `900${number}`, sku, quantity: 1 }, [
    ['ItemPrice', 'Principal', '25.00'],
  ]);
const REPORT = report(
  {
    id: '27000000077',
    start: '2026-10-26T07:00:00Z',
    end: '2026-11-09T08:00:00Z',
    deposit: '2026-11-11T08:00:00Z',
    total: '75.00',
  },
  [...sold(1, 'SKU-A'), ...sold(2, 'SKU-B'), ...sold(3, 'SKU-C')],
);

let http: HttpReceiver;
let mail: MailReceiver;
let world: WorldUnderTest;
beforeAll(async () => {
  http = await startHttpReceiver();
  mail = await startMailReceiver();
  const told = worldFromSettlements([REPORT]);
  world = await openWorld({
    world: {
      ...told,
      catalogue: told.catalogue.map((product) => ({ ...product, inNetSuite: product.sku === 'SKU-C' })),
    },
    alerts: {
      settings: {
        smtp: { host: '127.0.0.1', port: mail.port, from: 'tieout@example.com' },
        channels: [
          { name: 'slack', owners: ['operations'], via: 'slack' },
          { name: 'mail', owners: ['operations'], via: 'email', to: ['ben@example.com'] },
          { name: 'hook', owners: ['operations'], via: 'webhook', url: `${http.url}/hook` },
        ],
      },
      env: {
        TIEOUT_ALERTS_SLACK_SLACK_URL: `${http.url}/slack`,
        TIEOUT_ALERTS_HOOK_SECRET: 'a secret of thirty-two characters',
      },
    },
  });
}, 180_000);
afterAll(async () => {
  await world?.close();
  await http?.close();
  await mail?.close();
});

async function lookAt(to: string): Promise<void> {
  await fetch(`${world.amazonUrl}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
  await world.look();
  // Nothing is left to tell.
  await world.look();
}
/** What came since this was last asked: first lines over Slack, subjects of mails, messages of the webhook. */
function came() {
  const of = (path: string) => http.posted.filter((one) => one.path === path && one.taken);
  const found = {
    slack: of('/slack').map(({ body }) => (JSON.parse(body) as { text: string }).text.split('\n')[0]),
    mail: mail.mails.map(({ text }) => /^Subject: (.*(?:\r\n .*)*)/m.exec(text)![1]!.replaceAll('\r\n', '')),
    hook: of('/hook').map(({ body }) => JSON.parse(body) as AlertMessage & { summary: string }),
  };
  http.posted.length = 0;
  mail.mails.length = 0;
  return found;
}
/** The same over each channel. */
function expectTold(...summaries: string[]): AlertMessage[] {
  const { slack, mail: mails, hook } = came();
  expect(slack).toEqual(summaries);
  expect(mails).toHaveLength(summaries.length);
  expect(hook.map(({ summary }) => summary)).toEqual(summaries);
  return hook;
}
const numberOf = async (sku: string) =>
  (await openExceptionOf(world.store.db, world.connection, 'sku-unknown', sku))!.id;

test('both are told once, in one message, when they open', async () => {
  await lookAt('2026-10-28T20:00:00Z');
  const [message] = expectTold(
    expect.stringMatching(/^demo-us: 2 exceptions since .*, largest 25\.00 USD$/) as unknown as string,
  );
  // The order that came first opened its exception first: one or the other.
  const bySku = [...message!.exceptions].sort((one, other) => (one.what < other.what ? -1 : 1));
  expect(bySku.map(({ event, what, next }) => [event, what, next])).toEqual([
    ['opened', expect.stringContaining('SKU-A'), expect.stringMatching(/^npx tieout map-sku SKU-A /)],
    ['opened', expect.stringContaining('SKU-B'), expect.stringMatching(/^npx tieout map-sku SKU-B /)],
  ]);
}, 120_000);

test('the digest of the next morning has them, and what is put aside is counted', async () => {
  const [a, b] = [await numberOf('SKU-A'), await numberOf('SKU-B')];
  await world.decide({ kind: 'noteException', exception: a, why: 'asked purchasing' });
  await lookAt('2026-10-29T14:59:00Z');
  expectTold();
  await world.decide({ kind: 'noteException', exception: b, until: '2026-10-30', why: 'back tomorrow' });
  await lookAt('2026-10-29T15:01:00Z');
  const [digest] = expectTold(
    'demo-us: 29 Oct 2026, operations: 1 thing open, 1 of them holds something up, largest 25.00 USD',
  );
  expect(digest).toMatchObject({ kind: 'digest', snoozed: 1, exceptions: [{ event: 'open', number: a }] });
}, 120_000);

test('what came back and has no note for a day is told once more, and what has one is not', async () => {
  await lookAt('2026-10-30T15:01:00Z');
  // Friday's, with both of them.
  expectTold('demo-us: 30 Oct 2026, operations: 2 things open, 2 of them hold something up, largest 25.00 USD');
  // It came back at midnight; a day later it is Saturday, without a digest.
  await lookAt('2026-10-31T07:01:00Z');
  expectTold(expect.stringMatching(/^demo-us: open for long, and no note: .*SKU-B/) as unknown as string);
}, 120_000);

test('each is told once when it ends, and how', async () => {
  await world.decide({ kind: 'sku', key: 'SKU-A', choice: 'SKU-C' });
  await world.look();
  const [message] = expectTold(expect.stringMatching(/^demo-us: ended: .*SKU-A/) as unknown as string);
  expect(message!.exceptions).toMatchObject([{ event: 'ended', next: null, resolution: expect.any(String) }]);
}, 120_000);

test('a test message goes over its channel alone', async () => {
  expect(await sendTest(world.context, world.connection, 'hook')).toBe('hook told.');
  expect(came()).toMatchObject({ slack: [], mail: [], hook: [{ kind: 'test', exceptions: [] }] });
}, 60_000);
