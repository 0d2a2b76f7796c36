/** The product wired together: workers for workflows, for the store, and for each vendor's queue of each connection that this process serves. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  Worker,
  type ActivityInterceptorsFactory,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import {
  createAmazonActivities,
  createNetSuiteActivities,
  createStoreActivities,
} from '../activities/create-activities.ts';
import { bindTo } from '../activities/bind.ts';
import { connectionsOf, type Dependencies } from '../activities/dependencies.ts';
import { AMAZON_FAMILIES, amazonQueue, netsuiteQueue, storeQueue, workflowQueue } from '../contracts/task-queues.ts';
import { FailPointInterceptor } from './fail-point-interceptor.ts';
import { FailureInterceptor } from './failure-interceptor.ts';
import { LastingFailures, PATIENCE, type Patience } from './lasting-failures.ts';

export interface WorkersOptions {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  deps: Dependencies;
  shutdownGraceTime?: string;
  dataConverter?: DataConverter;
  /** How long a workflow waits for the process that has it in its cache: as long as it takes to do without one that died. */
  stickyTimeout?: string;
  /** How long a step may fail before a person hears of it. */
  patience?: Partial<Patience>;
  /** Innermost, next to the activity itself: a test runs each one twice here. */
  aroundActivities?: ActivityInterceptorsFactory;
}

/**
 * Which workflow code a worker runs, as Temporal's server and its UI show it with every workflow task: the hash of the
 * bundle. Tasks are not routed by it: workflows stay compatible by patches (CONTRIBUTING.md, *Changing a workflow*).
 */
function deploymentOf(bundle: WorkflowBundleOption): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  const code = 'code' in bundle ? bundle.code : readFileSync(bundle.codePath, 'utf8');
  const buildId = createHash('sha256').update(code).digest('hex').slice(0, 12);
  return { workerDeploymentOptions: { version: { deploymentName: 'tieout', buildId }, useWorkerVersioning: false } };
}

export async function createWorkers({
  connection,
  namespace,
  workflowBundle,
  deps,
  shutdownGraceTime = '10s',
  stickyTimeout = '10s',
  dataConverter,
  patience,
  aroundActivities,
}: WorkersOptions): Promise<Worker[]> {
  const connections = connectionsOf(deps);
  const bind = bindTo(connections);
  const amazon = createAmazonActivities(bind);
  const lasting = new LastingFailures(deps, { ...PATIENCE, ...patience });
  const activity = [
    () => ({ inbound: new FailureInterceptor(deps, lasting) }),
    () => ({ inbound: new FailPointInterceptor(deps) }),
    ...(aroundActivities ? [aroundActivities] : []),
  ];
  const common: Pick<
    WorkerOptions,
    'connection' | 'namespace' | 'shutdownGraceTime' | 'interceptors' | 'dataConverter' | 'workerDeploymentOptions'
  > = {
    connection,
    namespace,
    ...deploymentOf(workflowBundle),
    ...(dataConverter ? { dataConverter } : {}),
    shutdownGraceTime: shutdownGraceTime as '10s',
    interceptors: { activity },
  };
  const workers = [
    await Worker.create({
      ...common,
      taskQueue: workflowQueue(),
      workflowBundle,
      maxCachedWorkflows: 500,
      maxConcurrentWorkflowTaskExecutions: 40,
      stickyQueueScheduleToStartTimeout: stickyTimeout as '10s',
    }),
    await Worker.create({
      ...common,
      taskQueue: storeQueue(),
      activities: createStoreActivities(bind),
      maxConcurrentActivityTaskExecutions: 10,
    }),
  ];
  for (const name of deps.clients.keys()) {
    const { settings } = connections.get(name)!;
    // More than NetSuite's slots: while some wait for theirs others read the store, and their look-ups go out together.
    workers.push(
      await Worker.create({
        ...common,
        taskQueue: netsuiteQueue(name),
        activities: createNetSuiteActivities(bind),
        maxConcurrentActivityTaskExecutions: settings.netsuite.maxConcurrency * 4,
      }),
    );
    // Amazon's quotas are small: one pass at a time, and one more that need not wait for a long one.
    for (const family of AMAZON_FAMILIES) {
      workers.push(
        await Worker.create({
          ...common,
          taskQueue: amazonQueue(name, family),
          activities: amazon[family],
          maxConcurrentActivityTaskExecutions: 2,
          maxConcurrentActivityTaskPolls: 1,
        }),
      );
    }
  }
  return workers;
}
