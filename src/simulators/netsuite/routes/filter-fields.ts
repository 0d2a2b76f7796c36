/** Which fields a `q` filter may name, and of which type each is. Names are taken in any case, as in NetSuite's examples. */
import type { Company } from '../company.ts';
import { Decimal, isFields, type Json, type JsonFields } from '../json.ts';
import type { FieldKind } from '../records/fields.ts';
import { SCHEMAS, type RecordName } from '../records/schema.ts';
import type { FilterFields, FilterType } from './record-filter.ts';

const TYPES: Partial<Record<FieldKind, FilterType>> = {
  text: 'text',
  opaque: 'text',
  choice: 'text',
  boolean: 'boolean',
  flag: 'text',
  day: 'date',
  amount: 'number',
  decimal: 'number',
  quantity: 'number',
  lineId: 'number',
};
/** Fields that NetSuite fills, where they are not what their kind says. */
const COMPUTED: Record<string, FilterType> = {
  createddate: 'date',
  lastmodifieddate: 'date',
  total: 'number',
  subtotal: 'number',
  taxtotal: 'number',
  amountremaining: 'number',
  amountpaid: 'number',
  applied: 'number',
  unapplied: 'number',
  status: 'text',
  refname: 'text',
  currencyname: 'text',
  currencysymbol: 'text',
};

export function transactionFields(company: Company, record: RecordName): FilterFields {
  const byName = new Map<string, { name: string; type: FilterType }>();
  const add = (name: string, type: FilterType): void => {
    byName.set(name.toLowerCase(), { name, type });
  };
  for (const [name, kind] of SCHEMAS[record].fields)
    if (name !== 'links') add(name, COMPUTED[name.toLowerCase()] ?? TYPES[kind] ?? 'number');
  for (const name of company.customFields) if (name.startsWith('custbody')) add(name, 'text');
  return (name) => byName.get(name.toLowerCase());
}

/** The fields of a list, by what its rows hold. */
export function listFields(rows: JsonFields[]): FilterFields {
  const byName = new Map<string, { name: string; type: FilterType }>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const key = name.toLowerCase();
      if (name !== 'links' && (value !== undefined || !byName.has(key)))
        byName.set(key, { name, type: value === undefined ? 'text' : typeOf(name, value) });
    }
  }
  return (name) => byName.get(name.toLowerCase());
}

function typeOf(name: string, value: Json): FilterType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || value instanceof Decimal || name === 'id') return 'number';
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}/.test(value) ? 'date' : 'text';
  return isFields(value) && /^\d+$/.test(String(value['id'])) ? 'number' : 'text';
}
