/** Twenty connections in two worker processes that share them out: who does what, and how much memory it takes. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { workers } from '../../src/views/doctor/workers.ts';
import { openManyConnections, type ManyConnections } from './many-connections.ts';

const CONNECTIONS = 20;
/**
 * Resident memory of a process with ten connections, after it has done their work: 356 to 414 MB in six runs. One with two
 * took 313 to 331 MB, one with twenty 421 to 450 MB.
 */
const MOST_MEGABYTES = 600;

describe('connections that are shared out', () => {
  let many: ManyConnections;
  let first: number;
  let second: number;
  beforeAll(async () => {
    many = await openManyConnections(CONNECTIONS);
    [first, second] = await Promise.all([
      many.startProcess(many.names.slice(0, CONNECTIONS / 2).join(',')),
      many.startProcess(many.names.slice(CONNECTIONS / 2).join(', ')),
    ]);
    await Promise.all(many.names.map((name) => many.look(name)));
  }, 120_000);
  afterAll(() => many?.close());

  test('are all worked for, up to a payout that ties', async () => {
    const tied = await many.store.db
      .selectFrom('settlements')
      .select('connection')
      .where('state', '=', 'tied')
      .orderBy('connection')
      .execute();
    expect(tied.map(({ connection }) => connection)).toEqual([...many.names].sort());
  });

  test('have their vendors called by the process that serves them alone, and the store by either', async () => {
    const pids = await pidsByQueue(many);
    const ofVendors = [...pids].filter(([queue]) => queue.includes(':'));
    for (const [queue, by] of ofVendors) {
      const served = many.names.indexOf(queue.split(':')[1]!) < CONNECTIONS / 2 ? first : second;
      expect([queue, [...by]]).toEqual([queue, [served]]);
    }
    expect(ofVendors).toHaveLength(CONNECTIONS * 4);
    expect([...pids.get('store')!].sort()).toEqual([first, second].sort());
  });

  test('take bounded memory', () => {
    for (const pid of [first, second]) expect(megabytesOf(pid)).toBeLessThan(MOST_MEGABYTES);
  });

  test('are named where nobody serves them', async () => {
    const served = many.names.map((name) => ({ name }));
    expect(await workers(many.client, served, 'start it')).toMatchObject([{ wrong: null }]);
    expect(await workers(many.client, [...served, { name: 'shop-21' }], 'start it')).toMatchObject([
      {
        detail: 'connection shop-21',
        wrong: expect.stringContaining('nobody polls netsuite:shop-21, amazon-orders:shop-21'),
      },
    ]);
  });
});

/** Which processes ran activities of a queue, by the identity that Temporal keeps with each start of one. */
async function pidsByQueue({ client }: ManyConnections): Promise<Map<string, Set<number>>> {
  const pids = new Map<string, Set<number>>();
  for await (const { workflowId, runId } of client.workflow.list()) {
    const queues = new Map<string, string>();
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const {
      eventId,
      activityTaskScheduledEventAttributes: asked,
      activityTaskStartedEventAttributes: begun,
    } of events ?? []) {
      if (asked) queues.set(String(eventId), asked.taskQueue!.name!);
      if (!begun) continue;
      const queue = queues.get(String(begun.scheduledEventId))!;
      pids.set(queue, (pids.get(queue) ?? new Set()).add(Number(begun.identity!.split('@')[0])));
    }
  }
  return pids;
}

function megabytesOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
