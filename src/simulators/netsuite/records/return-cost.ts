import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, mulDiv, toUnits } from '../decimal.ts';
import { costAt, type Average } from '../ledger/average-cost.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import type { FieldValues, Transaction, TransactionLine } from '../ledger/transaction.ts';
import { invalidValue } from '../refusal.ts';
import type { Part } from './kit-lines.ts';
import { textOf } from './values.ts';

const UNIT_COST_DIGITS = 8;

interface Returned {
  /** The line of the authorisation; of a kit its own. */
  returned: TransactionLine;
  part: Part;
  row: FieldValues;
  location: string | null;
  index: number;
}

/**
 * What units that come back are worth, in minor units of the base currency: the rate of the receipt's line, else "NetSuite gets
 * costing from the originating sales order or invoice" (NSHELP bridgehead_4337971641), else the average of their location.
 */
export function returnCost(company: Company, { returned, part, row, location, index }: Returned): bigint {
  const given = textOf(row, 'unitCostOverride');
  if (given !== null) {
    const unit = toUnits(given, UNIT_COST_DIGITS);
    if (unit === null || unit < 0n)
      throw invalidValue(given, 'unitCostOverride', `item.items[${index}].unitCostOverride`);
    const digits = currencyDigits(symbolOf(company, BASE_CURRENCY));
    return mulDiv(unit, BigInt(part.quantity), 10n ** BigInt(UNIT_COST_DIGITS - digits));
  }
  const average =
    costWhenSold(company, returned, part.item.id) ?? company.books.stock.averageAt(part.item.id, location);
  return costAt(average, part.quantity);
}

/** What the units left stock with: on fulfilments of the order, or on the invoice itself. */
function costWhenSold(company: Company, { source }: TransactionLine, item: string): Average | null {
  if (!source) return null;
  const sold = company.books.get(source.transaction);
  const line = sold?.lines.find(({ id }) => id === source.line);
  if (!sold || !line) return null;
  if (line.source) return costWhenSold(company, line, item);
  const documents = sold.type === 'SalesOrd' ? [...company.books.createdFrom(sold.id)] : [sold];
  const left = documents
    .flatMap(({ lines }) => lines)
    .filter((other) => other.item === item && (other.stock?.quantity ?? 0) < 0)
    .filter((other) => sold.type !== 'SalesOrd' || isOf(sold, other, line.id));
  const quantity = left.reduce((sum, { stock }) => sum - BigInt(stock!.quantity), 0n);
  return quantity === 0n ? null : { quantity, value: left.reduce((sum, { stock }) => sum - stock!.value, 0n) };
}

/** Shipped for this line of the order, or for a member of its kit. */
function isOf(order: Transaction, { source }: TransactionLine, orderLine: number): boolean {
  if (source?.line === orderLine) return true;
  return order.lines.find(({ id }) => id === source?.line)?.kitMemberOf === orderLine;
}
