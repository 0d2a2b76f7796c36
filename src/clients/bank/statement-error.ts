import type { StatementPlace, StatementProblem } from '../../config/statement-problem.ts';

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
