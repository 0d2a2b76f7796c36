/** Expressions turned into functions over the rows that are bound. */
import { mulDiv } from '../decimal.ts';
import { invalidQuery } from '../refusal.ts';
import { aggregate } from './aggregate.ts';
import type { Env, Evaluate, Test } from './evaluate.ts';
import { FUNCTIONS } from './functions.ts';
import { isAggregate, type Expr, type Query } from './syntax.ts';
import type { Column, Table } from './table.ts';
import { asNumber, compare, number, ONE, parseNumber, SqlDate, Status, textOfValue, type Value } from './value.ts';

/** `written` is the table as FROM names it: NetSuite repeats it so. */
export interface Scope {
  tables: { alias: string; table: Table; written: string }[];
  outer: Scope | null;
  correlated: boolean;
}
export interface CompiledQuery {
  columns: string[];
  correlated: boolean;
  run(outer: Env | null): Value[][];
}
export interface Compilation {
  params: readonly Value[];
  today(): string;
  /** Compiles a query inside an expression. */
  query(query: Query, outer: Scope): CompiledQuery;
}

export interface Resolved {
  depth: number;
  index: number;
  column: Column;
  name: string;
}

export function resolve(scope: Scope, tableName: string | null, name: string): Resolved {
  const wanted = name.toLowerCase();
  let depth = 0;
  for (let at: Scope | null = scope; at; at = at.outer, depth += 1) {
    for (const [index, { alias, table }] of at.tables.entries()) {
      if (tableName !== null && alias !== tableName.toLowerCase()) continue;
      const column = table.columns.get(wanted);
      if (column) {
        for (let inner: Scope | null = scope, up = 0; inner && up < depth; inner = inner.outer, up += 1)
          inner.correlated = true;
        return { depth, index, column, name: wanted };
      }
      if (tableName !== null) throw invalidQuery(`Field '${name}' for record '${table.name}' was not found.`);
    }
  }
  throw unknownIdentifier(scope, tableName ?? name);
}

/** As netsuite-api-client's test against a real account has it: "…not_existing_field'. Available identifiers are: {customer=customer}". */
export function unknownIdentifier(scope: Scope, name: string): Error {
  const known: string[] = [];
  for (let at: Scope | null = scope; at; at = at.outer)
    for (const { alias, written } of at.tables) known.push(`${alias}=${written}`);
  return invalidQuery(`Unknown identifier '${name}'. Available identifiers are: {${known.join(', ')}}`);
}

export function compileValue(expr: Expr, scope: Scope, compilation: Compilation): Evaluate {
  const value = (part: Expr): Evaluate => compileValue(part, scope, compilation);
  switch (expr.kind) {
    case 'literal': {
      const constant = expr.numeric ? parseNumber(expr.value) : expr.value;
      return () => constant;
    }
    case 'null':
      return () => null;
    case 'param': {
      const constant = compilation.params[expr.index];
      if (constant === undefined) throw invalidQuery('there are fewer params than question marks');
      return () => constant;
    }
    case 'column': {
      const { depth, index, column } = resolve(scope, expr.table, expr.name);
      return (env) => readAt(env, depth, index, (row) => column.read(row));
    }
    case 'call':
      return compileCall(expr, scope, compilation);
    case 'negate': {
      const arg = value(expr.arg);
      return (env) => {
        const result = asNumber(arg(env));
        return result === null ? null : -result;
      };
    }
    case 'binary':
      return arithmetic(expr.op, value(expr.left), value(expr.right));
    case 'case': {
      const whens = expr.whens.map(({ when, then }) => ({
        test: compileTest(
          expr.operand ? { kind: 'binary', op: '=', left: expr.operand, right: when } : when,
          scope,
          compilation,
        ),
        then: value(then),
      }));
      const otherwise = expr.otherwise ? value(expr.otherwise) : (): Value => null;
      return (env) => (whens.find(({ test }) => test(env) === true)?.then ?? otherwise)(env);
    }
    case 'subquery': {
      const query = cached(compilation.query(expr.query, scope));
      return (env) => query(env)[0]?.[0] ?? null;
    }
    default:
      throw invalidQuery('a condition is used as a value');
  }
}

export function compileTest(expr: Expr, scope: Scope, compilation: Compilation): Test {
  const value = (part: Expr): Evaluate => compileValue(part, scope, compilation);
  const test = (part: Expr): Test => compileTest(part, scope, compilation);
  switch (expr.kind) {
    case 'not':
      return negate(test(expr.arg), true);
    case 'isNull': {
      const arg = value(expr.arg);
      return (env) => (arg(env) === null) !== expr.negated;
    }
    case 'between': {
      const [arg, low, high] = [value(expr.arg), value(expr.low), value(expr.high)];
      return negate((env) => {
        const [above, below] = [compare(arg(env), low(env)), compare(arg(env), high(env))];
        return above === null || below === null ? null : above >= 0 && below <= 0;
      }, expr.negated);
    }
    case 'like': {
      const [arg, pattern] = [value(expr.arg), value(expr.pattern)];
      return negate((env) => like(arg(env), pattern(env)), expr.negated);
    }
    case 'in':
      return negate(compileIn(expr.arg, expr.list, scope, compilation), expr.negated);
    case 'exists': {
      const query = cached(compilation.query(expr.query, scope));
      return (env) => query(env).length > 0;
    }
    case 'binary':
      return expr.op === 'AND' || expr.op === 'OR'
        ? both(expr.op, test(expr.left), test(expr.right))
        : comparison(expr.op, value(expr.left), value(expr.right));
    default:
      throw invalidQuery('a value is used as a condition');
  }
}

