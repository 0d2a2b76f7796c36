import type { StatementForm } from '../../config/statement-form.ts';

/** A place in a statement file, both from 1. */
export interface StatementPlace {
  line: number;
  column: number;
}

/** A form that reads a CSV whose columns were not found, by what its headers and fields say; `doubts` are what they leave open. */
export interface SuggestedForm {
  form: StatementForm;
  doubts: string[];
}

/** What a person is told of a statement that is refused; plain, so that it passes from the worker to the command. */
export interface StatementProblem {
  file: string;
  /** What is wrong, as half a sentence. */
  what: string;
  place: StatementPlace | null;
  /** Column or element: `amount`, `TRNAMT`. */
  field: string | null;
  /** What stands there. */
  text: string | null;
  advice: string;
  /** The headers of a CSV whose columns were not found. */
  headers: string[] | null;
  suggestion: SuggestedForm | null;
}

/** A statement file that cannot be read: which file, where, what stands there, and what to do. Nothing of it is taken in. */
export class StatementError extends Error {
  readonly problem: StatementProblem;

  constructor(facts: Pick<StatementProblem, 'file' | 'what' | 'advice'> & Partial<StatementProblem>) {
    const problem = { place: null, field: null, text: null, headers: null, suggestion: null, ...facts };
    const where = [
      problem.place ? `line ${problem.place.line}, column ${problem.place.column}` : '',
      problem.field ?? '',
    ]
      .filter(Boolean)
      .join(', ');
    super(`${problem.file}${where ? ` (${where})` : ''}: ${problem.what}. ${problem.advice}.`);
    this.name = 'StatementError';
    this.problem = problem;
  }
}

/** Line and column of an offset into a text. */
export function placeOf(text: string, at: number): StatementPlace {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
