/** `tieout alerts` on a real Temporal over a store of its own: who is told, whether it works, and a test of a channel. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALERTS } from '../../src/contracts/alerts/alerts.ts';
import { channelSince, markFailing, markTaken } from '../../src/store/alerts/alert-messages.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { alertsView } from '../../src/views/alerts/alerts-view.ts';
import { channels } from '../../src/views/doctor/channels.ts';
import { startStoredWorld, type StoredWorld } from '../views/stored-world.ts';
import { openWorkflows, type WorkflowsUnderTest } from '../workflows/workflows-under-test.ts';
import { tieout } from './tieout.ts';

const CHANNELS = `alerts:
  channels:
    - { name: books, owners: [finance], via: slack }
    - { name: pager, owners: [engineering, operations], via: webhook, url: "https://example.com/x" }
`;
let world: StoredWorld;
let workflows: WorkflowsUnderTest;
let configText: string;
let config: string;

beforeAll(async () => {
  workflows = await openWorkflows();
  world = await startStoredWorld();
  config = join(world.folder, 'one.config.yaml');
  const [one] = readFileSync(join(world.folder, 'tieout.config.yaml'), 'utf8').split(/(?=\n {2}- name: other)/);
  configText = one!.replace('demo-us', workflows.connection);
  writeFileSync(config, configText);
  Object.assign(process.env, { TEMPORAL_ADDRESS: workflows.address, TIEOUT_CONFIG: config });
}, 90_000);
afterAll(async () => {
  await world.stop();
  await workflows.close();
});

test('nobody is told where nothing is configured, and doctor says so', async () => {
  expect((await tieout('alerts')).stdout).toBe(
    'Nobody is told of anything: docs/operations/alerts.md sets channels up.\n',
  );
  expect(await tieout('alerts', 'test', 'books')).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('no channel is configured'),
  });
  expect(await channels(world.store.db, readConfig(config))).toMatchObject([
    { part: 'alerts', detail: expect.stringContaining('nobody is told'), wrong: null },
  ]);
});

test('each channel says whom it tells, when it last did, and what it meets', async () => {
  writeFileSync(config, `${CHANNELS}${configText}`);
  const { db } = world.store;
  for (const channel of ['books', 'pager'])
    await channelSince(db, workflows.connection, channel, '2026-11-03T08:00:00Z');
  await markTaken(db, workflows.connection, 'books', '2026-11-03T14:02:00Z');
  const nowMs = Date.parse('2026-11-03T15:00:00Z');
  await markFailing(db, workflows.connection, 'pager', { nowMs, againMs: nowMs, problem: 'it answers 503' });
  const { stdout } = await tieout('alerts');
  expect(stdout.replaceAll(/\s+/g, ' ').trim()).toBe(
    'books slack, for finance · told last on 3 Nov 2026 14:02Z pager webhook, for engineering, operations takes nothing since 3 Nov 2026 15:00Z: it answers 503',
  );
  const { alerts } = readConfig(config);
  expect(JSON.parse((await tieout('alerts', '--json')).stdout)).toEqual(
    await alertsView(world.source, [workflows.connection], alerts),
  );
  expect(await channels(db, readConfig(config))).toMatchObject([
    { part: 'alerts books', wrong: null },
    {
      part: 'alerts pager',
      wrong: 'takes no messages since 3 Nov 2026 15:00Z: it answers 503; 0 wait',
      act: 'mend it, then npx tieout alerts test pager',
    },
  ]);
});

test('a test goes by a worker, and fails where the channel does not take it', async () => {
  const sent = { result: 'sent', problem: null, more: false } as const;
  const answers = (channel: string) =>
    workflows.answer(`${ALERTS.idOf(workflows.connection)}:test-${channel}`, {
      planAlerts: [{ channels: [channel] }],
      sendAlert: [sent],
    });
  answers('books');
  expect(await tieout('alerts', 'test', 'books')).toMatchObject({
    exit: 0,
    stdout: `✓ ${workflows.connection}: books told.\n`,
  });
  answers('pager');
  expect(await tieout('alerts', 'test', 'pager', '--json')).toMatchObject({
    exit: 1,
    stdout: expect.stringContaining('"taken": false'),
  });
  expect(await tieout('alerts', 'test', 'page')).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('did you mean pager?'),
  });
});
