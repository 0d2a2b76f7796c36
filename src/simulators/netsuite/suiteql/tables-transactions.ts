/** SuiteQL tables over the books: headers, lines and their accounting. */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { dayOf } from '../calendar.ts';
import { currencyDigits } from '../decimal.ts';
import { baseAmount } from '../ledger/base-amount.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import { openAmount, type Transaction, type TransactionLine } from '../ledger/transaction.ts';
import { titleOfType } from '../records/catalogue.ts';
import { accountTitle } from '../records/render.ts';
import { unitsReceived } from '../records/in-transit.ts';
import { usesItemCost } from '../records/transfer-order.ts';
import { textOf } from '../records/values.ts';
import { isFulfillable, statusName, statusOf } from '../records/status.ts';
import { defineTable, flag, type Table } from './table.ts';
import { amount, number, parseNumber, SqlDate, Status, type Value } from './value.ts';

const idOrNull = (text: string | null): Value => (text === null ? null : number(text));
const instantOf = (epochMs: number): Value =>
  new SqlDate(dayOf(epochMs), new Date(epochMs).toISOString().slice(11, 19));
/** A transaction is of the subsidiary that it names, of the company's first one else. */
const subsidiaryOf = ({ document }: Transaction): string => textOf(document.fields, 'subsidiary') ?? '1';
const only = <R>(row: R | undefined): R[] => (row === undefined ? [] : [row]);

