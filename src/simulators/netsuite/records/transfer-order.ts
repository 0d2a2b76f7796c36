import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, mulDiv, toUnits } from '../decimal.ts';
import { STOCK_ITEM } from '../items.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import { line, type Document, type Draft, type FieldValues, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines, userError } from '../refusal.ts';
import { readHead, requireSubsidiary } from './head.ts';
import { assignLineIds, RATE_DIGITS, requireOwnIds } from './item-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { approvalOf } from './status.ts';
import { dimensionsOf, flagOf, numberOf, requiredText, textOf } from './values.ts';

/** Transfer orders post nothing; their fulfilments and receipts do (NSHELP section_N2308766). */
export const transferOrder: RecordKind = {
  record: 'transferOrder',
  type: 'TrnfrOrd',
  title: 'Transfer Order',
  prefix: 'TO',
  build,
};

/** Lines that one line of the body is: as entered, what ships, what is received. Their ids follow each other. */
const LINES_PER_ITEM = 3;
/** A receipt names what it receives by the third. */
export const RECEIVING_LINE = 2;

function build(company: Company, document: Document, self: Self): Draft {
  requireSubsidiary(document);
  const head = readHead(company, document, null, BASE_CURRENCY);
  const status = textOf(document.fields, 'orderStatus');
  if (status !== null && !['A', 'B'].includes(status)) throw invalidValue(status, 'orderStatus', 'orderStatus');
  // "The source location value is required for an approved transfer order" (NSHELP section_N3692380).
  const from = textOf(document.fields, 'location');
  if (from === null && approvalOf(company, document) === 'B') throw missingValue('From Location');
  const to = requiredText(document.fields, 'transferLocation', 'To Location');
  if (from === to) throw invalidValue(to, 'transferLocation', 'transferLocation');
  document.fields['useItemCostAsTransferCost'] = usesItemCost(company, document);
  const values = document.sublists['item'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1, LINES_PER_ITEM);
  const lines = values.flatMap((row, index) => linesOf(company, row, { from, to, index }));
  requireOwnIds(lines);
  refuseShippedOtherwise(company, self, lines);
  const total = lines
    .filter(({ transfer }) => transfer?.type === 'ITEM')
    .reduce((sum, entered) => sum + transferPrice(company, entered.rate, entered.quantity ?? 0), 0n);
  return {
    ...head,
    posting: false,
    entity: null,
    account: null,
    total,
    settleable: null,
    applications: [],
    lines: [line({ id: 0, mainLine: true, location: from, memo: textOf(document.fields, 'memo') }), ...lines],
  };
}

/** The preference as the order has it: "individual orders default to show the setting chosen" (NSHELP section_N2310077). */
export function usesItemCost(company: Company, { fields }: Document): boolean {
  return flagOf(fields, 'useItemCostAsTransferCost', company.switches.useItemCostAsTransferCost);
}

/** Minor units of the base currency for so many units at the transfer price of a line; zero where it has none. */
export function transferPrice(company: Company, rate: string | null, quantity: number): bigint {
  const digits = currencyDigits(symbolOf(company, BASE_CURRENCY));
  return mulDiv(toUnits(rate ?? '0', RATE_DIGITS) ?? 0n, BigInt(quantity), 10n ** BigInt(RATE_DIGITS - digits));
}

function linesOf(
  company: Company,
  row: FieldValues,
  { from, to, index }: { from: string | null; to: string; index: number },
): TransactionLine[] {
  const path = `item.items[${index}]`;
  const item = company.masters.items.get(textOf(row, 'item') ?? '');
  if (!item) throw missingValue('Items list: Item');
  // "Only inventory and assembly items can be added to a transfer order" (NSHELP section_N2310933).
  if (item.type !== STOCK_ITEM) throw invalidValue(item.id, 'item', `${path}.item`);
  const quantity = numberOf(row, 'quantity');
  if (quantity === null) throw missingValue('Quantity');
  if (quantity <= 0) throw invalidValue(String(quantity), 'quantity', `${path}.quantity`);
  const rate = textOf(row, 'rate');
  const price = rate === null ? 0n : toUnits(rate, RATE_DIGITS);
  if (rate !== null && (price === null || price < 0n)) throw invalidValue(rate, 'rate', `${path}.rate`);
  const id = numberOf(row, 'line') ?? 0;
  const { department, class: classification } = dimensionsOf(row);
  const shared = {
    item: item.id,
    rate,
    department,
    class: classification,
    memo: textOf(row, 'description'),
    closed: flagOf(row, 'isClosed', false),
  };
  return [
    line({ ...shared, id, quantity, location: from, transfer: { type: 'ITEM', itemLine: id } }),
    line({ ...shared, id: id + 1, quantity: -quantity, location: from, transfer: { type: 'SHIPPING', itemLine: id } }),
    line({
      ...shared,
      id: id + RECEIVING_LINE,
      quantity,
      location: to,
      transfer: { type: 'RECEIVING', itemLine: id },
    }),
  ];
}

/** In transit "changes can no longer be made […] in the Item, Quantity, or Location fields" (NSHELP section_N2312176). */
function refuseShippedOtherwise(company: Company, { id }: Self, lines: TransactionLine[]): void {
  const fulfilments = [...company.books.createdFrom(id)].filter(({ type }) => type === 'ItemShip');
  for (const { source, item, location } of fulfilments.flatMap((fulfilment) => fulfilment.lines)) {
    if (!source) continue;
    const entered = lines.find((candidate) => candidate.id === source.line);
    if (entered?.item !== item || entered.location !== location)
      throw userError('This transaction cannot be changed because its items are in transit.');
  }
}
