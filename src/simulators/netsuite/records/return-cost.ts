import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, mulDiv, toUnits } from '../decimal.ts';
import { costAt, type Average } from '../ledger/average-cost.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import type { FieldValues, TransactionLine } from '../ledger/transaction.ts';
import { invalidValue } from '../refusal.ts';
import { textOf } from './values.ts';

const UNIT_COST_DIGITS = 8;

/**
 * What units that come back are worth, in minor units of the base currency: the rate of the receipt's line, else "NetSuite gets
 * costing from the originating sales order or invoice" (NSHELP bridgehead_4337971641), else the average of their location.
 */
export function returnCost(
  company: Company,
  returned: TransactionLine,
  { row, quantity, location, index }: { row: FieldValues; quantity: number; location: string | null; index: number },
): bigint {
  const given = textOf(row, 'unitCostOverride');
  if (given !== null) {
    const unit = toUnits(given, UNIT_COST_DIGITS);
    if (unit === null || unit < 0n)
      throw invalidValue(given, 'unitCostOverride', `item.items[${index}].unitCostOverride`);
    const digits = currencyDigits(symbolOf(company, BASE_CURRENCY));
    return mulDiv(unit, BigInt(quantity), 10n ** BigInt(UNIT_COST_DIGITS - digits));
  }
  const average = costWhenSold(company, returned) ?? company.books.stock.averageAt(returned.item ?? '', location);
  return costAt(average, quantity);
}

/** What the units left stock with: on fulfilments of the order, or on the invoice itself. */
function costWhenSold(company: Company, { source, item }: TransactionLine): Average | null {
  if (!source) return null;
  const sold = company.books.get(source.transaction);
  const line = sold?.lines.find(({ id }) => id === source.line);
  if (!sold || !line) return null;
  if (line.source) return costWhenSold(company, line);
  const documents = sold.type === 'SalesOrd' ? [...company.books.createdFrom(sold.id)] : [sold];
  const left = documents
    .flatMap(({ lines }) => lines)
    .filter((other) => other.item === item && (other.stock?.quantity ?? 0) < 0)
    .filter((other) => sold.type !== 'SalesOrd' || other.source?.line === line.id);
  const quantity = left.reduce((sum, { stock }) => sum - BigInt(stock!.quantity), 0n);
  return quantity === 0n ? null : { quantity, value: left.reduce((sum, { stock }) => sum - stock!.value, 0n) };
}
