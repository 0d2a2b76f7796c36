/**
 * The workflows as they are, on a real Temporal server, over activities that answer from a script. Each run has an id and
 * a script of its own, so the tests of a file run beside each other (`test.concurrent`): most of their time is waiting.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { SignalDefinition, UpdateDefinition, Workflow } from '@temporalio/common';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { ActivityPolicy } from '../../src/contracts/activity-policy.ts';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.ts';
import { amazonQueue, netsuiteQueue, storeQueue, workflowQueue } from '../../src/contracts/task-queues.ts';
import type { WorkflowContract } from '../../src/contracts/workflow.ts';
import { takePort } from '../../src/local/ports.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal } from '../../src/local/temporal-server.ts';
import { bundleOfTheRun } from '../temporal/bundle-of-the-run.ts';
import { connectClient } from '../../src/temporal/connection.ts';
import { connectWorker } from '../../src/temporal/worker-connection.ts';
import { answeringFor, ScriptedActivities, type Call, type Script } from './fake-activities.ts';

const POLICY: ActivityPolicy = { startToClose: '20s', heartbeat: '20s', firstRetry: '10ms', longestRetry: '20ms' };
/** A test that waits longer for what never comes has failed. */
const LONGEST_WAIT_MS = 10_000;

/** One workflow, and what it asked of its activities. */
export interface RunUnderTest {
  readonly calls: readonly Call[];
  /** Names of the activities in the order in which they were asked for, with the shipment or refund that was named. */
  steps(): string[];
  signal<Args extends unknown[]>(signal: SignalDefinition<Args>, ...args: Args): Promise<void>;
  update<R, Args extends [unknown, ...unknown[]]>(update: UpdateDefinition<R, Args>, args: Args): Promise<R>;
  /** Until a person is awaited for that reason; what its page says then. */
  blockedBy(reason: string): Promise<string>;
  /** Until its page says so. */
  saying(words: string): Promise<void>;
  attributes(): Promise<{ state: string | undefined; blockedBy: string | undefined }>;
  details(): Promise<string>;
  result(): Promise<unknown>;
  /** Another one once it continued as new. */
  runId(): Promise<string>;
  inAnotherRunThan(runId: string): Promise<void>;
  /** Types of the events that its history holds. */
  eventTypes(): Promise<string[]>;
}

export interface WorkflowsUnderTest {
  readonly connection: string;
  /** Of its server, for who comes from outside. */
  readonly address: string;
  readonly policy: ActivityPolicy;
  start<W extends Workflow, Id extends string[]>(
    contract: WorkflowContract<W, Id>,
    id: Id,
    input: Parameters<W>[0],
    script: Script,
    /** The signal with which it starts. */
    first?: { signal: { readonly name: string }; args: unknown[] },
  ): Promise<RunUnderTest>;
  /** What a workflow is answered that somebody else starts; gives what it asks for. */
  answer(workflowId: string, script: Script): readonly Call[];
  close(): Promise<void>;
}

export async function openWorkflows(): Promise<WorkflowsUnderTest> {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => {}),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'tieout-workflows-'));
  const source = await findTemporal();
  const [server, codePath] = await Promise.all([
    takePort(0).then((port) => startTemporal(source, { port: port!, uiPort: null, logFolder: folder })),
    bundleOfTheRun(),
  ]);
  const { client, close: disconnect } = await connectClient(server.address);
  const { connection: native, namespace } = await connectWorker(server.address);

  const connection = `fakes-${randomBytes(4).toString('hex')}`;
  const scripts = new Map<string, ScriptedActivities>();
  const common = { connection: native, namespace, shutdownGraceTime: '1s' } as const;
  const workers = [
    await Worker.create({ ...common, taskQueue: workflowQueue(), workflowBundle: { codePath } }),
    ...(await Promise.all(
      [
        storeQueue(),
        netsuiteQueue(connection),
        ...(['orders', 'reports', 'finances', 'inventory'] as const).map((family) => amazonQueue(connection, family)),
      ].map((taskQueue) =>
        Worker.create({ ...common, taskQueue, activities: answeringFor((workflowId) => scripts.get(workflowId)) }),
      ),
    )),
  ];
  const running = workers.map((worker) => worker.run());

  let started = 0;
  return {
    connection,
    address: server.address,
    policy: POLICY,
    answer(workflowId, script) {
      const fakes = new ScriptedActivities(script);
      scripts.set(workflowId, fakes);
      return fakes.calls;
    },
    async start(contract, id, input, script, first) {
      started += 1;
      const workflowId = `${contract.idOf(connection, ...id)}-${started}`;
      const fakes = new ScriptedActivities(script);
      scripts.set(workflowId, fakes);
      const options = {
        workflowId,
        taskQueue: workflowQueue(),
        args: [input],
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.state, value: 'open' }],
      };
      if (first === undefined) await client.workflow.start(contract.name, options);
      else
        await client.workflow.signalWithStart(contract.name, {
          ...options,
          signal: first.signal.name,
          signalArgs: first.args,
        });
      return runOf(client, workflowId, fakes);
    },
    async close() {
      workers.forEach((worker) => worker.shutdown());
      await Promise.all(running);
      await Promise.all([native.close(), disconnect()]);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runOf(client: Client, workflowId: string, fakes: ScriptedActivities): RunUnderTest {
  const handle: WorkflowHandle = client.workflow.getHandle(workflowId);
  const attributes = async () => {
    const { typedSearchAttributes: of } = await handle.describe();
    return { state: of.get(SEARCH_ATTRIBUTES.state), blockedBy: of.get(SEARCH_ATTRIBUTES.blockedBy) };
  };
  const runId = async () => (await handle.describe()).runId;
  const details = async () =>
    (await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')).currentDetails ?? '';
  /** Asks until it is so. A workflow that ended otherwise says so at once, with its failure. */
  const until = async <T>(ask: () => Promise<T>, seen: (answer: T) => boolean): Promise<T> => {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const { name } = (await handle.describe()).status;
      const answer = await ask();
      if (seen(answer)) return answer;
      if (name !== 'RUNNING') throw new Error(`ended in ${JSON.stringify(await handle.result())}`);
      if (performance.now() > deadline)
        throw new Error(`not seen; last: ${JSON.stringify(answer)} after ${JSON.stringify(fakes.calls)}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  };
  return {
    calls: fakes.calls,
    steps: () => fakes.calls.map(stepOf),
    signal: (signal, ...args) => handle.signal(signal, ...args),
    update: (update, args) => handle.executeUpdate(update, { args }),
    async blockedBy(reason) {
      await until(attributes, ({ state, blockedBy }) => state === 'waits' && blockedBy === reason);
      return details();
    },
    async saying(words) {
      await until(details, (said) => said.includes(words));
    },
    attributes,
    details,
    result: () => handle.result(),
    runId,
    async inAnotherRunThan(before) {
      await until(runId, (now) => now !== before);
    },
    async eventTypes() {
      const { events } = await handle.fetchHistory();
      return (events ?? []).map(({ eventType }) => proto.temporal.api.enums.v1.EventType[eventType ?? 0]!);
    },
  };
}

function stepOf({ activity, input }: Call): string {
  const { shipment, refund } = input as { shipment?: string; refund?: string };
  return [activity, shipment ?? refund ?? ''].join(' ').trimEnd();
}
