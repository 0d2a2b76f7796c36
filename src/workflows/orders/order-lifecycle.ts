import { condition, patched, setCurrentDetails, setHandler } from '@temporalio/workflow';
import {
  renderOrderDone,
  renderOrderPending,
  renderOrderPlanned,
  renderOrderStopped,
  renderOrderToDispatch,
  renderOrderWaitsForSku,
} from '../../domain/orders/render-order.ts';
import type { Stopped } from '../../contracts/orders/order-activities.ts';
import { onNetSuite } from '../activity-proxies.ts';
import {
  dispatched,
  orderChanged,
  refunded,
  skuMapped,
  type OrderInput,
  type SkuMapping,
} from '../../contracts/orders/order-lifecycle.ts';
import { listenForPerson, type Person } from '../wait-for-person.ts';

/**
 * An order from first sight until all that was dispatched is billed: Sales Order → Item Fulfilment → Invoice (and a
 * Credit Memo for a sale below zero), and a Return Authorisation with its Credit Memo for each refund. A refund or a late shipment starts it again under the same
 * id. Settling is the payout's business.
 */
export async function orderLifecycle(input: OrderInput): Promise<string> {
  const person = listenForPerson(input);
  const end = await untilBilled(input, person);
  await person.recorded();
  return end;
}

async function untilBilled(input: OrderInput, person: Person): Promise<string> {
  const { connection, orderId } = input;
  const netsuite = onNetSuite(connection, input.policy);
  const shipments: string[] = [];
  const refunds: string[] = [];
  let claim: SkuMapping | null = null;
  let changed = false;
  setHandler(orderChanged, () => {
    changed = true;
  });
  setHandler(dispatched, (news) => {
    shipments.push(...news.shipments.filter((key) => !shipments.includes(key)));
  });
  setHandler(refunded, (news) => {
    refunds.push(...news.refunds.filter((key) => !refunds.includes(key)));
  });
  setHandler(skuMapped, (mapping) => {
    claim = mapping;
  });

  if (input.salesOrder === 'needed') {
    const end = await placeSalesOrder();
    if (end !== null) return end;
  }
  let complete = input.complete;
  let billed = input.salesOrder === 'not-ours' || complete;
  for (;;) {
    const shipment = shipments.shift();
    if (shipment !== undefined) {
      if (!(await completed(() => netsuite.postFulfilment({ connection, orderId, shipment })))) return planned();
      const bill = await completed(() => netsuite.billShipment({ connection, orderId, shipment }));
      if (!bill) return planned();
      const done = bill.belowZero
        ? await completed(() => netsuite.postSaleMemo({ connection, orderId, shipment }))
        : bill;
      if (!done) return planned();
      billed = true;
      complete = done.complete;
      continue;
    }
    const refund = billed ? refunds.shift() : undefined;
    if (refund !== undefined) {
      if (!(await completed(() => netsuite.postReturnAuthorisation({ connection, orderId, refund })))) return planned();
      if (!(await completed(() => netsuite.postCreditMemo({ connection, orderId, refund })))) return planned();
      continue;
    }
    if (changed) {
      changed = false;
      const order = await netsuite.postSalesOrder({ connection, orderId, claim: null });
      if (order.result === 'cancelled') {
        await netsuite.closeCancelledOrder({ connection, orderId });
        return finished('cancelled at Amazon');
      }
      if (order.result === 'posted' && patched('revise-sales-order-2026-11')) {
        ({ complete } = await netsuite.reviseSalesOrder({ connection, orderId }));
        billed ||= complete;
      }
      continue;
    }
    if (complete || input.salesOrder === 'not-ours')
      return finished(input.salesOrder === 'not-ours' ? 'refunded' : 'dispatched and billed');
    setCurrentDetails(renderOrderToDispatch());
    await condition(() => shipments.length > 0 || changed || (billed && refunds.length > 0));
  }

  /** Until the Sales Order is posted; a sentence when the order ends without one. */
  async function placeSalesOrder(): Promise<string | null> {
    for (;;) {
      changed = false;
      const given = claim;
      claim = null;
      const order = await netsuite.postSalesOrder({ connection, orderId, claim: given });
      switch (order.result) {
        case 'posted':
          person.unblock();
          return null;
        case 'planned':
          return planned();
        case 'cancelled':
          return finished('cancelled at Amazon before it had a price');
        case 'left-alone':
          return finished('another system owns this order');
        case 'no-price':
          setCurrentDetails(renderOrderPending());
          // What is dispatched has a price: news of both comes as one signal.
          await condition(() => changed || shipments.length > 0);
          break;
        case 'waits':
          person.block(`sku:${order.skus.join(',')}`, renderOrderWaitsForSku(order.skus, order.unusable));
          await condition(() => claim !== null || changed || person.asked());
          person.forget();
          break;
        case 'stopped':
          // Amazon may cancel it meanwhile.
          await stopped(order, () => changed);
      }
    }
  }

  /** Runs a posting until it is done, waiting for a person where NetSuite refuses it; null in `posting: plan`. */
  async function completed<R extends { result: 'done' } | { result: 'planned' } | Stopped>(
    post: () => Promise<R>,
  ): Promise<Extract<R, { result: 'done' }> | null> {
    for (;;) {
      const posting = await post();
      if (posting.result === 'planned') return null;
      if (posting.result === 'done') return posting as Extract<R, { result: 'done' }>;
      await stopped(posting);
    }
  }

  async function stopped({ exception, sentence }: Stopped, news: () => boolean = () => false): Promise<void> {
    person.block(`exception:${exception}`, renderOrderStopped(exception, sentence));
    await condition(() => person.asked() || news());
    person.forget();
    person.unblock();
  }
}

function planned(): string {
  setCurrentDetails(renderOrderPlanned());
  return 'planned';
}

function finished(what: string): string {
  setCurrentDetails(renderOrderDone(what));
  return what;
}
