/** A place in a statement file, both from 1. */
export interface StatementPlace { line: number; column: number }

/** A statement file that cannot be read: which file, where, what stands there, and what to do. Nothing of it is taken in. */
export class StatementError extends Error {
  readonly file: string;
  /** What is wrong, as half a sentence. */
  readonly what: string;
  readonly place: StatementPlace | null;
  /** Column or element: `amount`, `TRNAMT`. */
  readonly field: string | null;
  /** What stands there. */
  readonly text: string | null;
  readonly advice: string;

  constructor(facts: { file: string; what: string; advice: string; place?: StatementPlace; field?: string; text?: string }) {
    const where = [facts.place ? `line ${facts.place.line}, column ${facts.place.column}` : '', facts.field ?? ''].filter(Boolean).join(', ');
    super(`${facts.file}${where ? ` (${where})` : ''}: ${facts.what}. ${facts.advice}.`);
    this.name = 'StatementError';
    this.file = facts.file;
    this.what = facts.what;
    this.place = facts.place ?? null;
    this.field = facts.field ?? null;
    this.text = facts.text ?? null;
    this.advice = facts.advice;
  }
}

/** Line and column of an offset into a text. */
export function placeOf(text: string, at: number): StatementPlace {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
