/** Workflow ids that a person can guess. Each function has its inverse in {@link parseWorkflowId}. */
import { keyPart } from './key-part.ts';

/** Temporal takes any text of up to 1000 bytes; what nobody could have meant as an id is cut. */
const LONGEST = 200;
const idPart = (id: string): string => (id.length <= LONGEST ? id : keyPart(id));

export const orderWorkflowId = (connection: string, orderId: string) => `order:${connection}:${idPart(orderId)}`;
export const payoutWorkflowId = (connection: string, settlementId: string) =>
  `payout:${connection}:${idPart(settlementId)}`;
export const decisionsWorkflowId = (connection: string) => `decisions:${connection}`;
export const orderIntakeId = (connection: string) => `order-intake:${connection}`;
export const payoutIntakeId = (connection: string) => `payout-intake:${connection}`;
export const populationIntakeId = (connection: string) => `population-intake:${connection}`;
export const stockId = (connection: string) => `stock:${connection}`;
export const taxId = (connection: string) => `tax:${connection}`;
export const closeLookId = (connection: string) => `close:${connection}`;
export const closeId = (connection: string, period: string) => `close:${connection}:${period}`;
export const inboundWorkflowId = (connection: string, shipmentId: string) =>
  `inbound:${connection}:${idPart(shipmentId)}`;
export const reconcilerId = (connection: string) => `reconciler:${connection}`;
export const alertsId = (connection: string) => `alerts:${connection}`;
export const housekeepingId = (connection: string) => `housekeeping:${connection}`;
export const documentSweepId = (connection: string) => `document-sweep:${connection}`;
export const connectionCheckId = (connection: string) => `connection-check:${connection}`;
export const tieOutId = (connection: string) => `tie-out:${connection}`;
export const taxTieId = (connection: string, month: string) => `tax-tie:${connection}:${month}`;
export const balancesOnId = (connection: string, day: string) => `balances:${connection}:${day}`;
/** An import by the hash of its file: the same file again joins the one that is under way. */
export const statementImportId = (connection: string, sha256: string) =>
  `bank-import:${connection}:${sha256.slice(0, 16)}`;
export const settlementImportId = (connection: string, sha256: string) =>
  `settlement-import:${connection}:${sha256.slice(0, 16)}`;

export function parseWorkflowId(id: string): { kind: string; connection: string; key: string | null } | null {
  const match = /^([a-z-]+):([a-z0-9-]{1,20})(?::(.+))?$/s.exec(id);
  return match ? { kind: match[1]!, connection: match[2]!, key: match[3] ?? null } : null;
}
