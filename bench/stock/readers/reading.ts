import type { Reading as FileReading } from '../../files/reading.ts';

/** What one reader made of the ledger. */
export interface Reading extends FileReading {
  /** Only of the whole path, in seconds that count as `apart`: the indexes of the facts, and settling. */
  beside?: { indexes: number; settling: number };
  /** Only of the whole path: rows that are answered and settled, those that are still looked at, and documents planned. */
  stock?: { settled: number; open: number; documents: number };
}