export function transactionTables(company: Company): Table[] {
  const names = displayNames(company);
  const { books } = company;
  const money = (transaction: Transaction, units: bigint): Value =>
    amount(units, currencyDigits(symbolOf(company, transaction.currency)));
  const open = (transaction: Transaction): Value =>
    transaction.settleable === null ? null : money(transaction, openAmount(transaction));
  const used = (transaction: Transaction): Value =>
    transaction.settleable === null ? null : money(transaction, transaction.settled);
  const of = (line: TransactionLine): Transaction => line.transaction!;
  const base = (line: TransactionLine): Value =>
    amount(baseAmount(company.masters, line), currencyDigits(symbolOf(company, BASE_CURRENCY)));

  const transaction = defineTable({
    name: 'transaction',
    rows: () => books.transactions.values(),
    dates: ['trandate', 'createddate', 'lastmodifieddate'],
    find: {
      id: (key) => only(books.get(key)),
      externalid: (key) => only(books.byExternalId(key)),
      type: (key) => books.ofType(key),
    },
    columns: {
      id: (row: Transaction) => number(row.id),
      type: ({ type }) => type,
      recordtype: ({ record }) => record.toLowerCase(),
      tranid: ({ tranId }) => tranId,
      transactionnumber: ({ tranId }) => tranId,
      trandisplayname: (row) => `${titleOfType(row.type)} #${row.tranId}`,
      externalid: ({ externalId }) => externalId,
      trandate: ({ date }) => new SqlDate(date),
      postingperiod: ({ period }) => idOrNull(period),
      posting: ({ posting }) => flag(posting),
      status: (row) => new Status(row.type, statusOf(company, row)),
      memo: ({ memo }) => memo,
      otherrefnum: ({ otherRefNum }) => otherRefNum,
      currency: ({ currency }) => number(currency),
      exchangerate: ({ exchangeRate }) => parseNumber(exchangeRate),
      entity: ({ entity }) => idOrNull(entity),
      voided: () => 'F',
      foreigntotal: (row) => money(row, row.total),
      foreignamountunpaid: open,
      foreignamountremaining: open,
      foreignamountpaid: used,
      createddate: ({ createdAt }) => instantOf(createdAt),
      lastmodifieddate: ({ modifiedAt }) => instantOf(modifiedAt),
      // In one recorded account; another one answers that it has no `subsidiary` here.
      subsidiary: (row) => number(subsidiaryOf(row)),
      account: ({ account }) => idOrNull(account),
      transferlocation: ({ document }) => idOrNull(textOf(document.fields, 'transferLocation')),
      useitemcostastransfercost: (row) => (row.type === 'TrnfrOrd' ? flag(usesItemCost(company, row.document)) : null),
      ...customColumns(company, 'custbody', (row: Transaction, name) => row.document.fields[name]),
    },
    display: {
      type: ({ type }) => titleOfType(type),
      status: (row) => statusName(titleOfType(row.type), row.type, statusOf(company, row)),
      currency: ({ currency }) => names.currency(currency),
      entity: ({ entity }) => names.entity(entity),
      postingperiod: ({ period }) => names.period(period),
      subsidiary: (row) => names.subsidiary(subsidiaryOf(row)),
      account: ({ account }) => names.account(account),
      transferlocation: ({ document }) => names.location(textOf(document.fields, 'transferLocation')),
    },
  });

  const transactionline = defineTable({
    name: 'transactionline',
    rows: () => allLines(books.transactions.values()),
    find: {
      transaction: (key) => books.get(key)?.lines ?? [],
      expenseaccount: (key) => books.linesOf(key),
      createdfrom: (key) => allLines(books.createdFrom(key)),
    },
    columns: {
      transaction: (line: TransactionLine) => number(of(line).id),
      id: ({ id }) => number(id),
      linesequencenumber: ({ id }) => number(id),
      uniquekey: (line) => number(of(line).id) * 1000n + number(line.id),
      kitmemberof: ({ kitMemberOf }) => (kitMemberOf === null ? null : number(kitMemberOf)),
      transactionlinetype: ({ transfer }) => transfer?.type ?? null,
      transferorderitemlineid: ({ transfer }) =>
        transfer === null || transfer.type === 'ITEM' ? null : number(transfer.itemLine),
      mainline: ({ mainLine }) => flag(mainLine),
      taxline: ({ tax }) => flag(tax === true),
      iscogs: ({ costOfGoods }) => flag(costOfGoods),
      isinventoryaffecting: ({ stock }) => flag(stock !== null),
      item: ({ item }) => idOrNull(item),
      itemtype: ({ item }) => (item === null ? null : (company.masters.items.get(item)?.type ?? null)),
      isfulfillable: ({ item }) => (item === null ? null : flag(isFulfillable(company, item))),
      quantity: ({ quantity }) => (quantity === null ? null : number(quantity)),
      quantityshiprecv: (line) => {
        const units = line.mainLine ? null : shippedOrReceived(company, line);
        return units === null ? null : number(units);
      },
      quantitybilled: (line) =>
        line.mainLine || !['SalesOrd', 'RtnAuth'].includes(of(line).type)
          ? null
          : number(of(line).type === 'SalesOrd' ? line.progress.billed : line.progress.credited),
      quantitypicked: (line) =>
        of(line).type === 'SalesOrd' && !line.mainLine ? number(line.progress.picked + line.progress.fulfilled) : null,
      isclosed: ({ closed }) => flag(closed),
      rate: ({ rate }) => (rate === null ? null : parseNumber(rate)),
      memo: ({ memo }) => memo,
      expenseaccount: ({ account }) => idOrNull(account),
      foreignamount: (line) => money(of(line), line.amount),
      netamount: base,
      debitforeignamount: (line) => (line.account !== null && line.amount > 0n ? money(of(line), line.amount) : null),
      creditforeignamount: (line) => (line.account !== null && line.amount < 0n ? money(of(line), -line.amount) : null),
      foreignamountunpaid: (line) => (line.mainLine ? open(of(line)) : null),
      foreignamountremaining: (line) => (line.mainLine ? open(of(line)) : null),
      foreignamountpaid: (line) => (line.mainLine ? used(of(line)) : null),
      entity: ({ entity }) => idOrNull(entity),
      location: ({ location }) => idOrNull(location),
      department: ({ department }) => idOrNull(department),
      class: (line) => idOrNull(line.class),
      subsidiary: (line) => number(subsidiaryOf(of(line))),
      createdfrom: (line) => idOrNull(of(line).createdFrom),
      cleared: () => 'F',
      ...customColumns(company, 'custcol', (line: TransactionLine, name) => line.custom[name]),
    },
    display: {
      item: ({ item }) => names.item(item),
      location: ({ location }) => names.location(location),
      department: ({ department }) => names.department(department),
      class: (line) => names.class(line.class),
      expenseaccount: ({ account }) => names.account(account),
      entity: ({ entity }) => names.entity(entity),
      transaction: (line) => `${titleOfType(of(line).type)} #${of(line).tranId}`,
      subsidiary: (line) => names.subsidiary(subsidiaryOf(of(line))),
    },
  });

  /** Orders have rows here, too, with `posting` F (recorded; a public bookkeeping playbook warns of it): a sum needs `posting = 'T'`. */
  const accounting = defineTable({
    name: 'transactionaccountingline',
    rows: () => postingLines(allLines(books.transactions.values())),
    find: {
      transaction: (key) => postingLines(books.get(key)?.lines ?? []),
      account: (key) => postingLines(books.linesOf(key)),
    },
    columns: {
      transaction: (line: TransactionLine) => number(of(line).id),
      transactionline: ({ id }) => number(id),
      account: ({ account }) => idOrNull(account),
      amount: base,
      netamount: base,
      debit: (line) => positive(base(line)),
      credit: (line) => positive(negated(base(line))),
      posting: (line) => flag(of(line).posting),
      accountingbook: () => number(1),
      exchangerate: (line) => parseNumber(of(line).exchangeRate),
    },
    display: { account: ({ account }) => names.account(account) },
  });

  /** One row per settled document: what was applied, from the settled document to the one that settles it. */
  const link = defineTable({
    name: 'nexttransactionlink',
    rows: () => links(books.transactions.values()),
    find: { nextdoc: (key) => links(only(books.get(key))) },
    columns: {
      previousdoc: (row: Link) => number(row.previous),
      nextdoc: ({ next }) => number(next.id),
      nexttype: ({ next }) => next.type,
      linktype: () => 'Payment',
      previoustype: ({ previous }) => books.get(previous)?.type ?? null,
      foreignamount: (row) => money(row.next, row.units),
    },
  });
  return [transaction, transactionline, accounting, link];
}

