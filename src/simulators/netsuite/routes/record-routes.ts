/** `/record/v1/…`: records by id or `eid:`, sublists, transforms, lists (NetSuite: NSHELP section_1545141395 and its sisters). */
import type { Company } from '../company.ts';
import type { Json, JsonFields } from '../json.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { invalidParameter, malformed, noSuchRecord, notBuilt, Refusal, unknownField, userError } from '../refusal.ts';
import { kindNamed } from '../records/catalogue.ts';
import {
  createRecord,
  deleteRecord,
  findRecord,
  patchRecord,
  transformRecord,
  type NameCheck,
  type Saved,
} from '../records/record-service.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { isRecordName } from '../records/record-names.ts';
import { renderRecord, renderSublist } from '../records/render.ts';
import type { Schema } from '../records/fields.ts';
import { SCHEMAS } from '../records/schema.ts';
import { isTransformNotBuilt } from '../records/transform.ts';
import { masterListNamed, masterRecord } from './master-records.ts';
import { pageBody, pageOf } from './paging.ts';
import { listFields, transactionFields } from './filter-fields.ts';
import { externalIdIn, filterOf, type FilterFields } from './record-filter.ts';
import { bodyOf, type Answer, type ApiRequest } from './request.ts';

const ROOT = '/services/rest/record/v1';

export function handleRecord(company: Company, request: ApiRequest): Answer {
  const [type = '', key, ...rest] = segmentsOf(request.path);
  refuseFieldsBesideExpand(request);
  if (type === 'metadata-catalog') throw notBuilt('the metadata catalogue');
  const list = masterListNamed(type);
  if (list) {
    if (request.method !== 'GET')
      throw notBuilt(`${request.method} of ${type}: lists are only read; POST /admin/items makes an item`);
    return key === undefined
      ? pageAnswer(request, [...list(company).values()], type, listFields([...list(company).values()]))
      : { status: 200, body: chosenFields(masterRecord(company, list, key), request.query.get('fields')) };
  }
  const kind = kindNamed(type);
  if (!kind) {
    if (isRecordName(type)) throw notBuilt(`the record type ${type}`);
    throw new Refusal(404, [{ code: 'NONEXISTENT_ID', detail: `Record type '${type}' does not exist.` }]);
  }
  if (key === undefined)
    return request.method === 'POST'
      ? created(request, kind, createRecord(company, kind, bodyOf(request), namesOf(request)))
      : listed(company, request, kind);
  if (rest[0] === '!transform') return transformed(company, request, kind, key, rest[1] ?? '');
  if (rest[0]?.startsWith('@')) throw notBuilt(`the action ${rest[0]}`);
  if (rest.length > 0) return sublist(company, request, kind, findRecord(company, kind, key), rest);
  return single(company, request, kind, key);
}

function segmentsOf(path: string): string[] {
  try {
    return path
      .slice(ROOT.length + 1)
      .split('/')
      .map(decodeURIComponent);
  } catch {
    throw malformed();
  }
}

/** The record type that a request reads or writes: a transform writes its target. */
export function recordTypeOf(path: string): string | null {
  if (!path.startsWith(`${ROOT}/`)) return null;
  const [type = null, , action, target] = path.slice(ROOT.length + 1).split('/');
  return action === '!transform' ? (target ?? null) : type;
}

function single(company: Company, request: ApiRequest, kind: RecordKind, key: string): Answer {
  const self = (id: string): string => `${request.origin}${ROOT}/${kind.record}/${id}`;
  switch (request.method) {
    case 'GET': {
      const transaction = findRecord(company, kind, key);
      const expand = request.query.get('expandSubResources') === 'true';
      const record = renderRecord(company, transaction, self(transaction.id), expand);
      return { status: 200, body: chosenFields(record, request.query.get('fields')) };
    }
    case 'PATCH': {
      const replace = (request.query.get('replace') ?? '').split(',').filter((name) => name !== '');
      return created(
        request,
        kind,
        patchRecord(company, findRecord(company, kind, key), bodyOf(request), namesOf(request), replace),
      );
    }
    case 'PUT':
      return upserted(company, request, kind, key);
    case 'DELETE':
      deleteRecord(company, findRecord(company, kind, key));
      return { status: 204 };
    default:
      throw new Refusal(405, [{ code: 'INVALID_METHOD', detail: `The method ${request.method} is not allowed here.` }]);
  }
}

/** "You cannot combine `expandSubResources` and `fields`": README of @brokenrubik/netsuite-sdk 0.6.0. Of whatever record. */
function refuseFieldsBesideExpand({ method, query }: ApiRequest): void {
  if (method !== 'GET' || query.get('expandSubResources') !== 'true' || !query.has('fields')) return;
  throw invalidParameter('The query parameters expandSubResources and fields cannot be combined.', {
    queryParam: 'fields',
  });
}

/** `fields=a,b` leaves only those beside links and id. */
function chosenFields(record: JsonFields, names: string | null): JsonFields {
  if (names === null) return record;
  const wanted = new Set(['links', 'id', ...names.split(',')]);
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)));
}

