/**
 * What is handed to somebody who has no Tieout: tables, sentences above them, and files as they were received. One
 * document, of texts alone and in one order, so that the same facts are the same bytes.
 */
export interface Evidence {
  /** Of its archive and the folder in it, `close-demo-us-2026-10`. */
  name: string;
  title: string;
  /** What must be read first. */
  says: readonly string[];
  tables: readonly EvidenceTable[];
  files: readonly EvidenceFile[];
}

export interface EvidenceTable {
  /** Of its file, without `.csv`. */
  name: string;
  title: string;
  /** What it shows, in a sentence; null where the title says it. */
  note: string | null;
  columns: readonly EvidenceColumn[];
  rows: readonly (readonly string[])[];
}

export interface EvidenceColumn {
  head: string;
  align: 'left' | 'right';
}

export interface EvidenceFile {
  path: string;
  bytes: Uint8Array;
}

/** Columns by their heads; one that begins with `>` holds figures. */
export function columnsOf(...heads: readonly string[]): EvidenceColumn[] {
  return heads.map((head) =>
    head.startsWith('>') ? { head: head.slice(1), align: 'right' } : { head, align: 'left' },
  );
}
