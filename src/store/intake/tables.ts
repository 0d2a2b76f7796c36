/** How far each source of Amazon has been read. */

export interface MarksTable {
  connection: string;
  source: string;
  mark: string;
}

/** What could not be read, and when it is asked for again. */
export interface UnreadInputsTable {
  connection: string;
  key: string;
  tries: number;
  again_at: string | null;
  document_id: string | null;
  span_start: string | null;
  span_end: string | null;
}
