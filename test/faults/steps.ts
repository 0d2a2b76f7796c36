/** The steps, from the code and from what a run did: a new one is covered without being named. */
import { createActivities } from '../../src/activities/create-activities.ts';
import type { Bind } from '../../src/activities/bind.ts';
import { OPERATIONS } from '../../src/simulators/amazon/operations.ts';
import { PURPOSES } from '../../src/domain/documents/document-kinds.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';

/** Nothing is called while activities are only counted. */
const UNBOUND: Bind = () => () => Promise.reject(new Error('only counted'));

/** Names of the activities there are; the small month must pass through all of them, so a new one is missed until it does. */
export function everyStep(): string[] {
  return Object.keys(createActivities(UNBOUND)).sort();
}

/** Every place at which a worker can be made to die: before and after each activity, and around each posting's call. */
export function everyFailPoint(purposes: readonly string[]): string[] {
  return [
    ...everyStep().flatMap((name) => [`activity:${name}:before`, `activity:${name}:after`]),
    ...purposes.flatMap((purpose) => [`${purpose}:before-call`, `${purpose}:after-call`]),
  ];
}

/** Names of the activities that completed in the world's histories. */
export async function activitiesThatRan(world: WorldUnderTest): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { workflowId, runId } of world.client.workflow.list()) {
    const { events } = await world.client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const event of events ?? []) {
      const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
      if (typeof name === 'string') names.add(name);
    }
  }
  return names;
}

/** Purposes of the documents that the world posted. */
export async function purposesPosted(world: WorldUnderTest): Promise<string[]> {
  const rows = await world.store.db
    .selectFrom('documents')
    .select('purpose')
    .distinct()
    .where('state', '=', 'posted')
    .orderBy('purpose')
    .execute();
  return rows.map((row) => row.purpose);
}

export interface FaultOnPage {
  kind: string;
  hits: number;
  match: { externalId?: string; path?: string; method?: string };
}

/**
 * Switches the faults on for the first document of every purpose there is, in turn; `of` names another than the first
 * (an order that is cancelled while its Sales Order is refused never gets one), `also` further ones.
 */
export async function breakEveryPosting(
  world: WorldUnderTest,
  kinds: readonly string[],
  of: Partial<Record<string, string>> = {},
  also: readonly string[] = [],
): Promise<void> {
  for (const externalId of [...PURPOSES.map((purpose) => of[purpose] ?? `_${purpose}_`), ...also])
    for (const kind of kinds) await world.netsuitePage('POST', '/faults', { kind, match: { externalId } });
}

/** Purposes and kinds of faults that met nothing although such a document was posted. */
export async function faultsThatMetNothing(world: WorldUnderTest): Promise<string[]> {
  const posted = await purposesPosted(world);
  const { faults } = await world.netsuitePage<{ faults: FaultOnPage[] }>('GET', '/faults');
  return faults
    .filter(
      ({ hits, match }) =>
        hits === 0 &&
        (match.externalId === undefined || posted.includes(/^_([A-Z]+)_/.exec(match.externalId)?.[1] ?? '')),
    )
    .map(({ kind, match }) => `${kind} ${JSON.stringify(match)}`);
}

/** Switches each kind of fault on once for every operation of Amazon's that there is. */
export async function breakEveryAmazonCall(world: WorldUnderTest, kinds: readonly string[]): Promise<void> {
  for (const { method, pattern } of OPERATIONS)
    for (const kind of kinds) await amazonFaults(world, 'POST', { kind, match: { method, path: pattern.source } });
}

/** Faults that met nothing although Amazon was asked for such a thing. */
export async function amazonFaultsThatMetNothing(world: WorldUnderTest): Promise<string[]> {
  const { calls } = (await (await fetch(`${world.amazonUrl}/admin/world`)).json()) as { calls: Record<string, number> };
  const asked = OPERATIONS.filter(({ name }) => (calls[name] ?? 0) > 0);
  return ((await amazonFaults(world, 'GET')).faults ?? [])
    .filter(({ match }) =>
      asked.some(({ method, pattern }) => method === match.method && pattern.source === match.path),
    )
    .map(({ kind, match }) => `${kind} ${JSON.stringify(match)}`);
}

async function amazonFaults(
  world: WorldUnderTest,
  method: 'GET' | 'POST',
  body?: unknown,
): Promise<{ faults?: FaultOnPage[] }> {
  const answer = await fetch(`${world.amazonUrl}/faults`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} /faults: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { faults?: FaultOnPage[] };
}
