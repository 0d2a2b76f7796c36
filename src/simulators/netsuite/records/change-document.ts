/** How a body changes a document (NetSuite: NSHELP section_1545295601): keyed lines are updated, others added. */
import type { Document, FieldValues } from '../ledger/transaction.ts';
import { userError } from '../refusal.ts';
import type { BodyChange } from './read-body.ts';
import type { Schema } from './fields.ts';

export function emptyDocument(): Document {
  return { fields: {}, sublists: {} };
}

/** The document after the change; the given one stays as it is. `replace` names sublists that the body replaces whole. */
export function changeDocument(
  schema: Schema,
  document: Document,
  change: BodyChange,
  replace: readonly string[] = [],
): Document {
  const fields = { ...document.fields };
  for (const [name, value] of Object.entries(change.fields)) {
    if (value === null) delete fields[name];
    else fields[name] = value;
  }
  const sublists: Record<string, FieldValues[]> = {};
  for (const [name, lines] of Object.entries(document.sublists)) sublists[name] = lines.map((line) => ({ ...line }));
  for (const [name, lines] of Object.entries(change.sublists)) {
    if (lines === null) sublists[name] = [];
    else if (replace.includes(name)) sublists[name] = lines;
    else sublists[name] = mergeLines(sublists[name] ?? [], lines, schema.sublists[name]?.key ?? 'line');
  }
  return { fields, sublists };
}

function mergeLines(before: FieldValues[], changes: FieldValues[], key: 'line' | 'doc'): FieldValues[] {
  const lines = [...before];
  for (const change of changes) {
    const index = change[key] === undefined ? -1 : lines.findIndex((line) => line[key] === change[key]);
    if (index >= 0) lines[index] = withPriceOf(lines[index]!, change);
    else if (key === 'line' && change['line'] !== undefined && before.length > 0)
      throw userError(`The line ${String(change['line'])} does not exist.`);
    else lines.push(change);
  }
  return lines;
}

/** A new quantity or rate without an amount sets the amount anew. */
function withPriceOf(line: FieldValues, change: FieldValues): FieldValues {
  const merged = { ...line, ...change };
  if (change['amount'] === undefined && (change['rate'] !== undefined || change['quantity'] !== undefined))
    delete merged['amount'];
  return merged;
}
