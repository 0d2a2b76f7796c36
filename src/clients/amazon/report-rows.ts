/** A row that cannot be read: it is put aside, and the rest goes on. */
export interface RefusedRow {
  /** 1 is the header. */
  line: number;
  column: string;
  text: string;
  why: string;
}

/** Rows that came together, and those that cannot be read. */
export interface RowsTogether<Rows> {
  rows: Rows;
  refused: RefusedRow[];
}

/** The same, each row a fact. */
export type ReportRows<Fact> = RowsTogether<Fact[]>;
