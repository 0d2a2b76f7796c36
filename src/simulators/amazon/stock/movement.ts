import type { StockPlace } from './stock-lines.ts';

/** Columns of the ledger's summary in which movements are counted. */
export const MOVEMENT_COLUMNS = [
  'Receipts',
  'Customer Shipments',
  'Customer Returns',
  'Vendor Returns',
  'Warehouse Transfer In/Out',
  'Found',
  'Lost',
  'Damaged',
  'Disposed',
  'Other Events',
  'Unknown Events',
] as const;
export type MovementColumn = (typeof MOVEMENT_COLUMNS)[number];

/** One row of the ledger: units that enter or leave a place, and when that is told. */
export interface Movement extends StockPlace {
  /** Name of the event that it belongs to. */
  event: string;
  at: string;
  /** Ledger's day. */
  day: string;
  /** `Shipments`, `Receipts`, `CustomerReturns`, `VendorReturns`, `WhseTransfers`, `Adjustments`, or what a world says. */
  eventType: string;
  reason: string;
  reference: string;
  units: number;
  column: MovementColumn;
  /** Whether Amazon reconciles it: misplaced, found and damaged units have a reconciled and an unreconciled quantity. */
  reconciles: boolean;
  inDetail: string;
  inSummary: string;
  /** From when it had not happened; null when it stands. */
  withdrawnAt: string | null;
  /** Where units between centres are counted meanwhile; null when it is no transfer. */
  transitAt: StockPlace | null;
}

/** By reason, the column in which an adjustment is counted; other reasons are `Other Events`. */
const COLUMN_OF_REASON: Readonly<Record<string, MovementColumn>> = {
  F: 'Found',
  M: 'Lost',
  5: 'Lost',
  E: 'Damaged',
  6: 'Damaged',
  7: 'Damaged',
  H: 'Damaged',
  K: 'Damaged',
  U: 'Damaged',
  P: 'Damaged',
  D: 'Disposed',
};
const COLUMN_OF_TYPE: Readonly<Record<string, MovementColumn>> = {
  Receipts: 'Receipts',
  Shipments: 'Customer Shipments',
  CustomerReturns: 'Customer Returns',
  VendorReturns: 'Vendor Returns',
  WhseTransfers: 'Warehouse Transfer In/Out',
};

export function columnOf(eventType: string, reason: string): MovementColumn {
  if (eventType === 'Adjustments') return COLUMN_OF_REASON[reason] ?? 'Other Events';
  return COLUMN_OF_TYPE[eventType] ?? 'Unknown Events';
}

/** Rows of misplaced, found and damaged units. */
export function isReconciled(eventType: string, reason: string): boolean {
  return eventType === 'Adjustments' && ['M', '5', 'F', 'E', '6', '7', 'H', 'K', 'U'].includes(reason);
}

/** True for what has happened by an instant and stands; of the ledger's views only what the view knows by then. */
export function stands(movement: Movement, now: string): boolean {
  return movement.at <= now && (movement.withdrawnAt === null || movement.withdrawnAt > now);
}

export function isKnown(movement: Movement, view: 'inDetail' | 'inSummary', now: string): boolean {
  return stands(movement, now) && movement[view] !== 'never' && movement[view] <= now;
}
