/** What one reader made of the report, in its own process. Each file beside this one exports `read(file)`. */
export interface Reading {
  /** Rows after header and summary. */
  rows: number;
  /** Only of the whole path: what came out, amounts in minor units as text. */
  journal?: { lines: number; open: string; sum: string; total: string };
}

/** Header and summary row, which the peers hand over like any other. */
export const LINES_BEFORE_ROWS = 2;
