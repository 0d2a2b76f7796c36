/** Workflow ids that a person can guess. Each function has its inverse in {@link parseWorkflowId}. */

export const orderWorkflowId = (connection: string, orderId: string) => `order:${connection}:${orderId}`;
export const payoutWorkflowId = (connection: string, settlementId: string) => `payout:${connection}:${settlementId}`;
export const decisionsWorkflowId = (connection: string) => `decisions:${connection}`;
export const orderIntakeId = (connection: string) => `order-intake:${connection}`;
export const payoutIntakeId = (connection: string) => `payout-intake:${connection}`;
export const reconcilerId = (connection: string) => `reconciler:${connection}`;
export const housekeepingId = (connection: string) => `housekeeping:${connection}`;

export function parseWorkflowId(id: string): { kind: string; connection: string; key: string | null } | null {
  const match = /^([a-z-]+):([a-z0-9-]{1,20})(?::(.+))?$/.exec(id);
  return match ? { kind: match[1]!, connection: match[2]!, key: match[3] ?? null } : null;
}
