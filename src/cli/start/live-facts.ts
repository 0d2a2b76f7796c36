/** What the live block shows, read from the store and, for what only others know, from Temporal. */
import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../../config/connection.ts';
import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { renderExceptionTitle, renderWaiters } from '../../domain/exceptions/render-exception.ts';
import { netsuiteQueue } from '../../contracts/task-queues.ts';
import { orderIntakeId } from '../../domain/identifiers/workflow-id.ts';
import type { CurrencyCode } from '../../domain/money/money.ts';
import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import { stepsOf, type PayoutStep, type StepState } from '../../domain/payouts/payout-steps.ts';
import type { Database } from '../../store/database.ts';
import { documentStates } from '../../store/documents/documents.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { amazonGauge, netsuiteGauge, type AmazonGauge, type NetSuiteGauge } from '../../store/limits/gauges.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { listSettlements, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { countOrders, type OrderCounts } from '../../store/tie-out/tie-out-facts.ts';
import { openWaits } from '../../store/decisions/waiting.ts';
import { ownerName, workflowsOf } from '../run/waiters.ts';

export interface LivePayout {
  settlementId: string;
  total: bigint;
  currency: CurrencyCode;
  steps: Record<PayoutStep, StepState>;
  /** Who must act, `bank` or `orders`; null while it goes on by itself. */
  waitsFor: string | null;
  tied: boolean;
}

export interface LiveException {
  id: number;
  code: ExceptionCode;
  owner: string;
  title: string;
  waiters: string;
  atStake: bigint | null;
  currency: CurrencyCode | null;
  act: string;
}

/** Null where nobody could say. */
export interface Surroundings {
  netsuite: (NetSuiteGauge & { queued: number | null }) | null;
  amazon: (AmazonGauge & { nextInSeconds: number | null }) | null;
}

export interface LiveConnection extends Surroundings {
  name: string;
  orders: OrderCounts;
  payouts: LivePayout[];
  exceptions: LiveException[];
}

export async function liveConnection(db: Database, name: string, surroundings: Surroundings): Promise<LiveConnection> {
  const waits = await openWaits(db, name);
  const settlements = await listSettlements(db, name);
  return {
    name,
    ...surroundings,
    orders: await countOrders(db, name),
    payouts: await Promise.all(settlements.map((settlement) => livePayout(db, name, settlement))),
    exceptions: (await openExceptions(db, name)).map((exception) => ({
      id: exception.id,
      code: exception.code,
      owner: ownerName(exception.owner),
      title: renderExceptionTitle(exception),
      waiters: renderWaiters(workflowsOf(exception, waits)),
      atStake: exception.evidence.atStake,
      currency: exception.evidence.currency,
      act: renderRemedy(exception.remedy, exception.id),
    })),
  };
}

const WAITS_FOR: Partial<Record<PayoutState, string>> = {
  'waits-amount': 'Finance',
  'waits-bank': 'bank',
  'waits-documents': 'orders',
  stopped: 'a person',
  held: 'a person',
  refused: 'Finance',
};

async function livePayout(db: Database, connection: string, settlement: StoredSettlement): Promise<LivePayout> {
  const { settlementId, total, currency, state, rowCount } = settlement;
  const [documents, movements] = await Promise.all([
    documentStates(db, connection, settlementId),
    movementsOf(db, connection, settlementId),
  ]);
  return {
    settlementId,
    total,
    currency,
    tied: state === 'tied',
    waitsFor: WAITS_FOR[state] ?? null,
    // A file is only staged where its rows come to its total.
    steps: stepsOf({ settlement, rows: rowCount, sum: total, documents, movements }),
  };
}

/** What the vendors' limits leave, asked at most every two seconds: the block is drawn more often. */
export class SurroundingsReader {
  readonly #client: Client;
  readonly #db: Database;
  readonly #known = new Map<string, { at: number; surroundings: Surroundings }>();

  constructor(client: Client, db: Database) {
    this.#client = client;
    this.#db = db;
  }

  async of({ name, netsuite }: ConnectionSettings): Promise<Surroundings> {
    const known = this.#known.get(name);
    if (known && Date.now() - known.at < 2000) return known.surroundings;
    const [slots, queued, tokens, nextInSeconds] = await Promise.all([
      orNull(netsuiteGauge(this.#db, netsuite.account, netsuite.maxConcurrency)),
      orNull(this.#backlog(netsuiteQueue(name))),
      orNull(amazonGauge(this.#db, name)),
      orNull(this.#nextPoll(orderIntakeId(name))),
    ]);
    const surroundings = { netsuite: slots && { ...slots, queued }, amazon: tokens && { ...tokens, nextInSeconds } };
    this.#known.set(name, { at: Date.now(), surroundings });
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
    return state.paused || next === undefined ? null : Math.max(0, Math.round((next.getTime() - Date.now()) / 1000));
  }
}

/** One that does not answer leaves its line out, and nothing else. */
function orNull<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch(() => null);
}
