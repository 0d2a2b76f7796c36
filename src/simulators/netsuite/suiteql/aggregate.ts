import { mulDiv } from '../decimal.ts';
import { invalidQuery } from '../refusal.ts';
import type { Env, Evaluate } from './evaluate.ts';
import type { Expr } from './syntax.ts';
import { asNumber, compare, number, textOfValue, type Value } from './value.ts';

/** COUNT, SUM, MIN, MAX and AVG over the rows of a group; nulls do not count. */
export function aggregate(call: Extract<Expr, { kind: 'call' }>, arg: Evaluate | null): Evaluate {
  if (call.star) return (env) => number(membersOf(env).length);
  if (!arg) throw invalidQuery(`${call.name} needs a column`);
  return (env) => {
    let values = membersOf(env)
      .map((rows) => arg({ rows, members: null, outer: env.outer }))
      .filter((value) => value !== null);
    if (call.distinct) values = [...new Map(values.map((value) => [textOfValue(value), value])).values()];
    return fold(call.name, values);
  };
}

function membersOf(env: Env): NonNullable<Env['members']> {
  if (!env.members) throw invalidQuery('an aggregate is not possible here');
  return env.members;
}

function fold(name: string, values: Value[]): Value {
  if (name === 'COUNT') return number(values.length);
  if (values.length === 0) return null;
  if (name === 'MIN' || name === 'MAX') {
    const sign = name === 'MIN' ? 1 : -1;
    return values.reduce((best, value) => ((compare(value, best) ?? 0) * sign < 0 ? value : best));
  }
  const sum = values.reduce<bigint>((total, value) => total + (asNumber(value) ?? 0n), 0n);
  return name === 'SUM' ? sum : mulDiv(sum, 1n, BigInt(values.length));
}
