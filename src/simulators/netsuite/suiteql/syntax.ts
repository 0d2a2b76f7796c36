/** The tree of a query. */
export type Expr =
  | { kind: 'literal'; value: string; numeric: boolean }
  | { kind: 'null' }
  | { kind: 'param'; index: number }
  | { kind: 'column'; table: string | null; name: string }
  | { kind: 'call'; name: string; args: Expr[]; distinct: boolean; star: boolean }
  | { kind: 'binary'; op: BinaryOp; left: Expr; right: Expr }
  | { kind: 'negate'; arg: Expr }
  | { kind: 'not'; arg: Expr }
  | { kind: 'in'; arg: Expr; list: Expr[] | Query; negated: boolean }
  | { kind: 'between'; arg: Expr; low: Expr; high: Expr; negated: boolean }
  | { kind: 'like'; arg: Expr; pattern: Expr; negated: boolean }
  | { kind: 'isNull'; arg: Expr; negated: boolean }
  | { kind: 'case'; operand: Expr | null; whens: { when: Expr; then: Expr }[]; otherwise: Expr | null }
  | { kind: 'subquery'; query: Query }
  | { kind: 'exists'; query: Query };

export type BinaryOp = 'AND' | 'OR' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '||';

export interface Query {
  distinct: boolean;
  /** `expr` null: all columns, of one table when `table` is given. */
  select: { expr: Expr | null; table: string | null; alias: string | null }[];
  from: FromItem[];
  where: Expr | null;
  groupBy: Expr[];
  having: Expr | null;
  orderBy: { expr: Expr; descending: boolean; nullsFirst: boolean | null }[];
  skip: number;
  fetch: number | null;
}

export interface FromItem {
  source: string | Query;
  alias: string;
  left: boolean;
  on: Expr | null;
}

/** The parts of an expression, in order. Subqueries are not entered. */
export function partsOf(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'call':
      return expr.args;
    case 'binary':
      return [expr.left, expr.right];
    case 'negate':
    case 'not':
    case 'isNull':
      return [expr.arg];
    case 'in':
      return Array.isArray(expr.list) ? [expr.arg, ...expr.list] : [expr.arg];
    case 'between':
      return [expr.arg, expr.low, expr.high];
    case 'like':
      return [expr.arg, expr.pattern];
    case 'case':
      return [
        ...(expr.operand ? [expr.operand] : []),
        ...expr.whens.flatMap(({ when, then }) => [when, then]),
        ...(expr.otherwise ? [expr.otherwise] : []),
      ];
    default:
      return [];
  }
}

const AGGREGATES = new Set(['COUNT', 'SUM', 'MIN', 'MAX', 'AVG']);

export function isAggregate(expr: Expr): boolean {
  return expr.kind === 'call' && AGGREGATES.has(expr.name);
}

export function hasAggregate(expr: Expr): boolean {
  return isAggregate(expr) || partsOf(expr).some(hasAggregate);
}

/** The conditions that an AND joins. */
export function conjuncts(expr: Expr | null): Expr[] {
  if (expr === null) return [];
  return expr.kind === 'binary' && expr.op === 'AND' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];
}
