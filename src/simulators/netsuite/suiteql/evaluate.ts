/** What a compiled expression is: a function over the rows that are bound. */
import type { Value } from './value.ts';

export type Rows = (object | null)[];
/** The rows bound so far, the rows of the group (in grouped queries), and what is around a subquery. */
export interface Env {
  rows: Rows;
  members: Rows[] | null;
  outer: Env | null;
}
export type Evaluate = (env: Env) => Value;
export type Test = (env: Env) => boolean | null;
