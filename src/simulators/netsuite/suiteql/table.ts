import type { Value } from './value.ts';

export interface Column {
  read(row: object): Value;
  /** What BUILTIN.DF shows instead of the id or letter. */
  display?: ((row: object) => string | null) | undefined;
  /** Holds dates. */
  isDate: boolean;
}

export interface Table {
  name: string;
  columns: ReadonlyMap<string, Column>;
  rows(): Iterable<object>;
  /** Columns with an index: rows by the text of the value. */
  find: ReadonlyMap<string, (key: string) => Iterable<object>>;
}

type Reader<R> = (row: R) => Value;

/** A table over rows of one kind; `display` names what BUILTIN.DF shows, `find` the indexes. */
export function defineTable<R extends object>(definition: {
  name: string;
  rows: () => Iterable<R>;
  columns: Record<string, Reader<R>>;
  display?: Record<string, (row: R) => string | null>;
  find?: Record<string, (key: string) => Iterable<R>>;
  dates?: readonly string[];
}): Table {
  const columns = new Map<string, Column>();
  for (const [name, read] of Object.entries(definition.columns)) {
    const display = definition.display?.[name];
    columns.set(name, {
      read: (row) => read(row as R),
      display: display && ((row: object): string | null => display(row as R)),
      isDate: definition.dates?.includes(name) ?? false,
    });
  }
  return {
    name: definition.name,
    columns,
    rows: definition.rows,
    find: new Map(Object.entries(definition.find ?? {})),
  };
}

export function flag(value: boolean): string {
  return value ? 'T' : 'F';
}
