/** What kinds of field a record may have, and how a schema lists them. */
export type RefKind =
  | 'account'
  | 'item'
  | 'customer'
  | 'entity'
  | 'location'
  | 'department'
  | 'classification'
  | 'currency'
  | 'subsidiary'
  | 'period'
  | 'transaction'
  | 'paymentMethod'
  /** A list that this simulator does not keep: any id is taken. */
  | 'list';
export type FieldKind =
  | RefKind
  | 'text'
  | 'boolean'
  /** `{id: "T"|"F"}`, also a plain boolean. */
  | 'flag'
  /** `{id: "B"}`, also plain text. */
  | 'choice'
  | 'day'
  | 'amount'
  | 'decimal'
  | 'quantity'
  | 'lineId'
  /** Taken and kept, without effect. */
  | 'opaque'
  /** Known, but NetSuite fills it: what is sent is dropped. */
  | 'readOnly';

export type Fields = ReadonlyMap<string, FieldKind>;
export interface Sublist {
  fields: Fields;
  key: 'line' | 'doc';
}
export interface Schema {
  fields: Fields;
  sublists: Record<string, Sublist>;
}

export type FieldList = Partial<Record<FieldKind, string>>;

/** Field names by kind, separated by blanks. */
export function fields(...lists: FieldList[]): Fields {
  const map = new Map<string, FieldKind>();
  for (const list of lists) {
    for (const [kind, names] of Object.entries(list))
      for (const name of names.split(' ')) map.set(name, kind as FieldKind);
  }
  return map;
}
