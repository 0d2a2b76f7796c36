import { defineSignal } from '@temporalio/workflow';
import { inboundWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

export interface InboundRef extends OfConnection {
  shipmentId: string;
}
export type InboundInput = InboundRef & Telling;

/** An inbound shipment from first sight until it is closed and squared. Results in a sentence. */
export type Inbound = (input: InboundInput) => Promise<string>;
export const INBOUND = workflowContract<Inbound, [shipmentId: string]>('inbound', inboundWorkflowId);

/** Amazon, the ledger or a person said something of it. */
export const inboundMoved = defineSignal('inboundMoved');
