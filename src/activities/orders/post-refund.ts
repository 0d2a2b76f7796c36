import type { JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { itemQuantity } from '../../domain/orders/item-units.ts';
import { lineDescription, tagOf, type OrderLine } from '../../domain/orders/sales-order.ts';
import type { RefundPlan } from '../../domain/orders/refund.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import { loadRefunds, setRefundState } from '../../store/orders/refunds.ts';
import type { Connection } from '../connection.ts';
import { raiseUnclearTax } from '../tax/unclear-tax.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import {
  accountReference,
  commonFields,
  currencyReference,
  customerReference,
  serviceItemReference,
} from '../posting/references.ts';
import { takeUpForgottenSale } from './forgotten-sale.ts';
import { closeReturnLines } from './close-return-lines.ts';
import type { RefundRef, RefundResult } from '../../contracts/orders/order-activities.ts';
import { postedSalesOrder } from './sales-order-lines.ts';
import { postOfOrder } from './post-of-order.ts';
import { planOfRefund } from './plan-refund.ts';
import { memoIntent, returnIntent } from './write-refund-down.ts';

/**
 * Return Authorisation of the whole units of a refund, from the Sales Order in its credit form; none for a refund that
 * takes back no whole unit. Of a refund that Amazon takes back: what was not received of its return is closed.
 * Idempotent: by `AMZ_…_RA_{orderId}-{instant}_1`; lines that are closed stay so.
 */
export async function postReturnAuthorisation(connection: Connection, input: RefundRef): Promise<RefundResult> {
  const forgotten = await takeUpForgottenSale(connection, input);
  if (forgotten !== null) return forgotten;
  const planned = await planOfRefund(connection, input);
  if ('result' in planned) return planned;
  const { plan } = planned;
  if (plan === null) return { result: 'done' };
  if (connection.settings.posting === 'live') await closeReturnLines(connection, plan.takesBack ?? []);
  const intent = returnIntent(plan);
  if (intent === null) return { result: 'done' };
  const of = await ofRefund(connection, input);
  const posting = await postOfOrder(connection, of, { ...intent, compared: true }, (dated) =>
    returnCall(connection, plan, externalIdOf(intent.key), dated),
  );
  if (posting.result === 'stopped') return posting;
  if (posting.result === 'planned') await setRefundState(connection.db, connection.name, input.refund, 'planned');
  return { result: posting.result === 'planned' ? 'planned' : 'done' };
}

/**
 * Credit Memo of a refund: from its return authorisation, or on its own on non-inventory items; the Invoice of one that
 * Amazon takes back. A memo is never applied by itself (`autoApply` is remembered by NetSuite, so it is always sent): the
 * payout pays it out. Idempotent: by `AMZ_…_CM_{orderId}-{instant}_1`, or `AMZ_…_INV_…`.
 */
export async function postCreditMemo(connection: Connection, input: RefundRef): Promise<RefundResult> {
  const forgotten = await takeUpForgottenSale(connection, input);
  if (forgotten !== null) return forgotten;
  const planned = await planOfRefund(connection, input);
  if ('result' in planned) return planned;
  const { plan } = planned;
  if (plan === null) return { result: 'done' };
  const intent = memoIntent(plan);
  if (
    plan.returnAuthorisation !== null &&
    connection.settings.posting === 'live' &&
    !(await loadDocument(connection.db, externalIdOf(plan.returnAuthorisation.key)))?.netsuiteId
  ) {
    // A store that was restored has forgotten it: found in NetSuite under its key.
    const authorised = await postReturnAuthorisation(connection, input);
    if (authorised.result !== 'done') return authorised;
  }
  const of = await ofRefund(connection, input);
  const posting = await postOfOrder(connection, of, { ...intent, compared: true }, (dated) =>
    memoCall(connection, input, plan, dated),
  );
  if (posting.result === 'stopped') return posting;
  await raiseUnclearTax(connection, intent.key, plan);
  await setRefundState(connection.db, connection.name, input.refund, posting.result === 'planned' ? 'planned' : 'done');
  return { result: posting.result === 'planned' ? 'planned' : 'done' };
}

