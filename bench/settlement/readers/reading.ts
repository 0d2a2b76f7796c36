import type { Reading as FileReading } from '../../files/reading.ts';

/** What one reader made of the report: rows after header and summary. */
export interface Reading extends FileReading {
  /** Only of the whole path: what came out, amounts in minor units as text. */
  journal?: { lines: number; open: string; sum: string; total: string };
}

/** Header and summary row, which the peers hand over like any other. */
export const LINES_BEFORE_ROWS = 2;