/** PUT by external id: what exists is updated, and lines without a key are added to it. */
function upserted(company: Company, request: ApiRequest, kind: RecordKind, key: string): Answer {
  if (!key.startsWith('eid:')) throw invalidParameter('PUT needs an external ID: use eid: in the address.');
  const externalId = key.slice(4);
  const before = company.books.byExternalId(externalId);
  const body = { ...bodyOf(request), externalId };
  if (before && before.record !== kind.record) throw userError('This record already exists.');
  const saved = before
    ? patchRecord(company, before, body, namesOf(request), [])
    : createRecord(company, kind, body, namesOf(request));
  return created(request, kind, saved);
}

function transformed(company: Company, request: ApiRequest, kind: RecordKind, key: string, target: string): Answer {
  if (request.method !== 'POST')
    throw new Refusal(405, [{ code: 'INVALID_METHOD', detail: `The method ${request.method} is not allowed here.` }]);
  if (isTransformNotBuilt(kind.record, target)) throw notBuilt(`the transform ${kind.record} to ${target}`);
  const targetKind = kindNamed(target);
  if (!targetKind) throw userError('That is not a valid record transformation.');
  return created(
    request,
    targetKind,
    transformRecord(company, findRecord(company, kind, key), targetKind, bodyOf(request), namesOf(request)),
  );
}

function created(request: ApiRequest, kind: RecordKind, { transaction, dropped }: Saved): Answer {
  return {
    status: 204,
    headers: {
      // In lower case, and one line of the other header for each name (recorded: `create_journal_entry_2_test`).
      ...(transaction ? { Location: `${request.origin}${ROOT}/${kind.record.toLowerCase()}/${transaction.id}` } : {}),
      ...(dropped.length > 0 && namesOf(request) === 'warning'
        ? { 'X-NetSuite-PropertyValidation': [...new Set(dropped.map(unknownField))].sort() }
        : {}),
    },
  };
}

function sublist(
  company: Company,
  request: ApiRequest,
  kind: RecordKind,
  transaction: Transaction,
  [name = '', lineId]: string[],
): Answer {
  const schema: Schema = SCHEMAS[kind.record];
  const known = schema.sublists[name];
  if (!known) throw noSuchRecord();
  if (request.method !== 'GET')
    throw notBuilt(`${request.method} of a sublist by its own address; send it inside its record`);
  const body = renderSublist(company, transaction, name, known.fields);
  if (lineId === undefined) return { status: 200, body };
  const lines = body['items'] as readonly JsonFields[];
  const line = lines.find((candidate) => String(candidate['line']) === lineId);
  if (!line) throw noSuchRecord();
  return { status: 200, body: line };
}

function listed(company: Company, request: ApiRequest, kind: RecordKind): Answer {
  if (request.method !== 'GET') throw notBuilt(`${request.method} of a collection`);
  const q = request.query.get('q');
  const externalId = externalIdIn(q);
  if (externalId !== null) {
    const found = company.books.byExternalId(externalId);
    return pageAnswer(
      { ...request, query: new URLSearchParams() },
      found?.record === kind.record ? [{ id: found.id }] : [],
      kind.record,
      transactionFields(company, kind.record),
    );
  }
  const all = [...company.books.ofType(kind.type)];
  return pageAnswer(
    request,
    q === null
      ? all.map(({ id }) => ({ id }))
      : all.map((transaction) => renderRecord(company, transaction, '', false)),
    kind.record,
    transactionFields(company, kind.record),
  );
}

/** Lists answer ids and links only. */
function pageAnswer(request: ApiRequest, rows: JsonFields[], type: string, fields: FilterFields): Answer {
  const q = request.query.get('q');
  const items = (q === null ? rows : rows.filter(filterOf(q, fields))).map(({ id }): Json => ({
    links: [{ rel: 'self', href: `${request.origin}${ROOT}/${type}/${String(id)}` }],
    id,
  }));
  return { status: 200, body: pageBody(items, pageOf(request.query), `${request.origin}${request.path}`) };
}

function namesOf({ headers }: ApiRequest): NameCheck {
  const wanted = String(headers['x-netsuite-propertynamevalidation'] ?? 'warning').toLowerCase();
  if (wanted !== 'error' && wanted !== 'warning' && wanted !== 'ignore') {
    throw invalidParameter('Invalid value for the header X-NetSuite-PropertyNameValidation.', {
      header: 'X-NetSuite-PropertyNameValidation',
    });
  }
  return wanted;
}

/** Batches and forms are not built, and say so before any job is made of them. */
export function refuseNotBuilt({ headers, method, path, query }: ApiRequest): void {
  const types = `${headers['content-type'] ?? ''} ${headers['accept'] ?? ''}`;
  for (const kind of ['collection', 'create-form', 'edit-form', 'select-options']) {
    // A parameter's name knows no case, and its value may stand in quotes: RFC 9110, 5.6.6 and 8.3.1.
    if (new RegExp(`\\btype\\s*=\\s*"?${kind}\\b`, 'i').test(types)) throw notBuilt(`the media type ${kind}`);
  }
  const isCollection = path.startsWith(`${ROOT}/`) && /^[^/]+\/?$/.test(path.slice(ROOT.length + 1));
  if (isCollection && (query.has('ids') || ['PATCH', 'PUT', 'DELETE'].includes(method)))
    throw notBuilt(`a batch: ${method} of a collection`);
}
