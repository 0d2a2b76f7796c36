/**
 * The `q` filter of a list (NetSuite: NSHELP section_1545222128): conditions `field OPERATOR value` joined by AND and OR, with
 * parentheses. Each type of field has its operators; every one of them but EMPTY has a negation that ends in `_NOT`.
 */
import { decimalText, toUnits } from '../decimal.ts';
import { Decimal, isFields, type Json, type JsonFields } from '../json.ts';
import { invalidQuery } from '../refusal.ts';
import { readFilter, type Condition, type FilterTree } from './filter-syntax.ts';

export type FilterType = 'text' | 'number' | 'boolean' | 'date';
/** Type of a field by its name, in any case; undefined where the record has no such field. */
export type FilterFields = (name: string) => { name: string; type: FilterType } | undefined;
type Filter = (record: JsonFields) => boolean;

const OPERATORS: Record<FilterType, readonly string[]> = {
  boolean: ['IS'],
  number: ['ANY_OF', 'BETWEEN', 'EQUAL', 'GREATER', 'GREATER_OR_EQUAL', 'LESS', 'LESS_OR_EQUAL', 'WITHIN'],
  text: ['CONTAIN', 'IS', 'START_WITH', 'END_WITH'],
  date: ['AFTER', 'BEFORE', 'ON', 'ON_OR_AFTER', 'ON_OR_BEFORE'],
};

/** @throws Refusal 400 for what cannot be read, an unknown field or an operator that its type does not have */
export function filterOf(q: string, fields: FilterFields): Filter {
  return compiled(readFilter(q), fields);
}

function compiled(tree: FilterTree, fields: FilterFields): Filter {
  if (tree.kind === 'condition') return conditionOf(tree, fields);
  const parts = tree.parts.map((part) => compiled(part, fields));
  return tree.kind === 'AND'
    ? (record) => parts.every((part) => part(record))
    : (record) => parts.some((part) => part(record));
}

function conditionOf({ field: wanted, operator, values }: Condition, fields: FilterFields): Filter {
  const field = fields(wanted);
  if (!field) throw invalidQuery(`Field '${wanted}' was not found.`);
  const held = (record: JsonFields): Json => valueOf(record[field.name] ?? null);
  if (operator === 'EMPTY' || operator === 'EMPTY_NOT')
    return (record) => (held(record) === null || held(record) === '') === (operator === 'EMPTY');
  const negated = operator.endsWith('_NOT');
  const plain = negated ? operator.slice(0, -4) : operator;
  if (!OPERATORS[field.type].includes(plain))
    throw invalidQuery(`the operator ${operator} is not possible for the field '${field.name}'`);
  const test = testOf(field.type, plain, values);
  return (record) => {
    const value = held(record);
    return value === null ? negated : test(value) !== negated;
  };
}

function testOf(type: FilterType, operator: string, values: string[]): (held: Json) => boolean {
  const [first = '', second = ''] = values;
  if (values.length === 0 || (['BETWEEN', 'WITHIN'].includes(operator) && values.length !== 2))
    throw invalidQuery(`the operator ${operator} with ${values.length} values`);
  switch (type) {
    case 'boolean':
      return (held) => held === (first.toLowerCase() === 'true');
    case 'text':
      return textTest(operator, first.toLowerCase());
    case 'date': {
      const day = dayFrom(first);
      return (held) => isOrdered(operator, String(held).slice(0, 10).localeCompare(day));
    }
    case 'number': {
      const numbers = values.map(numberFrom);
      const low = numberFrom(first);
      const high = second === '' ? low : numberFrom(second);
      return (held) => {
        const value = numberFrom(String(held));
        if (operator === 'ANY_OF') return numbers.includes(value);
        if (operator === 'BETWEEN' || operator === 'WITHIN') return low <= value && value <= high;
        return isOrdered(operator, value < low ? -1 : value > low ? 1 : 0);
      };
    }
  }
}

function textTest(operator: string, wanted: string): (held: Json) => boolean {
  const folded = (held: Json): string => String(held).toLowerCase();
  switch (operator) {
    case 'START_WITH':
      return (held) => folded(held).startsWith(wanted);
    case 'END_WITH':
      return (held) => folded(held).endsWith(wanted);
    case 'CONTAIN':
      return (held) => folded(held).includes(wanted);
    default:
      return (held) => folded(held) === wanted;
  }
}

function isOrdered(operator: string, order: number): boolean {
  switch (operator) {
    case 'AFTER':
    case 'GREATER':
      return order > 0;
    case 'BEFORE':
    case 'LESS':
      return order < 0;
    case 'ON_OR_AFTER':
    case 'GREATER_OR_EQUAL':
      return order >= 0;
    case 'ON_OR_BEFORE':
    case 'LESS_OR_EQUAL':
      return order <= 0;
    default:
      return order === 0;
  }
}

/** A reference and a choice are their ids. */
function valueOf(held: Json): Json {
  if (held instanceof Decimal) return held.text;
  return isFields(held) ? (held['id'] ?? null) : held;
}

/** `1/31/2019`, as in NetSuite's example: N/query reads dates in the user's format, not in that of REST bodies. */
function dayFrom(text: string): string {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: .*)?$/.exec(text) ?? [];
  if (year === '') throw invalidQuery(`'${text}' is not a date`);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function numberFrom(text: string): bigint {
  const plain = decimalText(text);
  const units = plain === null ? null : toUnits(plain, 8);
  if (units === null) throw invalidQuery(`'${text}' is not a number`);
  return units;
}

/** The one external id that a filter asks for, so that the index can answer. */
export function externalIdIn(q: string | null): string | null {
  const match = /^externalId\s+IS\s+"([^"]*)"$/i.exec(q?.trim() ?? '');
  return match?.[1] ?? null;
}
