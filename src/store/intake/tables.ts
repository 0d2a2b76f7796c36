/** How far each source of Amazon has been read. */

export interface MarksTable {
  connection: string;
  source: string;
  mark: string;
}
