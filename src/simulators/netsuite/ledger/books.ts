/**
 * The books: every transaction with its ledger lines, and the indexes that keep look-ups short.
 *
 * `post` and `undo` are each other's inverse over everything that a transaction touches outside itself (stock,
 * the progress of the lines it came from, what is open on the documents it settles), so a change is undo,
 * rebuild, post, and a refused change is undone by posting the old one again.
 */
import type { Masters } from '../masters.ts';
import { correct, revalue } from './cost-lines.ts';
import type { Movement } from './cost-history.ts';
import type { Document, Draft, Transaction, TransactionLine } from './transaction.ts';
import { openAmount } from './transaction.ts';
import { Stock, type Costing } from './stock.ts';

export interface Identity {
  id: string;
  record: string;
  type: string;
  tranId: string;
  externalId: string | null;
  memo: string | null;
  otherRefNum: string | null;
  createdFrom: string | null;
  createdAt: number;
  modifiedAt: number;
}

export class Books {
  readonly transactions = new Map<string, Transaction>();
  readonly stock: Stock;
  readonly #masters: Masters;
  readonly #byExternalId = new Map<string, string>();
  readonly #linesByAccount = new Map<string, Set<TransactionLine>>();
  readonly #createdFrom = new Map<string, Set<Transaction>>();
  readonly #open = new Map<string, Map<string, Transaction>>();
  readonly #byType = new Map<string, Set<Transaction>>();
  readonly #tranIds = new Map<string, number>();
  #lastId = 1000;
  /** Rises with every change, so that a page of a query can tell whether the first page still holds. */
  version = 0;

  constructor(masters: Masters, costing: Costing) {
    this.#masters = masters;
    this.stock = new Stock(costing);
  }

  nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  /** `INV10001` and so on: one sequence per type. */
  nextTranId(prefix: string): string {
    const next = (this.#tranIds.get(prefix) ?? 10000) + 1;
    this.#tranIds.set(prefix, next);
    return `${prefix}${next}`;
  }

  get(id: string): Transaction | undefined {
    return this.transactions.get(id);
  }

  byExternalId(externalId: string): Transaction | undefined {
    const id = this.#byExternalId.get(externalId);
    return id === undefined ? undefined : this.transactions.get(id);
  }

  linesOf(account: string): Iterable<TransactionLine> {
    return this.#linesByAccount.get(account) ?? [];
  }

  createdFrom(id: string): Iterable<Transaction> {
    return this.#createdFrom.get(id) ?? [];
  }

  ofType(type: string): Iterable<Transaction> {
    return this.#byType.get(type) ?? [];
  }

  counts(): Record<string, number> {
    return Object.fromEntries(
      [...this.#byType].filter(([, set]) => set.size > 0).map(([type, set]) => [type, set.size]),
    );
  }

  /** Open documents of one type that a payment or refund of this customer, A/R account and currency could settle. */
  openDocuments(type: string, entity: string | null, account: string | null, currency: string): Transaction[] {
    return [...(this.#open.get(openKey(type, entity, account, currency))?.values() ?? [])];
  }

  /** Takes a built document into the books. The ledger entry must balance: anything else is a bug here. */
  post(identity: Identity, draft: Draft, document: Document, before?: Transaction): Transaction {
    assertBalanced(identity.record, draft);
    const transaction: Transaction = { ...identity, ...draft, document, settled: before?.settled ?? 0n };
    if (before) keepProgress(before.lines, transaction.lines);
    for (const line of transaction.lines) line.transaction = transaction;
    this.#index(transaction);
    this.#effects(transaction, 1);
    this.#refreshOpen(transaction);
    return transaction;
  }

  /** Takes a transaction out again, with all that it had moved. */
  undo(transaction: Transaction): void {
    this.version += 1;
    this.#effects(transaction, -1);
    this.#open.get(openKeyOf(transaction))?.delete(transaction.id);
    this.transactions.delete(transaction.id);
    if (transaction.externalId !== null) this.#byExternalId.delete(transaction.externalId);
    this.#byType.get(transaction.type)?.delete(transaction);
    if (transaction.createdFrom !== null) this.#createdFrom.get(transaction.createdFrom)?.delete(transaction);
    for (const line of transaction.lines)
      if (line.account !== null) this.#linesByAccount.get(line.account)?.delete(line);
  }

  /** Puts back what `undo` took out. */
  redo(transaction: Transaction): void {
    this.#index(transaction);
    this.#effects(transaction, 1);
    this.#refreshOpen(transaction);
  }

  #index(transaction: Transaction): void {
    this.version += 1;
    this.transactions.set(transaction.id, transaction);
    if (transaction.externalId !== null) this.#byExternalId.set(transaction.externalId, transaction.id);
    addTo(this.#byType, transaction.type, transaction);
    if (transaction.createdFrom !== null) addTo(this.#createdFrom, transaction.createdFrom, transaction);
    for (const line of transaction.lines) if (line.account !== null) addTo(this.#linesByAccount, line.account, line);
  }

  #effects(transaction: Transaction, sign: 1 | -1): void {
    this.#moveStock(transaction, sign);
    for (const line of transaction.lines) {
      if (line.source) {
        const source = this.transactions.get(line.source.transaction)?.lines.find(({ id }) => id === line.source?.line);
        const step = line.source.progress;
        if (source)
          source.progress = { ...source.progress, [step]: source.progress[step] + sign * Math.abs(line.quantity ?? 0) };
      }
    }
    for (const { target, amount } of transaction.applications) {
      const settled = this.transactions.get(target);
      if (!settled) continue;
      settled.settled += BigInt(sign) * amount;
      this.#refreshOpen(settled);
      if (transaction.settleable !== null) transaction.settled += BigInt(sign) * amount;
    }
  }

  /** Stock moves, and whatever costs something else by that is posted anew, on this document and on others. */
  #moveStock(transaction: Transaction, sign: 1 | -1): void {
    if (sign === -1)
      this.#replaceLines(
        transaction,
        transaction.lines.filter(({ corrects }) => corrects === null),
      );
    for (const movement of sign === 1 ? this.stock.add(transaction) : this.stock.remove(transaction))
      this.#recost(movement);
  }

  #recost({ line, value, correction }: Movement): void {
    const transaction = line.transaction!;
    revalue(this.#masters, transaction, line, value);
    this.#replaceLines(transaction, correct(this.#masters, transaction, line, correction));
  }

  #replaceLines(transaction: Transaction, lines: TransactionLine[]): void {
    if (lines === transaction.lines) return;
    for (const line of transaction.lines)
      if (line.corrects !== null && line.account !== null) this.#linesByAccount.get(line.account)?.delete(line);
    transaction.lines = lines;
    for (const line of lines)
      if (line.corrects !== null && line.account !== null) addTo(this.#linesByAccount, line.account, line);
  }

  #refreshOpen(transaction: Transaction): void {
    if (transaction.settleable === null) return;
    const key = openKeyOf(transaction);
    let documents = this.#open.get(key);
    if (!documents) this.#open.set(key, (documents = new Map()));
    if (openAmount(transaction) > 0n) documents.set(transaction.id, transaction);
    else documents.delete(transaction.id);
  }
}

function assertBalanced(record: string, draft: Draft): void {
  const sum = draft.lines.reduce((total, { account, amount }) => (account === null ? total : total + amount), 0n);
  if (draft.posting && sum !== 0n) throw new Error(`simulator bug: a ${record} entry is off by ${sum}`);
}

/** Later documents count on their source's lines; a rebuilt line keeps what they counted. */
function keepProgress(before: TransactionLine[], after: TransactionLine[]): void {
  const old = new Map(before.map((line) => [line.id, line.progress]));
  for (const line of after) {
    const progress = old.get(line.id);
    if (progress) line.progress = progress;
  }
}

function openKey(type: string, entity: string | null, account: string | null, currency: string): string {
  return `${type}|${entity}|${account}|${currency}`;
}

function openKeyOf(transaction: Transaction): string {
  return openKey(transaction.type, transaction.entity, transaction.account, transaction.currency);
}

function addTo<T>(index: Map<string, Set<T>>, key: string, value: T): void {
  const set = index.get(key);
  if (set) set.add(value);
  else index.set(key, new Set([value]));
}