/** What an order's line has shipped, or has received where it is one that receives; null for all other documents. */
function shippedOrReceived(company: Company, { transaction, transfer, progress }: TransactionLine): number | null {
  switch (transaction?.type) {
    case 'SalesOrd':
      return progress.fulfilled;
    case 'RtnAuth':
      return progress.received;
    case 'TrnfrOrd':
      if (transfer?.type === 'RECEIVING') return unitsReceived(company, transaction, transfer.itemLine);
      return transaction.lines.find(({ id }) => id === transfer?.itemLine)?.progress.fulfilled ?? 0;
    default:
      return null;
  }
}

interface Link {
  previous: string;
  next: Transaction;
  units: bigint;
}

function* links(transactions: Iterable<Transaction>): Iterable<Link> {
  for (const next of transactions)
    for (const { target, amount: units } of next.applications) yield { previous: target, next, units };
}

function* allLines(transactions: Iterable<Transaction>): Iterable<TransactionLine> {
  for (const { lines } of transactions) yield* lines;
}

function* postingLines(lines: Iterable<TransactionLine>): Iterable<TransactionLine> {
  for (const line of lines) if (line.account !== null) yield line;
}

function positive(value: Value): Value {
  return typeof value === 'bigint' && value > 0n ? value : null;
}

function negated(value: Value): Value {
  return typeof value === 'bigint' ? -value : value;
}

function customColumns<R>(
  company: Company,
  prefix: string,
  read: (row: R, name: string) => unknown,
): Record<string, (row: R) => Value> {
  return Object.fromEntries(
    [...company.customFields]
      .filter((name) => name.startsWith(prefix))
      .map((name) => [
        name.toLowerCase(),
        (row: R): Value => {
          const value = read(row, name);
          return value === undefined || value === null
            ? null
            : typeof value === 'boolean'
              ? flag(value)
              : String(value);
        },
      ]),
  );
}

function displayNames({
  masters,
}: Company): Record<
  'currency' | 'entity' | 'period' | 'item' | 'location' | 'department' | 'class' | 'account' | 'subsidiary',
  (id: string | null) => string | null
> {
  const by =
    <R>(rows: Map<string, R>, name: (row: R) => string) =>
    (id: string | null): string | null => {
      const row = id === null ? undefined : rows.get(id);
      return row === undefined ? null : name(row);
    };
  return {
    currency: by(masters.currencies, ({ name }) => name),
    entity: by(masters.entities, ({ entityId }) => entityId),
    period: by(masters.periods, ({ name }) => name),
    item: by(masters.items, ({ itemId }) => itemId),
    location: by(masters.locations, ({ name }) => name),
    department: by(masters.departments, ({ name }) => name),
    class: by(masters.classifications, ({ name }) => name),
    account: by(masters.accounts, accountTitle),
    subsidiary: by(masters.subsidiaries, ({ name }) => name),
  };
}
