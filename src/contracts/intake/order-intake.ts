import { orderIntakeId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** One look at Amazon for orders, dispatches and refunds. Results in a sentence. */
export type OrderIntake = (input: Telling) => Promise<string>;
export const ORDER_INTAKE = workflowContract<OrderIntake>('orderIntake', orderIntakeId);
