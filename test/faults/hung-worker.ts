/** A worker process that hangs while it posts one document, until another has posted it: two attempts of one activity overlap. */
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import type { WorkerProcesses } from './worker-process.ts';

export interface Hung {
  document: string;
  /** How often the document was sent when another process had posted it. */
  sent: number;
  /** The process that hung, and the one that came back from the call afterwards. */
  pid: number;
  wentOn: number;
  /** Temporal took an attempt for dead since it had not heard of it. */
  takenForDead: boolean;
}

/** Longer than a call may take: whoever goes on takes the answer for lost. */
const HANGS_AT_LEAST_MS = 6000;
const WITHIN_S = 240;

/** The process that posts the document hangs when it has written down that it sends it, and sends it late. */
export async function hangBeforeItsCall(
  world: WorldUnderTest,
  { points }: WorkerProcesses,
  document: string,
): Promise<Hung> {
  const point = `AMZ_${world.connection}_${document}:before-call`;
  points.add(point, 'SIGSTOP');
  const pid = await world.until(
    async () => points.struck(point),
    (struck) => struck !== null,
    WITHIN_S,
  );
  return goOn(world, points, document, pid!);
}

/** NetSuite will make the document and keep its answer to itself. */
export async function keepTheAnswer(world: WorldUnderTest, document: string): Promise<void> {
  await world.netsuitePage('POST', '/faults', {
    kind: 'slow',
    match: { method: 'POST', externalId: `_${document}$` },
    delayMs: 60_000,
  });
}

/** The process that waits for such an answer hangs. */
export async function hangDuringItsCall(
  world: WorldUnderTest,
  { points }: WorkerProcesses,
  document: string,
): Promise<Hung> {
  const externalId = `_${document}$`;
  const faults = () =>
    world.netsuitePage<{ faults: { hits: number; match: { externalId?: string } }[] }>('GET', '/faults');
  await world.until(
    faults,
    (page) => page.faults.some(({ hits, match }) => match.externalId === externalId && hits === 1),
    WITHIN_S,
  );
  const pid = await holderOf(world, document);
  process.kill(pid, 'SIGSTOP');
  return goOn(world, points, document, pid);
}

async function goOn(
  world: WorldUnderTest,
  points: WorkerProcesses['points'],
  document: string,
  pid: number,
): Promise<Hung> {
  const long = new Promise((resolve) => setTimeout(resolve, HANGS_AT_LEAST_MS));
  const known = () =>
    world.store.db
      .selectFrom('documents')
      .select(['state', 'attempt'])
      .where('external_id', '=', `AMZ_${world.connection}_${document}`)
      .executeTakeFirst();
  const posted = await world.until(known, (found) => found?.state === 'posted', WITHIN_S);
  await long;
  const back = `AMZ_${world.connection}_${document}:after-call`;
  points.add(back, 'SIGCONT');
  process.kill(pid, 'SIGCONT');
  const wentOn = await world.until(
    async () => points.struck(back),
    (struck) => struck !== null,
    WITHIN_S,
  );
  points.forget(back);
  return {
    document,
    sent: posted!.attempt,
    pid,
    wentOn: wentOn!,
    takenForDead: await takenForDead(world, await workflowOf(world, document)),
  };
}

/** The process that has the document's workflow in hand, by the name under which Temporal knows it. */
async function holderOf(world: WorldUnderTest, document: string): Promise<number> {
  const { pendingActivities } = (await world.client.workflow.getHandle(await workflowOf(world, document)).describe())
    .raw;
  const [held, ...others] = pendingActivities ?? [];
  if (!held?.lastWorkerIdentity || others.length > 0) throw new Error(`not one activity of ${document} is in hand`);
  return Number(held.lastWorkerIdentity.split('@')[0]);
}

async function workflowOf({ connection, store }: WorldUnderTest, document: string): Promise<string> {
  const known = await store.db
    .selectFrom('documents')
    .select(['order_id', 'settlement_id'])
    .where('external_id', '=', `AMZ_${connection}_${document}`)
    .executeTakeFirstOrThrow();
  return known.order_id === null
    ? `payout:${connection}:${known.settlement_id}`
    : `order:${connection}:${known.order_id}`;
}

/** Whether an attempt of the workflow's activities began because the one before it had been silent, in whichever of its runs. */
async function takenForDead({ client }: WorldUnderTest, workflow: string): Promise<boolean> {
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflow}'` })) {
    const { events } = await client.workflow.getHandle(workflow, runId).fetchHistory();
    const wasSilent = (events ?? []).some(
      ({ activityTaskStartedEventAttributes: started }) =>
        (started?.attempt ?? 0) > 1 && started?.lastFailure?.timeoutFailureInfo !== undefined,
    );
    if (wasSilent) return true;
  }
  return false;
}
