/** What one reader made of a file, in its own process. Each file under `readers/` exports `read(file)`. */
export interface Reading {
  rows: number;
  /** Seconds that it spent on what is not measured: making the facts that a store would hand in. */
  apart?: number;
}
