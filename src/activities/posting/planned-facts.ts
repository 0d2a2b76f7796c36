/** What a call means to make, as facts that can be held against what NetSuite shows. */
import type { DecimalNumber, JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import type { DocumentFacts, HeadFacts, LineFacts } from '../../domain/documents/compare-document.ts';
import { formatMinor, parseMinor, sumMinor, type CurrencyCode } from '../../domain/money/money.ts';
import type { DocumentKind } from '../../domain/documents/document-kind.ts';
import {
  asShown,
  isSettlingPurpose,
  kindOf,
  type Purpose,
  type SettlingPurpose,
} from '../../domain/documents/document-kinds.ts';
import type { Connection } from '../connection.ts';
import { idOf, itemsOf } from './body-values.ts';
import { movesStock, plannedUnits } from './moved-units.ts';
import type { PostingCall } from './posting-call.ts';
import { balanceOf } from '../../domain/journal/journal-plan.ts';

/** @param currency of the document, in which its amounts are */
export async function plannedFacts(
  connection: Connection,
  purpose: Purpose,
  currency: CurrencyCode,
  call: PostingCall,
): Promise<DocumentFacts> {
  const head = headOf(call.body, purpose);
  if (isSettlingPurpose(purpose)) return settling(call.body, head, purpose, currency);
  if (movesStock(purpose)) return { head, lines: await plannedUnits(call), applied: null };
  const { sublist, side } = kindOf(purpose).lines;
  const lines = sublist === 'item' ? await itemLines(connection, call) : itemsOf(call.body, sublist);
  return { head, lines: lines.map((line) => ({ ...lineOf(line), ...amountOf(line, side, currency) })), applied: null };
}

function amountOf(
  line: JsonObject,
  side: DocumentKind['lines']['side'],
  currency: CurrencyCode,
): Pick<LineFacts, 'amount'> {
  switch (side) {
    case 'none':
      return {};
    case 'each':
      return {
        amount: balanceOf({ debit: minorOf(line['debit'], currency), credit: minorOf(line['credit'], currency) }),
      };
    case 'debit':
      return { amount: minorOf(line['amount'], currency) };
    case 'credit':
      return { amount: -minorOf(line['amount'], currency) };
  }
}

/** A journal is nothing but lines: none of them is its head. */
export function isAllLines(purpose: Purpose): boolean {
  return kindOf(purpose).lines.sublist === 'line';
}

/** Two accounts, whatever number of lines NetSuite makes of them, and the documents that are paid. */
function settling(
  body: JsonObject,
  { account, ...head }: HeadFacts,
  purpose: SettlingPurpose,
  currency: CurrencyCode,
): DocumentFacts {
  const applied = new Map(
    itemsOf(body, 'apply').map((line) => [idOf(line['doc'])!, minorOf(line['amount'], currency)]),
  );
  const total = sumMinor(applied.values());
  const amount = asShown(purpose, total);
  return {
    head,
    lines: [
      { account: account!, amount },
      { account: idOf(body['arAcct'])!, amount: -amount },
    ],
    applied,
  };
}

/** Lines of the body, those of a transform by what they are on its source; of one that names no lines, what it takes from there. */
async function itemLines({ netsuite }: Connection, call: PostingCall): Promise<JsonObject[]> {
  if (call.kind === 'create') return itemsOf(call.body, 'item');
  if (call.taken !== undefined) return (await call.taken()) as JsonObject[];
  const source = new Map(
    (await netsuite.lookups.salesOrderLines(call.from.id)).map((line) => [line.orderLine, line.item]),
  );
  return itemsOf(call.body, 'item')
    .filter((line) => line['quantity'] !== 0 && line['itemReceive'] !== false)
    .map((line) => {
      const item = source.get(String(line['orderLine']));
      return item === undefined ? line : { ...line, item: { id: item } };
    });
}

function headOf(body: JsonObject, purpose: Purpose): HeadFacts {
  const rate = body['exchangeRate'] as DecimalNumber | undefined;
  return compact({
    entity: idOf(body['entity'] ?? body['customer']),
    currency: idOf(body['currency']),
    subsidiary: idOf(body['subsidiary']),
    period: idOf(body['postingPeriod']),
    exchangeRate: rate === undefined ? undefined : rateText(rate.decimal),
    account: isAllLines(purpose) ? undefined : idOf(body['account']),
  });
}

function lineOf(line: JsonObject): LineFacts {
  const words = line['memo'] ?? line['description'];
  return compact({
    item: idOf(line['item']),
    account: idOf(line['account']),
    quantity: line['quantity'] as number | undefined,
    memo: words === undefined ? undefined : String(words),
    entity: idOf(line['entity']),
    location: idOf(line['location']),
    department: idOf(line['department']),
    class: idOf(line['class']),
  });
}

function minorOf(value: JsonValue | undefined, currency: CurrencyCode): bigint {
  return value === undefined ? 0n : minorOfText((value as DecimalNumber).decimal, currency);
}

/** @throws Error where it is finer than the currency, which a document in this currency cannot be */
export function minorOfText(text: string, currency: CurrencyCode): bigint {
  const minor = parseMinor(text, currency);
  if (minor === null)
    throw new Error(`"${text}" is not an amount in ${currency}, such as ${formatMinor(0n, currency)}`);
  return minor;
}

/** `1.250` and `1.25` are one rate. */
export function rateText(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what was not said. */
export function compact<T extends object>(facts: T): Defined<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Defined<T>;
}
