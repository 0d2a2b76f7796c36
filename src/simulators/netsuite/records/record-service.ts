/** Creating, changing and deleting transactions: the order of checks is the same for all of them. */
import type { Company } from '../company.ts';
import type { JsonFields } from '../json.ts';
import type { Identity } from '../ledger/books.ts';
import type { Document, Draft, Transaction } from '../ledger/transaction.ts';
import { missingValue, noSuchRecord, unknownProperties, userError } from '../refusal.ts';
import { changeDocument, emptyDocument } from './change-document.ts';
import { kindNamed, kindOfType } from './catalogue.ts';
import { refuseShut } from './period-lock.ts';
import { readBody, type BodyChange } from './read-body.ts';
import type { RecordKind } from './record-kind.ts';
import { SCHEMAS } from './schema.ts';
import { transformDocument } from './transform.ts';
import { textOf } from './values.ts';

/** `X-NetSuite-PropertyNameValidation`: refuse unknown names, warn of them (the default) or say nothing. */
export type NameCheck = 'error' | 'warning' | 'ignore';
/** `transaction` is null where NetSuite accepts a body and leaves no record; `dropped` are the names that were not taken. */
export interface Saved {
  transaction: Transaction | null;
  dropped: string[];
}

export function createRecord(company: Company, kind: RecordKind, body: JsonFields, names: NameCheck): Saved {
  if (kind.transformOnly) throw userError('That is not a valid record transformation.');
  const change = read(company, kind, body, names);
  return {
    transaction: save(company, kind, changeDocument(SCHEMAS[kind.record], emptyDocument(), change), null),
    dropped: change.unknown,
  };
}

export function transformRecord(
  company: Company,
  source: Transaction,
  kind: RecordKind,
  body: JsonFields,
  names: NameCheck,
): Saved {
  const change = read(company, kind, body, names);
  const externalId = change.fields['externalId'];
  if (!company.switches.duplicateCheckLast && typeof externalId === 'string') refuseUsed(company, externalId);
  const document = transformDocument(company, source, kind.record, change);
  const transaction = save(company, kind, document, source.id);
  if (
    transaction &&
    kind.record === 'itemFulfillment' &&
    transaction.posting &&
    source.type === 'SalesOrd' &&
    !company.switches.advancedShipping
  )
    billAtOnce(company, source, transaction);
  return { transaction, dropped: change.unknown };
}

/** PATCH, and PUT of a record that exists. What was posted is taken out and posted anew; a refusal puts it back. */
export function patchRecord(
  company: Company,
  before: Transaction,
  body: JsonFields,
  names: NameCheck,
  replace: readonly string[],
): Saved {
  const kind = kindOfType(before.type);
  const change = read(company, kind, body, names);
  const document = changeDocument(SCHEMAS[kind.record], before.document, change, replace);
  const externalId = textOf(document.fields, 'externalId');
  if (externalId !== null && externalId !== before.externalId) refuseUsed(company, externalId);
  refuseMissing(company, kind, document);
  refuseShut(company, before);
  company.books.undo(before);
  try {
    const draft = kind.build(company, document, { id: before.id, creating: false, createdFrom: before.createdFrom });
    if (!draft) return { transaction: null, dropped: change.unknown };
    refuseCutting(before, draft);
    return {
      transaction: company.books.post(
        identityOf({ ...before, modifiedAt: company.now() }, document),
        draft,
        document,
        before,
      ),
      dropped: change.unknown,
    };
  } catch (refusal) {
    company.books.redo(before);
    throw refusal;
  }
}

/** What a shut period holds stays, and what others stand on (NetSuite: that text is an assumption). */
export function deleteRecord(company: Company, transaction: Transaction): void {
  refuseShut(company, transaction);
  const taken = transaction.lines.some(({ progress }) => Object.values(progress).some((quantity) => quantity !== 0));
  const ownUse = transaction.applications.reduce((sum, { amount }) => sum + amount, 0n);
  const settled = transaction.settleable !== null && transaction.settled !== ownUse;
  if (taken || settled)
    throw userError('This transaction cannot be deleted because it is linked to by one or more transactions.');
  company.books.undo(transaction);
}

/** A transaction of this record type by id or `eid:`; 404 otherwise. */
export function findRecord(company: Company, kind: RecordKind, key: string): Transaction {
  const transaction = key.startsWith('eid:') ? company.books.byExternalId(key.slice(4)) : company.books.get(key);
  if (transaction?.record !== kind.record) throw noSuchRecord();
  return transaction;
}

function read(company: Company, kind: RecordKind, body: JsonFields, names: NameCheck): BodyChange {
  const change = readBody(company, SCHEMAS[kind.record], body);
  if (names === 'error' && change.unknown.length > 0) throw unknownProperties(change.unknown);
  return change;
}

function save(company: Company, kind: RecordKind, document: Document, createdFrom: string | null): Transaction | null {
  const externalId = textOf(document.fields, 'externalId');
  refuseMissing(company, kind, document);
  if (externalId !== null && !company.switches.duplicateCheckLast) refuseUsed(company, externalId);
  const id = company.books.nextId();
  const draft = kind.build(company, document, { id, creating: true, createdFrom });
  if (externalId !== null) refuseUsed(company, externalId);
  if (!draft) return null;
  const tranId = textOf(document.fields, 'tranId') ?? company.books.nextTranId(kind.prefix);
  const start = {
    id,
    record: kind.record,
    type: kind.type,
    tranId,
    createdFrom,
    createdAt: company.now(),
    modifiedAt: company.now(),
    externalId: null,
    memo: null,
    otherRefNum: null,
  };
  return company.books.post(identityOf(start, document), draft, document);
}

function identityOf(start: Identity, { fields }: Document): Identity {
  const { id, record, type, createdFrom, createdAt, modifiedAt } = start;
  return {
    id,
    record,
    type,
    createdFrom,
    createdAt,
    modifiedAt,
    tranId: textOf(fields, 'tranId') ?? start.tranId,
    externalId: textOf(fields, 'externalId'),
    memo: textOf(fields, 'memo'),
    otherRefNum: textOf(fields, 'otherRefNum'),
  };
}

/** One namespace for all transactions (NetSuite: NSHELP section_N3436356). */
function refuseUsed(company: Company, externalId: string): void {
  if (company.books.byExternalId(externalId)) throw userError('This record already exists.');
}

/** Mandatory fields of the form are asked for one at a time, by label. */
function refuseMissing(company: Company, kind: RecordKind, { fields }: Document): void {
  for (const { field, label } of company.switches.mandatory[kind.record] ?? []) {
    if (fields[field] === undefined || fields[field] === '') throw missingValue(label);
  }
}

/** A change may not cut what others have taken or settled. */
function refuseCutting(before: Transaction, draft: Draft): void {
  for (const line of before.lines) {
    const used = Math.max(...Object.values(line.progress));
    const after = draft.lines.find(({ id }) => id === line.id);
    if (used > 0 && Math.abs(after?.quantity ?? 0) < used)
      throw userError('This transaction cannot be changed because it is linked to by one or more transactions.');
  }
  const applied = draft.applications.reduce((sum, { amount }) => sum + amount, 0n);
  if (draft.settleable !== null && before.settled + applied > draft.settleable)
    throw userError('You cannot apply more than the amount of the transaction.');
}

/** Without Advanced Shipping a fulfilment creates its invoice (NetSuite: NSHELP section_161425629582). */
function billAtOnce(company: Company, order: Transaction, fulfilment: Transaction): void {
  const invoice = kindNamed('invoice');
  if (invoice) transformRecord(company, order, invoice, { tranDate: fulfilment.date }, 'ignore');
}
