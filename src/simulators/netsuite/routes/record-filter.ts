/** The `q` filter of a list (NetSuite: NSHELP section_156414087576), as far as it is built: conditions on text joined by AND. */
import { isFields, type JsonFields } from '../json.ts';
import { notBuilt } from '../refusal.ts';

type Filter = (record: JsonFields) => boolean;
interface Condition { field: string; operator: string; value: string }

const CONDITION = /^(\w+)\s+(IS|START_WITH|CONTAIN|EQUAL)\s+(?:"([^"]*)"|(\S+))$/i;

function conditionsOf(q: string): Condition[] {
  return q.trim().split(/\s+AND\s+/i).map((part) => {
    const match = CONDITION.exec(part.trim());
    if (!match) throw notBuilt(`the filter ${part}; known are field IS, START_WITH, CONTAIN or EQUAL "value", joined by AND`);
    return { field: match[1] ?? '', operator: (match[2] ?? '').toUpperCase(), value: match[3] ?? match[4] ?? '' };
  });
}

export function filterOf(q: string | null): Filter {
  const conditions = q === null ? [] : conditionsOf(q);
  return (record) => conditions.every(({ field, operator, value }) => {
    const held = record[field];
    const text = String(isFields(held) ? (held['id'] ?? '') : (held ?? '')).toLowerCase();
    const wanted = value.toLowerCase();
    return operator === 'START_WITH' ? text.startsWith(wanted) : operator === 'CONTAIN' ? text.includes(wanted) : text === wanted;
  });
}

/** The one external id that a filter asks for, so that the index can answer. */
export function externalIdIn(q: string | null): string | null {
  const match = /^externalId\s+IS\s+"([^"]*)"$/i.exec(q?.trim() ?? '');
  return match?.[1] ?? null;
}
