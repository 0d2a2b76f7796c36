/** What one reader made of the ledger, in its own process. Each file beside this one exports `read(file)`. */
export interface Reading {
  rows: number;
  /** Only of the whole path: rows that are answered and settled, those that are still looked at, and documents planned. */
  stock?: { settled: number; open: number; documents: number };
}
