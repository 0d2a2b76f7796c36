/** Statuses of an inbound shipment that mean something to stock (model of Fulfillment Inbound v0, `ShipmentStatus`). */

const CALLED_OFF: readonly string[] = ['CANCELLED', 'DELETED'];

/** It will not come, whatever had left. */
export const isCalledOff = (status: string): boolean => CALLED_OFF.includes(status);

/** Amazon says nothing more of it by itself. */
export const isEnded = (status: string): boolean => status === 'CLOSED' || isCalledOff(status);

/** It has left the seller, and more of it may come. */
export const UNDER_WAY: readonly string[] = ['SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'CHECKED_IN', 'RECEIVING'];
