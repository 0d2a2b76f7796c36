/** A whole query: tables, joins, groups, order. */
import type { Company } from '../company.ts';
import { usDate } from '../calendar.ts';
import { invalidQuery } from '../refusal.ts';
import {
  compileTest,
  compileValue,
  resolve,
  unknownIdentifier,
  type Compilation,
  type CompiledQuery,
  type Scope,
} from './compile.ts';
import type { Env, Evaluate, Rows } from './evaluate.ts';
import { compileJoin } from './join.ts';
import { parseQuery } from './parser.ts';
import { withoutRownum } from './rownum.ts';
import { hasAggregate, isAggregate, partsOf, type Expr, type FromItem, type Query } from './syntax.ts';
import { defineTable, type Table } from './table.ts';
import { itemTables } from './tables-items.ts';
import { listTables } from './tables-lists.ts';
import { transactionTables } from './tables-transactions.ts';
import { compare, parseNumber, SqlDate, textOfValue, type Value } from './value.ts';

export type ResultRow = Record<string, string>;

/** Runs a query. Every value comes back as text, a null is left out (NetSuite: NSHELP section_157909186990). */
export function runQuery(company: Company, text: string, params: readonly (string | number)[]): ResultRow[] {
  const tables = new Map(
    [...transactionTables(company), ...listTables(company), ...itemTables(company)].map((table) => [table.name, table]),
  );
  const compilation: Compilation = {
    params: params.map((param) => (typeof param === 'number' ? parseNumber(String(param)) : param)),
    today: () => company.today(),
    query: (query, outer) => compileQuery(query, outer, tables, compilation),
  };
  const compiled = compileQuery(parseQuery(text), null, tables, compilation);
  return compiled.run(null).map((values) => {
    const row: ResultRow = {};
    values.forEach((value, index) => {
      if (value !== null) row[compiled.columns[index]!] = shown(company, value);
    });
    return row;
  });
}

function shown(company: Company, value: Exclude<Value, null>): string {
  if (value instanceof SqlDate) return company.switches.dateFormat === 'M/D/YYYY' ? usDate(value.day) : value.day;
  return textOfValue(value);
}

interface Output {
  name: string;
  expr: Expr;
}

function compileQuery(
  written: Query,
  outer: Scope | null,
  tables: ReadonlyMap<string, Table>,
  compilation: Compilation,
): CompiledQuery {
  const { where, rows: most } = withoutRownum(written.where);
  const query: Query = { ...written, where };
  const scope: Scope = {
    tables: query.from.map((item) => ({
      alias: item.alias.toLowerCase(),
      written: typeof item.source === 'string' ? item.source : item.alias,
      table: tableOf(item, tables, compilation, outer),
    })),
    outer,
    correlated: false,
  };
  const join = compileJoin(query, scope, compilation);
  const outputs = outputsOf(query, scope);
  const grouped = query.groupBy.length > 0 || query.having !== null || outputs.some(({ expr }) => hasAggregate(expr));
  const orders = query.orderBy.map(({ expr, ...rest }) => ({ ...rest, expr: orderedExpr(expr, outputs, scope) }));
  if (grouped)
    refuseUngrouped([...outputs.map(({ expr }) => expr), ...orders.map(({ expr }) => expr)], query.groupBy, scope);
  const selects = outputs.map(({ expr }) => compileValue(expr, scope, compilation));
  const groupKeys = query.groupBy.map((expr) => compileValue(expr, scope, compilation));
  const having = query.having ? compileTest(query.having, scope, compilation) : null;
  const sorters = orders.map(({ expr, ...rest }) => ({ ...rest, value: compileValue(expr, scope, compilation) }));
  const run = (outerEnv: Env | null): Value[][] => {
    const matches: Rows[] = [];
    join(outerEnv, (rows) => {
      if (matches.length < most) matches.push(rows);
    });
    let envs: Env[] = grouped
      ? groupsOf(matches, groupKeys, outerEnv)
      : matches.map((rows) => ({ rows, members: null, outer: outerEnv }));
    if (having) envs = envs.filter((env) => having(env) === true);
    if (sorters.length > 0) envs = sorted(envs, sorters);
    let rows = envs.map((env) => selects.map((select) => select(env)));
    if (query.distinct)
      rows = [
        ...new Map(
          rows.map((row) => [row.map((value) => `${typeof value}${textOfValue(value)}`).join(' '), row]),
        ).values(),
      ];
    return query.skip > 0 || query.fetch !== null
      ? rows.slice(query.skip, query.fetch === null ? undefined : query.skip + query.fetch)
      : rows;
  };
  return {
    columns: outputs.map(({ name }) => name),
    run,
    get correlated() {
      return scope.correlated;
    },
  };
}

