/** A worker process for the empty orders, set up like the product's own. */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { connectWorker } from '../../src/temporal/worker-connection.ts';

process.on('message', async ({ address, concurrency }: { address: string; concurrency: number }) => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
  const { connection, namespace } = await connectWorker(address);
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./empty-order.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  const workers = [
    await Worker.create({
      connection,
      namespace,
      taskQueue: 'empty-orders',
      workflowBundle: { code },
      maxCachedWorkflows: 500,
      maxConcurrentWorkflowTaskExecutions: 40,
    }),
    await Worker.create({
      connection,
      namespace,
      taskQueue: 'empty-activities',
      activities: { nothing: async () => ({ result: 'done' }) },
      maxConcurrentActivityTaskExecutions: concurrency,
    }),
  ];
  process.send?.('ready');
  await Promise.all(workers.map((worker) => worker.run()));
});
process.on('disconnect', () => process.exit(0));
