/** What the vendors' limits leave: of Amazon's calls, of NetSuite's slots. */
import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../../config/connection.ts';
import { netsuiteQueue } from '../../contracts/task-queues.ts';
import { orderIntakeId } from '../../domain/identifiers/workflow-id.ts';
import type { Database } from '../../store/database.ts';
import { amazonGauge, netsuiteGauge, type AmazonGauge, type NetSuiteGauge } from '../../store/limits/gauges.ts';

/** Null where nobody could say. */
export interface Surroundings {
  netsuite: (NetSuiteGauge & { queued: number | null }) | null;
  amazon: (AmazonGauge & { nextInSeconds: number | null }) | null;
}

/** For how long an answer stands: who draws asks more often. */
const STANDS_MS = 2000;

export class SurroundingsReader {
  readonly #client: Client;
  readonly #db: Database;
  readonly #now: () => number;
  readonly #known = new Map<string, { at: number; surroundings: Surroundings }>();

  /** `now` is the time of the machine, in epoch milliseconds. */
  constructor(client: Client, db: Database, now: () => number) {
    this.#client = client;
    this.#db = db;
    this.#now = now;
  }

  async of({ name, netsuite }: ConnectionSettings): Promise<Surroundings> {
    const known = this.#known.get(name);
    if (known && this.#now() - known.at < STANDS_MS) return known.surroundings;
    const [slots, queued, tokens, nextInSeconds] = await Promise.all([
      orNull(netsuiteGauge(this.#db, netsuite.account, netsuite.maxConcurrency)),
      orNull(this.#backlog(netsuiteQueue(name))),
      orNull(amazonGauge(this.#db, name)),
      orNull(this.#nextPoll(orderIntakeId(name))),
    ]);
    const surroundings = { netsuite: slots && { ...slots, queued }, amazon: tokens && { ...tokens, nextInSeconds } };
    this.#known.set(name, { at: this.#now(), surroundings });
    return surroundings;
  }

  async #backlog(name: string): Promise<number | null> {
    const { stats } = await this.#client.workflowService.describeTaskQueue({
      namespace: this.#client.options.namespace,
      taskQueue: { name },
      taskQueueType: 2,
      reportStats: true,
    });
    return stats?.approximateBacklogCount == null ? null : Number(stats.approximateBacklogCount);
  }

  /** Null while the schedule is paused: beside simulators the demo clock triggers every look until its end. */
  async #nextPoll(id: string): Promise<number | null> {
    const { state, info } = await this.#client.schedule.getHandle(id).describe();
    const [next] = info.nextActionTimes;
    return state.paused || next === undefined ? null : Math.max(0, Math.round((next.getTime() - this.#now()) / 1000));
  }
}

/** One that does not answer leaves its line out, and nothing else. */
function orNull<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch(() => null);
}
