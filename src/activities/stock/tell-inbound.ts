import { WorkflowIdReusePolicy } from '@temporalio/common';
import pMap from 'p-map';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { SEARCH_ATTRIBUTES } from '../../contracts/search-attributes.ts';
import { INBOUND, inboundMoved, type InboundInput } from '../../contracts/stock/inbound.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { loadInbound, markInboundTold } from '../../store/stock/inbound.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { Connection } from '../connection.ts';

/** Signals under way at one time. */
const AT_ONCE = 10;

/**
 * Starts the workflow of each inbound shipment that is new, and tells those of which something changed since they were told;
 * one that had ended is opened again by a late find. Idempotent: whoever is told looks for itself.
 */
export async function tellInbound(connection: Connection, { policy }: Telling): Promise<{ told: number }> {
  const { db, name, temporal } = connection;
  const [shipments, run] = await Promise.all([loadInbound(db, name), loadStockRun(db, name)]);
  const news = shipments.flatMap((shipment) => {
    const standings = (run?.inbound ?? []).filter(({ shipmentId }) => shipmentId === shipment.shipmentId);
    const said = JSON.stringify([shipment.status, standings]);
    return said === shipment.told ? [] : [{ shipmentId: shipment.shipmentId, said }];
  });
  await pMap(
    news,
    async ({ shipmentId, said }) => {
      const argument: InboundInput = { connection: name, shipmentId, policy };
      await temporal.workflow.signalWithStart(INBOUND.name, {
        workflowId: INBOUND.idOf(name, shipmentId),
        taskQueue: workflowQueue(),
        args: [argument],
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        signal: inboundMoved,
        staticSummary: `Inbound shipment ${shipmentId}`,
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.connection, value: name }],
      });
      await markInboundTold(db, name, shipmentId, said);
    },
    { concurrency: AT_ONCE },
  );
  return { told: news.length };
}
