/** Who takes work: a queue that nobody polls is work that nobody does. */
import type { Client } from '@temporalio/client';
import { AMAZON_FAMILIES, amazonQueue, netsuiteQueue, storeQueue, workflowQueue } from '../../contracts/task-queues.ts';
import { broken, fine, type Finding } from './finding.ts';

const WORKFLOWS = 1;
const ACTIVITIES = 2;

/** @param restart what brings workers back that serve every connection */
export async function workers(
  client: Client,
  connections: readonly { name: string }[],
  restart: string,
): Promise<Finding[]> {
  const pollers = async (name: string, taskQueueType: 1 | 2 = ACTIVITIES) => {
    const { namespace } = client.options;
    const queue = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType });
    return { name, count: queue.pollers.length };
  };
  const shared = await Promise.all([pollers(workflowQueue(), WORKFLOWS), pollers(storeQueue())]);
  const served = await Promise.all(
    connections.map(async ({ name }) => ({
      name,
      queues: await Promise.all(
        [netsuiteQueue(name), ...AMAZON_FAMILIES.map((family) => amazonQueue(name, family))].map((queue) =>
          pollers(queue),
        ),
      ),
    })),
  );
  const idle = shared.filter(({ count }) => count === 0).map(({ name }) => name);
  const unserved = served.filter(({ queues }) => queues.some(({ count }) => count === 0));
  const findings = [
    ...(idle.length === 0 ? [] : [broken('workers', idle.join(', '), 'nobody polls', restart)]),
    ...unserved.map(({ name, queues }) =>
      broken(
        'workers',
        `connection ${name}`,
        `nobody polls ${queues
          .filter(({ count }) => count === 0)
          .map((queue) => queue.name)
          .join(', ')}`,
        `start a worker that serves it (TIEOUT_CONNECTIONS names it, or is not set); on this machine ${restart}`,
      ),
    ),
  ];
  if (findings.length > 0) return findings;
  const counts = [...shared, ...served.map(({ queues: [first] }) => first!)];
  return [fine('workers', counts.map(({ name, count }) => `${name} ${count}`).join(', '))];
}
