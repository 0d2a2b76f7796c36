/** The steps that post, from the code and from what a run did: a new one is covered without being named. */
import { createNetSuiteActivities } from '../../src/activities/create-activities.ts';
import { PURPOSES } from '../../src/domain/identifiers/external-id.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';

/** Names of all activities that talk to NetSuite. */
export function netsuiteActivities(world: WorldUnderTest): string[] {
  return Object.keys(createNetSuiteActivities({ connections: new Map(), store: world.store } as never)).sort();
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
  const rows = await world.store.db.selectFrom('documents').select('purpose').distinct().where('state', '=', 'posted').orderBy('purpose').execute();
  return rows.map((row) => row.purpose);
}

export interface FaultOnPage { kind: string; hits: number; match: { externalId?: string; path?: string; method?: string } }

/** Switches the faults on for the first document of every purpose there is, in turn. */
export async function breakEveryPosting(world: WorldUnderTest, kinds: readonly string[]): Promise<void> {
  for (const purpose of PURPOSES) for (const kind of kinds) await world.netsuitePage('POST', '/faults', { kind, match: { externalId: `_${purpose}_` } });
}

/** Purposes and kinds of faults that met nothing although such a document was posted. */
export async function faultsThatMetNothing(world: WorldUnderTest): Promise<string[]> {
  const posted = await purposesPosted(world);
  const { faults } = await world.netsuitePage<{ faults: FaultOnPage[] }>('GET', '/faults');
  return faults.filter(({ hits, match }) => hits === 0 && (match.externalId === undefined || posted.includes(match.externalId.replaceAll('_', ''))))
    .map(({ kind, match }) => `${kind} ${JSON.stringify(match)}`);
}
