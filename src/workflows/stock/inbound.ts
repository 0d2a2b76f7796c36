import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { inboundMoved, type InboundInput } from '../../contracts/stock/inbound.ts';
import { onStore } from '../activity-proxies.ts';

/** One inbound shipment: what it is and where it stands, until it is closed and nothing of it is open. `stock` posts for it. */
export async function inbound(input: InboundInput): Promise<string> {
  const { connection, shipmentId, policy } = input;
  let moved = true;
  setHandler(inboundMoved, () => {
    moved = true;
  });
  for (;;) {
    moved = false;
    const { sentence, isOver } = await onStore(policy).standInbound({ connection, shipmentId });
    setCurrentDetails(sentence);
    if (moved) continue;
    if (isOver) return sentence;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof inbound>(input);
    await condition(() => moved);
  }
}
