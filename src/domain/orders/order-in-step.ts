/** What the store says of an unfinished order. */
export interface OrderInStore {
  /** A person is awaited. */
  waits: boolean;
  /** There is something to do at once. */
  due: boolean;
}

/** What Temporal says of a workflow that runs. */
export interface RunningWorkflow {
  /** It says that it waits for a person. */
  waits: boolean;
  /** Nothing of it is under way: no activity, and no task of its own. */
  idle: boolean;
}

/**
 * Whether an order and its workflow say the same, and else what brings them together: `tell` all that is unfinished,
 * starting the workflow where none runs, or `wake` one that waits for a person of whom the store knows nothing. Either
 * store may be older than the other, or have lost what it held: telling twice does no harm.
 */
export function orderInStep(order: OrderInStore, workflow: RunningWorkflow | null): 'in step' | 'tell' | 'wake' {
  if (workflow === null) return 'tell';
  if (!workflow.idle) return 'in step';
  if (workflow.waits) return order.waits ? 'in step' : 'wake';
  return order.waits || order.due ? 'tell' : 'in step';
}
