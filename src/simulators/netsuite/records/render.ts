/** A transaction as `GET` shows it: fields by the schema, what NetSuite computes, sublists as links or expanded. */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, fromUnits } from '../decimal.ts';
import { Decimal, type Json, type JsonFields } from '../json.ts';
import { openAmount, type FieldValues, type Transaction } from '../ledger/transaction.ts';
import { kindOfType } from './catalogue.ts';
import { defaultTaxOf } from './default-tax.ts';
import type { FieldKind, Fields, Schema } from './fields.ts';
import { unitsReceived } from './in-transit.ts';
import { SCHEMAS } from './schema.ts';
import { statusName, statusOf } from './status.ts';

export function renderRecord(company: Company, transaction: Transaction, self: string, expand: boolean): JsonFields {
  const schema: Schema = SCHEMAS[kindOfType(transaction.type).record];
  const sublists = Object.fromEntries(
    Object.entries(schema.sublists).map(([name, sublist]): [string, Json] => [
      name,
      expand
        ? renderSublist(company, transaction, name, sublist.fields)
        : { links: [{ rel: 'self', href: `${self}/${name}` }] },
    ]),
  );
  return {
    links: [{ rel: 'self', href: self }],
    ...renderFields(company, transaction, schema.fields, transaction.document.fields),
    ...computed(company, transaction),
    ...sublists,
  };
}

/** One sublist with all its lines. */
export function renderSublist(company: Company, transaction: Transaction, name: string, fields: Fields): JsonFields {
  const items = (transaction.document.sublists[name] ?? []).map((values) => ({
    ...renderFields(company, transaction, fields, values),
    ...(name === 'item' ? itemProgress(company, transaction, values) : {}),
    ...(name === 'apply' ? applyTarget(company, values) : {}),
  }));
  return { links: [], count: items.length, hasMore: false, items, offset: 0, totalResults: items.length };
}

function renderFields(company: Company, transaction: Transaction, fields: Fields, values: FieldValues): JsonFields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      renderValue(company, transaction, fields.get(name) ?? 'opaque', value),
    ]),
  );
}

function renderValue(company: Company, transaction: Transaction, kind: FieldKind, value: Json): Json {
  switch (kind) {
    case 'amount':
    case 'decimal':
      return new Decimal(String(value));
    case 'text':
    case 'day':
    case 'boolean':
    case 'quantity':
    case 'lineId':
    case 'opaque':
    case 'readOnly':
      return value;
    case 'flag':
      return { id: value === true ? 'T' : 'F', refName: value === true ? 'Yes' : 'No' };
    case 'choice':
      return { id: value };
    default:
      return { links: [], id: value, refName: refName(company, transaction, kind, String(value)) };
  }
}

function refName(company: Company, transaction: Transaction, kind: FieldKind, id: string): string {
  const {
    accounts,
    items,
    entities,
    locations,
    departments,
    classifications,
    currencies,
    subsidiaries,
    periods,
    paymentMethods,
  } = company.masters;
  const account = accounts.get(id);
  switch (kind) {
    case 'account':
      return account ? accountTitle(account) : id;
    case 'item':
      return items.get(id)?.itemId ?? id;
    case 'customer':
    case 'entity':
      return entities.get(id)?.entityId ?? id;
    case 'location':
      return locations.get(id)?.name ?? id;
    case 'department':
      return departments.get(id)?.name ?? id;
    case 'classification':
      return classifications.get(id)?.name ?? id;
    case 'currency':
      return currencies.get(id)?.name ?? id;
    case 'subsidiary':
      return subsidiaries.get(id)?.name ?? id;
    case 'period':
      return periods.get(id)?.name ?? id;
    case 'paymentMethod':
      return paymentMethods.get(id)?.name ?? id;
    case 'transaction':
      return company.books.get(id)?.tranId ?? transaction.tranId;
    default:
      return id;
  }
}

/** `1180 Amazon clearing`: how NetSuite names an account. */
export function accountTitle({ number, name }: { number: string | null; name: string }): string {
  return number === null ? name : `${number} ${name}`;
}

function computed(company: Company, transaction: Transaction): JsonFields {
  const kind = kindOfType(transaction.type);
  const digits = currencyDigits(symbolOf(company, transaction.currency));
  const decimal = (units: bigint): Decimal => new Decimal(fromUnits(units, digits));
  const letter = statusOf(company, transaction);
  const ref = (id: string | null, name: FieldKind): Json | undefined =>
    id === null ? undefined : renderValue(company, transaction, name, id);
  const entityField = ['customerPayment', 'customerRefund'].includes(kind.record) ? 'customer' : 'entity';
  return {
    id: transaction.id,
    tranId: transaction.tranId,
    externalId: transaction.externalId ?? undefined,
    tranDate: transaction.date,
    postingPeriod: ref(transaction.period, 'period'),
    currency: ref(transaction.currency, 'currency'),
    exchangeRate: new Decimal(transaction.exchangeRate),
    [entityField]: ref(transaction.entity, 'entity'),
    createdFrom: ref(transaction.createdFrom, 'transaction'),
    status: { id: letter, refName: statusName('', transaction.type, letter).replace(/^ : /, '') },
    createdDate: instant(transaction.createdAt),
    lastModifiedDate: instant(transaction.modifiedAt),
    total: decimal(transaction.total < 0n ? -transaction.total : transaction.total),
    ...taxed(transaction, decimal),
    ...settlement(transaction, decimal),
  };
}

/** `subtotal` and `taxTotal` where the account taxes the document; the total has the tax in it. */
function taxed({ total, lines }: Transaction, decimal: (units: bigint) => Decimal): JsonFields {
  const tax = defaultTaxOf(lines);
  return tax === null ? {} : { subtotal: decimal((total < 0n ? -total : total) - tax), taxTotal: decimal(tax) };
}

/** `2020-07-29T08:34:00Z`, without milliseconds (recorded: notes of clients against real accounts). */
function instant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

function settlement(transaction: Transaction, decimal: (units: bigint) => Decimal): JsonFields {
  const open = decimal(openAmount(transaction));
  switch (transaction.type) {
    case 'CustInvc':
      return { amountRemaining: open, amountPaid: decimal(transaction.settled) };
    case 'CustCred':
      return { amountRemaining: open, unapplied: open, applied: decimal(transaction.settled) };
    case 'CustPymt':
      return { unapplied: open, applied: decimal(transaction.settled) };
    default:
      return {};
  }
}

function itemProgress(company: Company, transaction: Transaction, values: FieldValues): JsonFields {
  const line = transaction.lines.find(({ id }) => id === values['line']);
  if (transaction.type === 'TrnfrOrd' && line)
    return {
      quantityFulfilled: line.progress.fulfilled,
      quantityReceived: unitsReceived(company, transaction, line.id),
    };
  return transaction.type === 'SalesOrd' && line
    ? { quantityFulfilled: line.progress.fulfilled, quantityBilled: line.progress.billed }
    : {};
}

function applyTarget(company: Company, values: FieldValues): JsonFields {
  const target = company.books.get(String(values['doc']));
  if (!target) return {};
  const digits = currencyDigits(symbolOf(company, target.currency));
  return {
    refNum: target.tranId,
    due: new Decimal(fromUnits(openAmount(target), digits)),
    total: new Decimal(fromUnits(target.settleable ?? 0n, digits)),
  };
}
