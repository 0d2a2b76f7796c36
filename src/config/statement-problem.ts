import type { StatementForm } from './statement-form.ts';

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
