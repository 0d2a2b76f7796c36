/** A JSON body read by a record's schema: names checked, references resolved, amounts kept as decimal text. */
import { isDay } from '../calendar.ts';
import type { Company } from '../company.ts';
import { decimalText } from '../decimal.ts';
import { isFields, type Json, type JsonFields } from '../json.ts';
import type { FieldValue, FieldValues } from '../ledger/transaction.ts';
import { invalidValue, malformedValue, notBuilt } from '../refusal.ts';
import type { FieldKind, Fields, Schema } from './fields.ts';

/** What a body asks to change; null clears a field or empties a sublist. */
export interface BodyChange {
  fields: Record<string, FieldValue | null>;
  sublists: Record<string, FieldValues[] | null>;
  /** JSON paths of names that the record does not have; they are left out of the change. */
  unknown: string[];
}

export function readBody(company: Company, schema: Schema, body: JsonFields): BodyChange {
  const change: BodyChange = { fields: {}, sublists: {}, unknown: [] };
  const scalars: JsonFields = {};
  for (const [name, value] of Object.entries(body)) {
    const sublist = schema.sublists[name];
    if (!sublist) scalars[name] = value;
    else change.sublists[name] = readSublist(company, sublist.fields, name, value ?? null, change.unknown);
  }
  change.fields = readFields(company, schema.fields, scalars, '', change.unknown);
  return change;
}

function readSublist(
  company: Company,
  fields: Fields,
  name: string,
  value: Json,
  unknown: string[],
): FieldValues[] | null {
  if (value === null) return null;
  const items = isFields(value) ? value['items'] : undefined;
  if (items === null) return null;
  if (!Array.isArray(items)) throw malformedValue(name, name);
  return items.map((row: Json, index) => {
    const path = `${name}.items[${index}]`;
    if (!isFields(row)) throw malformedValue(name, path);
    const read = readFields(company, fields, row, `${path}.`, unknown);
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, FieldValue] => entry[1] !== null));
  });
}

function readFields(
  company: Company,
  fields: Fields,
  values: JsonFields,
  prefix: string,
  unknown: string[],
): Record<string, FieldValue | null> {
  const read: Record<string, FieldValue | null> = {};
  for (const [name, value] of Object.entries(values)) {
    const kind = fields.get(name) ?? (company.customFields.has(name) ? 'opaque' : undefined);
    if (kind === undefined) unknown.push(`${prefix}${name}`);
    else if (kind === 'readOnly' || value === undefined) continue;
    else read[name] = value === null ? null : readValue(company, kind, value, name, `${prefix}${name}`);
  }
  return read;
}

function readValue(company: Company, kind: FieldKind, value: Json, name: string, path: string): FieldValue {
  const refused = malformedValue(name, path);
  const id = isFields(value) ? value['id'] : value;
  switch (kind) {
    case 'text':
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      throw refused;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw refused;
    case 'flag':
      if (id === true || id === 'T') return true;
      if (id === false || id === 'F') return false;
      throw refused;
    case 'choice':
      if (typeof id === 'string' || typeof id === 'number') return String(id);
      throw refused;
    case 'day':
      if (typeof value === 'string' && isDay(value.slice(0, 10))) return value.slice(0, 10);
      throw refused;
    case 'amount':
    case 'decimal': {
      const text = decimalText(value);
      if (text !== null) return text;
      throw refused;
    }
    case 'quantity':
    case 'lineId': {
      if (typeof value === 'number' && !Number.isInteger(value)) throw notBuilt(`a fraction in ${path}`);
      if (/^-?\d+$/.test(String(value))) return Number(value);
      throw refused;
    }
    case 'opaque':
    case 'readOnly':
      if (name === 'inventoryDetail') throw notBuilt('inventoryDetail (bins, lots, serial numbers)');
      return value;
    default:
      return reference(company, kind, value, name, path);
  }
}

/** `{id}`, `{externalId}`, or the id itself. */
function reference(
  company: Company,
  kind: Exclude<FieldKind, 'text' | 'boolean'>,
  value: Json,
  name: string,
  path: string,
): string {
  const byExternalId = isFields(value) && value['id'] === undefined ? value['externalId'] : undefined;
  const wanted = isFields(value) ? (value['id'] ?? byExternalId) : value;
  if (typeof wanted !== 'string' && typeof wanted !== 'number') throw malformedValue(name, path);
  const id = byExternalId === undefined ? String(wanted) : idByExternalId(company, kind, String(wanted));
  if (id === null || !usable(company, kind, id)) throw invalidValue(String(wanted), name, path);
  return id;
}

function idByExternalId(company: Company, kind: FieldKind, externalId: string): string | null {
  if (kind === 'transaction') return company.books.byExternalId(externalId)?.id ?? null;
  const rows: Iterable<{ id: string; externalId: string | null }> =
    kind === 'item'
      ? company.masters.items.values()
      : kind === 'customer' || kind === 'entity'
        ? company.masters.entities.values()
        : [];
  for (const row of rows) if (row.externalId === externalId) return row.id;
  return null;
}

/** Exists and is active: an inactive record cannot be chosen. */
function usable(company: Company, kind: FieldKind, id: string): boolean {
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
  switch (kind) {
    case 'account':
      return accounts.get(id)?.inactive === false;
    case 'item':
      return items.get(id)?.inactive === false;
    case 'customer':
      return entities.get(id)?.kind === 'customer' && entities.get(id)?.inactive === false;
    case 'entity':
      return entities.get(id)?.inactive === false;
    case 'location':
      return locations.get(id)?.inactive === false;
    case 'department':
      return departments.get(id)?.inactive === false;
    case 'classification':
      return classifications.get(id)?.inactive === false;
    case 'currency':
      return currencies.has(id);
    case 'subsidiary':
      return subsidiaries.has(id);
    case 'period':
      return periods.has(id);
    case 'paymentMethod':
      return paymentMethods.has(id);
    case 'transaction':
      return company.books.get(id) !== undefined;
    default:
      return true;
  }
}
