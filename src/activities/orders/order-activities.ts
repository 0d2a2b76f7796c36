import type { OrderActivities } from '../../contracts/orders/order-activities.ts';
import type { Bind } from '../bind.ts';
import { closeCancelledOrder } from './close-cancelled-order.ts';
import { postFulfilment } from './post-fulfilment.ts';
import { billShipment } from './bill-shipment.ts';
import { postCreditMemo, postReturnAuthorisation } from './post-refund.ts';
import { postSaleMemo } from './post-sale-memo.ts';
import { postSalesOrder } from './post-sales-order.ts';
import { reviseSalesOrder } from './revise-sales-order.ts';

export const orderActivities = (bind: Bind): OrderActivities => ({
  postSalesOrder: bind(postSalesOrder),
  reviseSalesOrder: bind(reviseSalesOrder),
  closeCancelledOrder: bind(closeCancelledOrder),
  postFulfilment: bind(postFulfilment),
  billShipment: bind(billShipment),
  postSaleMemo: bind(postSaleMemo),
  postReturnAuthorisation: bind(postReturnAuthorisation),
  postCreditMemo: bind(postCreditMemo),
});
