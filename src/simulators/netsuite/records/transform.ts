/**
 * `!transform`: what a new record takes from the one that it is made from (NetSuite: NSHELP section_157901123882,
 * section_159795518068, section_159795520083). Lines of the body name lines of the source by `orderLine`; lines that
 * the body leaves out are taken in full; lines without `orderLine` are new ones.
 */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, fromUnits } from '../decimal.ts';
import {
  openAmount,
  type Document,
  type FieldValues,
  type Transaction,
  type TransactionLine,
} from '../ledger/transaction.ts';
import { invalidValue, notBuilt, userError } from '../refusal.ts';
import type { BodyChange } from './read-body.ts';
import { changeDocument } from './change-document.ts';
import type { Schema } from './fields.ts';
import { SCHEMAS, type RecordName } from './schema.ts';
import { isFulfillable, statusOf } from './status.ts';
import { unitsUnderWay } from './in-transit.ts';
import { fulfilmentToReceive, receivable } from './transfer-receipt.ts';
import { numberOf, textOf } from './values.ts';

/** How much of a source line is left for the target. */
type Available = (company: Company, line: TransactionLine) => number;
const ordered = (line: TransactionLine): number => Math.abs(line.quantity ?? 0);

const toFulfil: Available = (company, line) =>
  isFulfillable(company, line.item) ? ordered(line) - line.progress.fulfilled - line.progress.picked : 0;
const toBill: Available = (company, line) =>
  (isFulfillable(company, line.item) ? line.progress.fulfilled : ordered(line)) - line.progress.billed;
const toReturn: Available = (company, line) =>
  (isFulfillable(company, line.item) && line.transaction?.type === 'SalesOrd'
    ? line.progress.fulfilled
    : ordered(line)) - line.progress.authorised;
const toReceive: Available = (company, line) =>
  isFulfillable(company, line.item) ? ordered(line) - line.progress.received : 0;
/** Without Refund in Advance of Return only what is back is credited. */
const toCredit: Available = (company, line) =>
  (isFulfillable(company, line.item) &&
  line.transaction?.type === 'RtnAuth' &&
  !company.switches.refundInAdvanceOfReturn
    ? line.progress.received
    : ordered(line)) - line.progress.credited;

const TRANSFORMS: Record<string, Record<string, Available | 'settle' | 'take in'>> = {
  salesOrder: { itemFulfillment: toFulfil, invoice: toBill, returnAuthorization: toReturn },
  invoice: { creditMemo: toCredit, returnAuthorization: toReturn, customerPayment: 'settle' },
  returnAuthorization: { creditMemo: toCredit, itemReceipt: toReceive },
  creditMemo: { customerRefund: 'settle' },
  transferOrder: { itemFulfillment: toFulfil, itemReceipt: 'take in' },
};
const NOT_BUILT: Record<string, readonly string[]> = {
  salesOrder: ['cashSale', 'fulfillmentRequest'],
  returnAuthorization: ['cashRefund'],
};

/** The document of the target, the body laid over what it takes from the source. */
export function transformDocument(
  company: Company,
  source: Transaction,
  target: RecordName,
  change: BodyChange,
): Document {
  const rule = TRANSFORMS[source.record]?.[target];
  if (rule === undefined) throw userError('That is not a valid record transformation.');
  refuseUnready(company, source, target);
  const schema: Schema = SCHEMAS[target];
  const start: Document = { fields: headFields(company, schema, source), sublists: {} };
  if (rule === 'settle')
    return changeDocument(schema, settlingDocument(company, start, source, target, change), change);
  const { item, ...sublists } = change.sublists;
  const document = changeDocument(schema, start, { ...change, sublists });
  const available = rule === 'take in' ? underWay(company, source, document) : rule;
  document.sublists['item'] = linesFrom(company, source, target, item ?? [], available);
  return document;
}

/** A receipt of a transfer order offers what has shipped, and goes to where the order goes. */
function underWay(company: Company, order: Transaction, { fields }: Document): Available {
  const fulfilment = fulfilmentToReceive(company, order, textOf(fields, 'itemFulfillment'))?.id ?? null;
  if (fulfilment !== null) fields['itemFulfillment'] = fulfilment;
  const destination = order.document.fields['transferLocation'];
  if (destination !== undefined) fields['location'] = destination;
  return (_company, line) =>
    receivable(company, order, line, fulfilment).reduce((sum, shipped) => sum + unitsUnderWay(shipped), 0);
}

/** True where the real NetSuite has the transform and this simulator does not. */
export function isTransformNotBuilt(record: string, target: string): boolean {
  return NOT_BUILT[record]?.some((known) => known.toLowerCase() === target.toLowerCase()) ?? false;
}

function refuseUnready(company: Company, source: Transaction, target: RecordName): void {
  const pending = ['SalesOrd', 'RtnAuth', 'TrnfrOrd'].includes(source.type) && statusOf(company, source) === 'A';
  const notBack =
    source.type === 'RtnAuth' &&
    target === 'creditMemo' &&
    !company.switches.refundInAdvanceOfReturn &&
    !source.lines.some(({ progress }) => progress.received > 0);
  if (pending || notBack) throw userError('That is not a valid record transformation.');
}

const CARRIED = ['memo', 'otherRefNum', 'location', 'department', 'class', 'customForm'];