function tableOf(
  item: FromItem,
  tables: ReadonlyMap<string, Table>,
  compilation: Compilation,
  outer: Scope | null,
): Table {
  if (typeof item.source === 'string') {
    const table = tables.get(item.source.toLowerCase());
    // Recorded for names that are no tables of the account: "Invalid search type: itemCustomField".
    if (!table) throw invalidQuery(`Invalid search type: ${item.source}`);
    return table;
  }
  const query = compilation.query(item.source, { tables: [], outer, correlated: false });
  const columns = Object.fromEntries(
    query.columns.map((name, index) => [name, (row: Value[]): Value => row[index] ?? null]),
  );
  return defineTable<Value[]>({ name: item.alias, rows: () => query.run(null), columns });
}

function outputsOf(query: Query, scope: Scope): Output[] {
  return query.select.flatMap(({ expr, table, alias }, index): Output[] => {
    if (expr)
      return [{ expr, name: (alias ?? (expr.kind === 'column' ? expr.name : `expr${index + 1}`)).toLowerCase() }];
    const wanted = scope.tables.filter((entry) => table === null || entry.alias === table.toLowerCase());
    if (wanted.length === 0) throw unknownIdentifier(scope, String(table));
    return wanted.flatMap((entry) =>
      [...entry.table.columns.keys()].map((name) => ({
        name,
        expr: { kind: 'column' as const, table: entry.alias, name },
      })),
    );
  });
}

/** ORDER BY takes an alias, a position or an expression. */
function orderedExpr(expr: Expr, outputs: Output[], scope: Scope): Expr {
  if (expr.kind === 'literal' && expr.numeric) {
    const output = outputs[Number(expr.value) - 1];
    if (!output) throw invalidQuery(`ORDER BY ${expr.value} names no column`);
    return output.expr;
  }
  if (expr.kind !== 'column' || expr.table !== null) return expr;
  const output = outputs.find(({ name }) => name === expr.name.toLowerCase());
  if (output) return output.expr;
  resolve(scope, expr.table, expr.name);
  return expr;
}

function groupsOf(matches: Rows[], keys: Evaluate[], outer: Env | null): Env[] {
  if (keys.length === 0) return [{ rows: matches[0] ?? [], members: matches, outer }];
  const groups = new Map<string, Rows[]>();
  for (const rows of matches) {
    const env: Env = { rows, members: null, outer };
    const key = keys
      .map((evaluate) => {
        const value = evaluate(env);
        return value === null ? 'null' : `=${textOfValue(value)}`;
      })
      .join(' ');
    const members = groups.get(key);
    if (members) members.push(rows);
    else groups.set(key, [rows]);
  }
  return [...groups.values()].map((members) => ({ rows: members[0]!, members, outer }));
}

function sorted(envs: Env[], sorters: { value: Evaluate; descending: boolean; nullsFirst: boolean | null }[]): Env[] {
  const keyed = envs.map((env) => ({ env, keys: sorters.map(({ value }) => value(env)) }));
  keyed.sort((a, b) => {
    for (const [index, { descending, nullsFirst }] of sorters.entries()) {
      const [left, right] = [a.keys[index] ?? null, b.keys[index] ?? null];
      if (left === null && right === null) continue;
      if (left === null || right === null) return (left === null) === (nullsFirst ?? descending) ? -1 : 1;
      const order = compare(left, right) ?? 0;
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ env }) => env);
}

/** Every column outside an aggregate must be one of the grouped expressions, as Oracle wants it. */
function refuseUngrouped(exprs: Expr[], groupBy: Expr[], scope: Scope): void {
  const keyOf = (expr: Expr): string =>
    JSON.stringify(expr, (_name, part: Expr | null) => {
      if (part?.kind !== 'column') return part;
      const { depth, index, name } = resolve(scope, part.table, part.name);
      return `${depth}.${index}.${name}`;
    });
  const grouped = new Set(groupBy.map(keyOf));
  const check = (expr: Expr): void => {
    if (isAggregate(expr) || grouped.has(keyOf(expr))) return;
    if (expr.kind === 'column') throw invalidQuery(`'${expr.name}' is not a GROUP BY expression`);
    partsOf(expr).forEach(check);
  };
  exprs.forEach(check);
}