async function returnCall(
  connection: Connection,
  plan: RefundPlan,
  externalId: string,
  dated: JsonObject,
): Promise<PostingCall> {
  const [salesOrder, common] = await Promise.all([
    postedSalesOrder(connection, plan.orderId),
    commonFields(connection, recordTypeOf('RA')),
  ]);
  const returned = new Map(plan.lines.filter((line) => line.goods).map((line) => [line.tag, line]));
  const ofOrder = salesOrder.lines.map((line): JsonValue => {
    const planned = returned.get(tagOf(line.memo));
    return planned
      ? {
          orderLine: Number(line.orderLine),
          quantity: itemQuantity(planned, salesOrder.units),
          amount: money(planned.amount, plan),
        }
      : { orderLine: Number(line.orderLine), quantity: 0 };
  });
  return {
    kind: 'transform',
    from: { record: recordTypeOf('SO'), id: salesOrder.netsuiteId },
    body: {
      externalId,
      ...dated,
      memo: plan.returnAuthorisation!.memo,
      otherRefNum: plan.orderId,
      orderStatus: { id: 'B' },
      ...common,
      item: { items: [...ofOrder, ...(await serviceLines(connection, plan))] },
    },
  };
}

async function memoCall(
  connection: Connection,
  input: RefundRef,
  plan: RefundPlan,
  dated: JsonObject,
): Promise<PostingCall> {
  const { key, memo } = (plan.invoice ?? plan.creditMemo)!;
  const [account, common] = await Promise.all([
    accountReference(connection, connection.mode.account, plan.currency),
    commonFields(connection, recordTypeOf(key.purpose), { withSubsidiary: plan.returnAuthorisation === null }),
  ]);
  const body = {
    externalId: externalIdOf(key),
    ...dated,
    memo,
    otherRefNum: plan.orderId,
    account: { id: account.id },
    ...(plan.invoice ? {} : { autoApply: false }),
    ...common,
  };
  if (plan.returnAuthorisation !== null) {
    const authorisation = await loadDocument(connection.db, externalIdOf(plan.returnAuthorisation.key));
    if (!authorisation?.netsuiteId) throw new Error(`bug: ${memo} before its return authorisation`);
    return {
      kind: 'transform',
      from: { record: recordTypeOf('RA'), id: authorisation.netsuiteId },
      body,
      taken: () => linesTaken(connection, plan),
    };
  }
  const marketplace = await marketplaceOfRefund(connection, input);
  const [customer, currency] = await Promise.all([
    customerReference(connection, marketplace),
    currencyReference(connection, plan.currency),
  ]);
  return {
    kind: 'create',
    body: { ...body, entity: customer, currency, item: { items: await serviceLines(connection, plan) } },
  };
}

/** A memo takes its return authorisation whole: the goods by the item of their line of the Sales Order. */
async function linesTaken(connection: Connection, plan: RefundPlan): Promise<JsonValue[]> {
  const { byTag, units } = await postedSalesOrder(connection, plan.orderId);
  const goods = plan.lines
    .filter((line) => line.goods)
    .flatMap((line): JsonValue[] => {
      const item = byTag.get(line.tag)?.item;
      return item === undefined
        ? []
        : [{ item: { id: item }, quantity: itemQuantity(line, units), amount: money(line.amount, plan) }];
    });
  return [...goods, ...(await serviceLines(connection, plan))];
}

/** Without settings of tax no marketplace is stopped, and none is looked for. */
async function ofRefund(connection: Connection, input: RefundRef) {
  const marketplace = connection.settings.tax === undefined ? null : await marketplaceOfRefund(connection, input);
  return { orderId: input.orderId, marketplace };
}

/** That of its order, or as Finances names it; null where neither is known. */
async function marketplaceOfRefund({ db, name }: Connection, { orderId, refund }: RefundRef): Promise<string | null> {
  const order = await loadOrder(db, name, orderId);
  if (order !== null) return order.fact.marketplaceId;
  return (await loadRefunds(db, name, orderId)).find(({ key }) => key === refund)?.fact.marketplaceName ?? null;
}

/** Lines without goods, the sign that of the document. */
function serviceLines(connection: Connection, plan: RefundPlan): Promise<JsonValue[]> {
  return Promise.all(
    plan.lines
      .filter((line) => !line.goods)
      .map(async (line: OrderLine) => ({
        item: await serviceItemReference(connection, line),
        quantity: line.quantity,
        amount: money(plan.invoice ? -line.amount : line.amount, plan),
        description: lineDescription(line, plan.currency),
      })),
  );
}

function money(amount: bigint, plan: RefundPlan) {
  return decimal(formatMinor(amount, plan.currency));
}
