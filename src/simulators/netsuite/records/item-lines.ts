/** Item lines of orders, invoices, authorisations and credit memos. */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, fromUnits, mulDiv, toUnits } from '../decimal.ts';
import type { Item } from '../items.ts';
import type { Document, FieldValues, TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines, notBuilt } from '../refusal.ts';
import { amountOf, customColumns, dimensionsOf, flagOf, numberOf, textOf } from './values.ts';

export interface ItemLine {
  id: number;
  item: Item;
  quantity: number;
  /** Minor units; may be negative (promotions). */
  amount: bigint;
  rate: string;
  memo: string | null;
  location: string | null;
  department: string | null;
  class: string | null;
  /** The line of the source document, in a transform. */
  orderLine: number | null;
  closed: boolean;
  /** Absent where the line has no `custcol_…` values. */
  custom?: Record<string, string>;
}

/** What a line of the ledger has of its item line, whichever document it stands in. @param head where the line says nothing */
export function fieldsOf(item: ItemLine, head: { entity: string | null; location: string | null }) {
  return {
    id: item.id,
    item: item.item.id,
    account: item.item.incomeAccount,
    rate: item.rate,
    memo: item.memo,
    entity: head.entity,
    location: item.location ?? head.location,
    department: item.department,
    class: item.class,
    ...(item.custom && { custom: item.custom }),
  };
}

/** Rates are kept to eight decimals. */
export const RATE_DIGITS = 8;

/**
 * Reads the item lines, gives new ones their ids (from 1 in steps) and writes ids, rates and amounts back into the
 * document. `amount` wins over `rate`; a line without either costs nothing. After a kit's line ids stay free for its members.
 */
export function readItemLines(company: Company, document: Document, currency: string, step = 1): ItemLine[] {
  const lines = document.sublists['item'] ?? [];
  if (lines.length === 0) throw noLines();
  const withMembers = (values: FieldValues): number =>
    1 + (company.masters.items.get(textOf(values, 'item') ?? '')?.members.length ?? 0);
  assignLineIds(lines, 1, step, withMembers);
  return lines.map((values, index) => readItemLine(company, values, currency, `item.items[${index}]`));
}

/** New lines get the ids after the highest; gaps are normal. A line may take several, its own being the first. */
export function assignLineIds(
  lines: FieldValues[],
  first: number,
  step = 1,
  width: (values: FieldValues) => number = () => 1,
): void {
  let next = first;
  for (const values of lines) {
    const known = numberOf(values, 'line');
    if (known !== null) next = Math.max(next, known + step * width(values));
  }
  for (const values of lines) {
    if (numberOf(values, 'line') !== null) continue;
    values['line'] = next;
    next += step * width(values);
  }
}

/** Ids that a body gave itself may be those of lines that follow from another line. */
export function requireOwnIds(lines: readonly TransactionLine[]): void {
  if (new Set(lines.map(({ id }) => id)).size < lines.length)
    throw notBuilt('line ids that leave no room for the lines that follow from a line; leave `line` out');
}

function readItemLine(company: Company, values: FieldValues, currency: string, path: string): ItemLine {
  const itemId = textOf(values, 'item');
  const item = itemId === null ? undefined : company.masters.items.get(itemId);
  if (!item) throw missingValue('Items list: Item');
  const quantity = numberOf(values, 'quantity') ?? 1;
  if (quantity < 0) throw invalidValue(String(quantity), 'quantity', `${path}.quantity`);
  const digits = currencyDigits(symbolOf(company, currency));
  const givenRate = textOf(values, 'rate');
  const rateUnits = givenRate === null ? null : toUnits(givenRate, RATE_DIGITS);
  if (givenRate !== null && rateUnits === null) throw invalidValue(givenRate, 'rate', `${path}.rate`);
  const scale = 10n ** BigInt(RATE_DIGITS - digits);
  const amount =
    amountOf(company, currency, values, 'amount', `${path}.amount`) ?? mulDiv(rateUnits ?? 0n, BigInt(quantity), scale);
  const rate =
    givenRate ??
    trimZeros(fromUnits(quantity === 0 ? 0n : mulDiv(amount * scale, 1n, BigInt(quantity)), RATE_DIGITS), digits);
  Object.assign(values, { quantity, rate, amount: fromUnits(amount, digits) });
  return {
    id: numberOf(values, 'line') ?? 0,
    item,
    quantity,
    amount,
    rate,
    memo: textOf(values, 'description'),
    ...dimensionsOf(values),
    orderLine: numberOf(values, 'orderLine'),
    closed: flagOf(values, 'isClosed', false),
    ...customColumns(values),
  };
}

function trimZeros(text: string, least: number): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(least, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}
