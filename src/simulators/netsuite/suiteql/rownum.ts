/** `ROWNUM <= n` beside the other conditions of WHERE: so many rows are taken before anything is grouped or sorted, as in Oracle. */
import { conjuncts, type Expr } from './syntax.ts';

/** The conditions without it, and how many rows it leaves. */
export function withoutRownum(where: Expr | null): { where: Expr | null; rows: number } {
  let rows = Infinity;
  const rest = conjuncts(where).filter((expr) => {
    const most = limitOf(expr);
    if (most !== null) rows = Math.min(rows, most);
    return most === null;
  });
  const [first = null, ...more] = rest;
  return {
    where:
      first === null ? null : more.reduce<Expr>((left, right) => ({ kind: 'binary', op: 'AND', left, right }), first),
    rows,
  };
}

function limitOf(expr: Expr): number | null {
  if (
    expr.kind !== 'binary' ||
    expr.left.kind !== 'column' ||
    expr.left.table !== null ||
    expr.left.name.toLowerCase() !== 'rownum'
  )
    return null;
  if (expr.right.kind !== 'literal' || !expr.right.numeric) return null;
  const bound = Number(expr.right.value);
  return expr.op === '<=' ? bound : expr.op === '<' ? Math.ceil(bound) - 1 : null;
}
