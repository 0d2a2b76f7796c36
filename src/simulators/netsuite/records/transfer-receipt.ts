/** What comes in of a transfer order: debit inventory where it goes to, credit inventory in transit (NSHELP section_N2312912). */
import type { Company } from '../company.ts';
import {
  line,
  type Document,
  type FieldValues,
  type Transaction,
  type TransactionLine,
} from '../ledger/transaction.ts';
import { invalidValue, userError } from '../refusal.ts';
import type { Head } from './head.ts';
import { fulfilmentsOf, shippedLines, unitsUnderWay } from './in-transit.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { transferPrice, usesItemCost } from './transfer-order.ts';
import { numberOf, textOf } from './values.ts';

/**
 * The fulfilment that a receipt takes from: the one that it names, else the oldest with something under way. With item costs
 * each has receipts of its own, "to link the item fulfillment cost to the item receipt cost"; with transfer prices "you can
 * receive all items in the same item receipt" (NSHELP section_N3692380), and null stands for all.
 */
export function fulfilmentToReceive(company: Company, order: Transaction, named: string | null): Transaction | null {
  const open = fulfilmentsOf(company, order).filter(({ lines }) =>
    lines.some((shipped) => shipped.source !== null && unitsUnderWay(shipped) > 0),
  );
  if (open.length === 0) throw userError('That is not a valid record transformation.');
  if (named === null) return usesItemCost(company, order.document) ? open[0]! : null;
  const fulfilment = open.find(({ id }) => id === named);
  if (!fulfilment) throw invalidValue(named, 'itemFulfillment', 'itemFulfillment');
  return fulfilment;
}

/** Lines of fulfilments that one line of a receipt may take from. */
export function receivable(
  company: Company,
  order: Transaction,
  receiving: TransactionLine,
  fulfilment: string | null,
): TransactionLine[] {
  return shippedLines(company, order, receiving.transfer?.itemLine ?? 0).filter(
    ({ transaction }) => fulfilment === null || transaction?.id === fulfilment,
  );
}

/** The lines of a receipt; `next` gives ids for the lines that the body does not have. */
export function transferLines(
  company: Company,
  document: Document,
  order: Transaction,
  { id, head, next }: { id: string; head: Head; next: () => number },
): TransactionLine[] {
  const transit = company.masters.inventoryInTransit;
  return (document.sublists['item'] ?? []).flatMap((row, index) => {
    const { receiving, shipped, quantity } = readLine(company, document, order, row, index);
    if (head.date < shipped.transaction!.date)
      throw userError('The receipt cannot be dated prior to the shipment date of the order.');
    const item = company.masters.items.get(receiving.item ?? '')!;
    const location = receiving.location;
    refuseWithoutDetail(company, item, location, index);
    const byCost = usesItemCost(company, order.document);
    const value = byCost ? 0n : transferPrice(company, receiving.rate, quantity);
    const before = receivedBefore(company, order, shipped, id);
    const offset = next();
    const shared = { item: item.id, location, department: receiving.department, class: receiving.class };
    return [
      line({
        ...shared,
        id: numberOf(row, 'line') ?? 0,
        quantity,
        account: item.assetAccount,
        amount: value,
        memo: textOf(row, 'description') ?? receiving.memo,
        source: { transaction: shipped.transaction!.id, line: shipped.id, progress: 'received' },
        stock: {
          location,
          quantity,
          value,
          cost: byCost ? { transaction: shipped.transaction!.id, line: shipped.id, before } : 'given',
          offset,
          transfer: true,
        },
      }),
      line({ ...shared, id: offset, account: transit, amount: -value }),
    ];
  });
}

/** Units of a shipped line that earlier receipts have brought in. */
function receivedBefore(company: Company, order: Transaction, shipped: TransactionLine, receipt: string): number {
  return [...company.books.createdFrom(order.id)]
    .filter((other) => other.type === 'ItemRcpt' && Number(other.id) < Number(receipt))
    .flatMap(({ lines }) => lines)
    .filter(({ source }) => source?.transaction === shipped.transaction!.id && source.line === shipped.id)
    .reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
}

function readLine(
  company: Company,
  { fields }: Document,
  order: Transaction,
  row: FieldValues,
  index: number,
): { receiving: TransactionLine; shipped: TransactionLine; quantity: number } {
  const path = `item.items[${index}]`;
  const orderLine = numberOf(row, 'orderLine');
  const receiving = order.lines.find(({ id, transfer }) => id === orderLine && transfer?.type === 'RECEIVING');
  if (!receiving) throw invalidValue(String(orderLine), 'orderLine', `${path}.orderLine`);
  const location = textOf(row, 'location');
  if (location !== null && location !== receiving.location)
    throw invalidValue(location, 'location', `${path}.location`);
  const offered = receivable(company, order, receiving, textOf(fields, 'itemFulfillment'));
  const shipped = offered.find((candidate) => unitsUnderWay(candidate) > 0);
  const quantity = numberOf(row, 'quantity') ?? 0;
  if (!shipped || quantity > unitsUnderWay(shipped))
    throw userError('You cannot receive more than the quantity on the transfer order.');
  const whole = !usesItemCost(company, order.document) || isPartlyFulfilled(order);
  if (whole && quantity !== Math.abs(shipped.quantity ?? 0))
    throw userError('The item receipt quantity must match the item fulfillment quantity.');
  return { receiving, shipped, quantity };
}

function isPartlyFulfilled({ lines }: Transaction): boolean {
  return lines.some(
    ({ transfer, closed, quantity, progress }) =>
      transfer?.type === 'ITEM' && !closed && progress.fulfilled < (quantity ?? 0),
  );
}