function headFields(company: Company, schema: Schema, source: Transaction): FieldValues {
  const fields: FieldValues = {};
  for (const [name, value] of Object.entries(source.document.fields)) {
    const carried = CARRIED.includes(name)
      ? schema.fields.has(name)
      : name.startsWith('custbody') && company.customFields.has(name);
    if (carried) fields[name] = value;
  }
  for (const [name, value] of [
    ['entity', source.entity],
    ['currency', source.currency],
    ['exchangeRate', source.exchangeRate],
  ] as const) {
    const kind = schema.fields.get(name);
    if (value !== null && kind !== undefined && kind !== 'readOnly') fields[name] = value;
  }
  if (source.record === 'invoice' && schema.fields.has('account') && source.account !== null)
    fields['account'] = source.account;
  if (schema.fields.has('orderStatus')) fields['orderStatus'] = 'B';
  return fields;
}

/** A payment or refund of the whole of one document; lines of the body for that document win. */
function settlingDocument(
  company: Company,
  start: Document,
  source: Transaction,
  target: RecordName,
  change: BodyChange,
): Document {
  const amount = fromUnits(openAmount(source), currencyDigits(symbolOf(company, source.currency)));
  if (openAmount(source) === 0n) throw userError('That is not a valid record transformation.');
  const { account: _account, ...fields } = start.fields;
  const settling: FieldValues = { ...fields, customer: source.entity, arAcct: source.account };
  if (target === 'customerPayment' && !change.sublists['apply']) settling['payment'] = amount;
  return { fields: settling, sublists: { apply: [{ doc: source.id, apply: true, amount }] } };
}

function linesFrom(
  company: Company,
  source: Transaction,
  target: RecordName,
  rows: FieldValues[],
  available: Available,
): FieldValues[] {
  const lines = source.lines.filter((line) => isEntered(line, target));
  const extra = rows.flatMap((row, index) => {
    const path = `item.items[${index}]`;
    const orderLine = numberOf(row, 'orderLine');
    if (orderLine !== null) {
      const line = lines.find(({ id }) => id === orderLine);
      if (!line || (isWanted(row) && !isOffered(company, line, target)))
        throw invalidValue(String(orderLine), 'orderLine', `${path}.orderLine`);
      return [];
    }
    if (numberOf(row, 'line') !== null) throw notBuilt('a transform whose lines are named by `line`; use `orderLine`');
    if (MOVES_GOODS.includes(target)) throw invalidValue('null', 'orderLine', `${path}.orderLine`);
    return [row];
  });
  const taken = lines.flatMap((line) => {
    const row = rows.find((candidate) => candidate['orderLine'] === line.id);
    // What has shipped on a line of a transfer order that is closed since can still be received.
    const left = line.closed && line.transfer?.type !== 'RECEIVING' ? 0 : available(company, line);
    const quantity = row ? (numberOf(row, 'quantity') ?? left) : left;
    if (!isWanted(row ?? {}) || quantity <= 0) return [];
    if (target === 'invoice' && quantity > left) throw userError('You cannot bill more than was fulfilled.');
    if (target === 'creditMemo' && quantity > left) throw userError('You cannot credit more than is left to credit.');
    return [lineFrom(company, source, line, quantity, row ?? {})];
  });
  return [...taken, ...extra];
}

/** A line as somebody entered it; of a transfer order a receipt names what it receives by the line of that. */
function isEntered(line: TransactionLine, target: RecordName): boolean {
  if (line.mainLine || line.costOfGoods || line.item === null || line.stock !== null) return false;
  const wanted = target === 'itemReceipt' ? 'RECEIVING' : 'ITEM';
  return line.kitMemberOf === null && (line.transfer === null || line.transfer.type === wanted);
}

function isWanted(row: FieldValues): boolean {
  return row['itemReceive'] !== false && row['quantity'] !== 0;
}

const MOVES_GOODS: readonly RecordName[] = ['itemFulfillment', 'itemReceipt'];

/** Closed lines are not on the target's list, nor, for a fulfilment or receipt, items that cannot be fulfilled. */
function isOffered(company: Company, line: TransactionLine, target: RecordName): boolean {
  return (
    (!line.closed || line.transfer?.type === 'RECEIVING') &&
    (!MOVES_GOODS.includes(target) || isFulfillable(company, line.item))
  );
}

function lineFrom(
  company: Company,
  source: Transaction,
  line: TransactionLine,
  quantity: number,
  row: FieldValues,
): FieldValues {
  const sign = ['RtnAuth', 'CustCred'].includes(source.type) ? 1n : -1n;
  const values: FieldValues = { orderLine: line.id, item: line.item, ...line.custom };
  for (const [name, value] of [
    ['description', line.memo],
    ['location', line.location],
    ['department', line.department],
    ['class', line.class],
  ] as const) {
    if (value !== null) values[name] = value;
  }
  const { line: _line, ...given } = row;
  const priced = given['amount'] !== undefined || given['rate'] !== undefined;
  if (!priced && quantity === ordered(line)) {
    values['amount'] = fromUnits(sign * line.amount, currencyDigits(symbolOf(company, source.currency)));
    if (line.rate !== null) values['rate'] = line.rate;
  } else if (!priced && line.rate !== null) values['rate'] = line.rate;
  return { ...values, ...given, quantity };
}
