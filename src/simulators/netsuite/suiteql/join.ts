/**
 * The order in which the tables of FROM are read, and how: by an index wherever a condition allows it, so that a
 * look-up by id costs the same in a month of twenty thousand orders as in an empty account.
 */
import { compileTest, compileValue, resolve, type Compilation, type Scope } from './compile.ts';
import type { Env, Evaluate, Rows, Test } from './evaluate.ts';
import { conjuncts, partsOf, type Expr, type FromItem, type Query } from './syntax.ts';
import { textOfValue } from './value.ts';

interface Condition {
  expr: Expr;
  uses: Set<number>;
  /** The left join that it belongs to; null: it filters. */ of: number | null;
}
interface Step {
  index: number;
  left: boolean;
  candidates: (env: Env) => Iterable<object>;
  on: Test[];
  where: Test[];
}

/** Compiles FROM and WHERE; the result hands every combination of rows to `emit`. */
export function compileJoin(
  query: Query,
  scope: Scope,
  compilation: Compilation,
): (outer: Env | null, emit: (rows: Rows) => void) => void {
  const steps = plan(query, scope, compilation);
  return (outer, emit) => {
    const env: Env = { rows: scope.tables.map(() => null), members: null, outer };
    const bind = (depth: number): void => {
      const step = steps[depth];
      if (!step) return emit([...env.rows]);
      let matched = false;
      for (const row of step.candidates(env)) {
        env.rows[step.index] = row;
        if (!step.on.every((test) => test(env) === true)) continue;
        matched = true;
        if (step.where.every((test) => test(env) === true)) bind(depth + 1);
      }
      env.rows[step.index] = null;
      if (!matched && step.left && step.where.every((test) => test(env) === true)) bind(depth + 1);
    };
    bind(0);
  };
}

function plan(query: Query, scope: Scope, compilation: Compilation): Step[] {
  const uses = (expr: Expr): Set<number> => tablesIn(expr, scope, compilation);
  const conditions: Condition[] = conjuncts(query.where).map((expr) => ({ expr, uses: uses(expr), of: null }));
  query.from.forEach(({ on, left }, index) => {
    for (const expr of conjuncts(on)) conditions.push({ expr, uses: uses(expr), of: left ? index : null });
  });
  const bound = new Set<number>();
  const done = new Set<Condition>();
  const steps: Step[] = [];
  while (steps.length < query.from.length) {
    const index = nextTable(query.from, conditions, bound, scope);
    const item = query.from[index]!;
    const own = conditions.filter((condition) => condition.of === index || (condition.of === null && !item.left));
    const access = accessOf(index, own, bound, scope);
    bound.add(index);
    const ready = (condition: Condition): boolean =>
      !done.has(condition) && [...condition.uses].every((table) => bound.has(table));
    const on = conditions.filter((condition) => condition.of === index);
    const where = conditions.filter((condition) => condition.of === null && ready(condition));
    for (const condition of [...on, ...where]) done.add(condition);
    const table = scope.tables[index]!.table;
    steps.push({
      index,
      left: item.left,
      on: on.map(({ expr }) => compileTest(expr, scope, compilation)),
      where: where.map(({ expr }) => compileTest(expr, scope, compilation)),
      candidates: access ? byIndex(access, table.find.get(access.column)!, scope, compilation) : () => table.rows(),
    });
  }
  return steps;
}

/** A table whose index can be asked with what is bound; else the first one that is not a waiting left join. */
function nextTable(from: FromItem[], conditions: Condition[], bound: Set<number>, scope: Scope): number {
  const open = from.map((_, index) => index).filter((index) => !bound.has(index) && isPossible(index));
  function isPossible(index: number): boolean {
    const needs = conditions.filter((condition) => condition.of === index).flatMap((condition) => [...condition.uses]);
    return (
      !from[index]!.left ||
      (needs.every((table) => table === index || bound.has(table)) &&
        from.slice(0, index).every((_, before) => bound.has(before) || from[before]!.left))
    );
  }
  const indexed = open.find(
    (index) =>
      accessOf(
        index,
        conditions.filter(({ of }) => of === null || of === index),
        bound,
        scope,
      ) !== null,
  );
  return indexed ?? open[0] ?? from.findIndex((_, index) => !bound.has(index));
}

interface Access {
  column: string;
  keys: Expr[];
}

/** A condition `column = …` or `column IN (…)` on an indexed column, whose other side is already known. */
function accessOf(index: number, conditions: Condition[], bound: Set<number>, scope: Scope): Access | null {
  for (const { expr, uses } of conditions) {
    if (!uses.has(index) || ![...uses].every((table) => table === index || bound.has(table))) continue;
    const candidates: [Expr, Expr[]][] =
      expr.kind === 'binary' && expr.op === '='
        ? [
            [expr.left, [expr.right]],
            [expr.right, [expr.left]],
          ]
        : expr.kind === 'in' && !expr.negated && Array.isArray(expr.list)
          ? [[expr.arg, expr.list]]
          : [];
    for (const [side, keys] of candidates) {
      if (side.kind !== 'column' || keys.some((key) => mentions(key, index, scope))) continue;
      const { depth, index: table, name } = resolve(scope, side.table, side.name);
      if (depth === 0 && table === index && scope.tables[index]!.table.find.has(name)) return { column: name, keys };
    }
  }
  return null;
}

function byIndex(
  access: Access,
  find: (key: string) => Iterable<object>,
  scope: Scope,
  compilation: Compilation,
): (env: Env) => Iterable<object> {
  const keys: Evaluate[] = access.keys.map((key) => compileValue(key, scope, compilation));
  return function* candidates(env) {
    const seen = new Set<string>();
    for (const key of keys) {
      const value = key(env);
      const text = textOfValue(value);
      if (value === null || seen.has(text)) continue;
      seen.add(text);
      yield* find(text);
    }
  };
}

function mentions(expr: Expr, index: number, scope: Scope): boolean {
  if (expr.kind === 'subquery') return true;
  if (expr.kind !== 'column') return partsOf(expr).some((part) => mentions(part, index, scope));
  const { depth, index: table } = resolve(scope, expr.table, expr.name);
  return depth === 0 && table === index;
}

/** Tables of this FROM that an expression needs; a subquery that looks outside needs all of them. */
function tablesIn(expr: Expr, scope: Scope, compilation: Compilation): Set<number> {
  if (expr.kind === 'column') {
    const { depth, index } = resolve(scope, expr.table, expr.name);
    return new Set(depth === 0 ? [index] : []);
  }
  const inner =
    expr.kind === 'subquery' || expr.kind === 'exists'
      ? expr.query
      : expr.kind === 'in' && !Array.isArray(expr.list)
        ? expr.list
        : null;
  if (inner && compilation.query(inner, scope).correlated) return new Set(scope.tables.keys());
  return new Set(partsOf(expr).flatMap((part) => [...tablesIn(part, scope, compilation)]));
}