function compileCall(expr: Extract<Expr, { kind: 'call' }>, scope: Scope, compilation: Compilation): Evaluate {
  const args = expr.args.map((arg) => compileValue(arg, scope, compilation));
  if (isAggregate(expr)) return aggregate(expr, args[0] ?? null);
  if (expr.name === 'SYSDATE') return () => new SqlDate(compilation.today());
  if (expr.name === 'BUILTIN.DF') {
    const [arg] = expr.args;
    if (arg?.kind !== 'column') throw invalidQuery('BUILTIN.DF needs a column');
    const { depth, index, column } = resolve(scope, arg.table, arg.name);
    return (env) => readAt(env, depth, index, (row) => (column.display ? column.display(row) : column.read(row)));
  }
  const work = FUNCTIONS[expr.name];
  if (!work) throw invalidQuery(`the function ${expr.name} is not known to the simulator`);
  return (env) => work(...args.map((arg) => arg(env)));
}

/** `IN (…)`: a query that does not look outside is run once, and a long list is a set. */
function compileIn(arg: Expr, list: Expr[] | Query, scope: Scope, compilation: Compilation): Test {
  const left = compileValue(arg, scope, compilation);
  if (Array.isArray(list)) {
    const members = list.map((member) => compileValue(member, scope, compilation));
    // A date is met by its meaning, not by its text.
    const isDate = arg.kind === 'column' && resolve(scope, arg.table, arg.name).column.isDate;
    if (!isDate && list.every(({ kind }) => kind === 'literal' || kind === 'param')) {
      const empty: Env = { rows: [], members: null, outer: null };
      const keys = new Set(members.map((member) => textOfValue(member(empty))));
      return (env) => {
        const value = left(env);
        return value === null
          ? null
          : keys.has(textOfValue(value)) || (value instanceof Status && keys.has(value.qualified));
      };
    }
    return (env) => {
      const value = left(env);
      return value === null ? null : members.some((member) => compare(value, member(env)) === 0);
    };
  }
  const query = cached(compilation.query(list, scope));
  return (env) => {
    const value = left(env);
    return value === null ? null : query(env).some((row) => compare(value, row[0] ?? null) === 0);
  };
}

function cached(query: CompiledQuery): (env: Env) => Value[][] {
  let rows: Value[][] | null = null;
  return (env) => (query.correlated ? query.run(env) : (rows ??= query.run(env)));
}

function readAt(env: Env, depth: number, index: number, read: (row: object) => Value): Value {
  let at: Env = env;
  for (let up = 0; up < depth && at.outer; up += 1) at = at.outer;
  const row = at.rows[index];
  return row ? read(row) : null;
}

function arithmetic(op: string, left: Evaluate, right: Evaluate): Evaluate {
  if (op === '||') return (env) => textOfValue(left(env)) + textOfValue(right(env));
  return (env) => {
    const [first, second] = [left(env), right(env)];
    if (first instanceof SqlDate && typeof second === 'bigint' && (op === '+' || op === '-'))
      return shifted(first, op === '+' ? second : -second);
    const [a, b] = [asNumber(first), asNumber(second)];
    if (a === null || b === null) return null;
    switch (op) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return mulDiv(a, b, ONE);
      case '/':
        if (b === 0n) throw invalidQuery('division by zero');
        return mulDiv(a, ONE, b);
      default:
        throw invalidQuery('a condition is used as a value');
    }
  };
}

function shifted({ day, time }: SqlDate, days: bigint): SqlDate {
  return new SqlDate(
    new Date(Date.parse(day) + Number(days / number(1)) * 86_400_000).toISOString().slice(0, 10),
    time,
  );
}

function comparison(op: string, left: Evaluate, right: Evaluate): Test {
  return (env) => {
    const order = compare(left(env), right(env));
    if (order === null) return null;
    switch (op) {
      case '=':
        return order === 0;
      case '<>':
        return order !== 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
      default:
        throw invalidQuery('a value is used as a condition');
    }
  };
}

function both(op: 'AND' | 'OR', left: Test, right: Test): Test {
  const decisive = op === 'OR';
  return (env) => {
    const first = left(env);
    if (first === decisive) return decisive;
    const second = right(env);
    return second === decisive ? decisive : first === null || second === null ? null : !decisive;
  };
}

function negate(test: Test, negated: boolean): Test {
  if (!negated) return test;
  return (env) => {
    const result = test(env);
    return result === null ? null : !result;
  };
}

function like(value: Value, pattern: Value): boolean | null {
  if (value === null || pattern === null) return null;
  const expression = textOfValue(pattern)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  return new RegExp(`^${expression}$`).test(textOfValue(value));
}
