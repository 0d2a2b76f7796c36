/** SuiteQL, an Oracle-like SELECT (NetSuite: NSHELP section_157909186990), read by recursive descent. */
import { invalidQuery } from '../refusal.ts';
import { tokenize, type Token } from './lexer.ts';
import type { FromItem, Query } from './syntax.ts';
import { ExpressionParser } from './expression-parser.ts';

/** Words that end a table or column name, so that they are not taken for an alias. */
const RESERVED = new Set([
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'FETCH',
  'OFFSET',
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'OUTER',
  'ON',
  'AND',
  'OR',
  'UNION',
  'AS',
  'LIMIT',
]);

export function parseQuery(text: string): Query {
  const parser = new QueryParser(tokenize(text));
  const query = parser.query();
  parser.expectEnd();
  return query;
}

class QueryParser extends ExpressionParser {
  constructor(tokens: Token[]) {
    super(tokens);
    this.subquery = () => this.query();
  }

  query(): Query {
    this.expectWord('SELECT');
    const distinct = this.word('DISTINCT');
    const select = this.list(() => this.selected());
    this.expectWord('FROM');
    const from = [this.table(false)];
    for (let next = this.join(); next; next = this.join()) from.push(next);
    const where = this.word('WHERE') ? this.expression() : null;
    const groupBy = this.words('GROUP', 'BY') ? this.list(() => this.expression()) : [];
    const having = this.word('HAVING') ? this.expression() : null;
    const orderBy = this.words('ORDER', 'BY') ? this.list(() => this.ordered()) : [];
    const skip = this.word('OFFSET') ? this.count() : 0;
    const fetch = this.word('FETCH') ? this.count() : null;
    return { distinct, select, from, where, groupBy, having, orderBy, skip, fetch };
  }

  private selected(): Query['select'][number] {
    if (this.symbol('*')) return { expr: null, table: null, alias: null };
    if (this.peek().kind === 'word' && this.peek(1).text === '.' && this.peek(2).text === '*') {
      const table = this.name();
      this.position += 2;
      return { expr: null, table, alias: null };
    }
    const expr = this.expression();
    return { expr, table: null, alias: this.alias() };
  }

  private alias(): string | null {
    if (this.word('AS')) return this.name();
    const token = this.peek();
    return token.kind === 'word' && !RESERVED.has(token.upper) ? this.name() : null;
  }

  private table(left: boolean): FromItem {
    if (this.symbol('(')) {
      const source = this.query();
      this.expectSymbol(')');
      const alias = this.alias();
      if (alias === null) throw invalidQuery('a query in FROM needs a name');
      return { source, alias, left, on: null };
    }
    const source = this.name();
    return { source, alias: this.alias() ?? source, left, on: null };
  }

  private join(): FromItem | null {
    if (this.symbol(',') || this.words('CROSS', 'JOIN')) return this.table(false);
    const left = this.words('LEFT', 'OUTER', 'JOIN') || this.words('LEFT', 'JOIN');
    if (!left && !this.words('INNER', 'JOIN') && !this.word('JOIN')) return null;
    const item = this.table(left);
    this.expectWord('ON');
    return { ...item, on: this.expression() };
  }

  private ordered(): Query['orderBy'][number] {
    const expr = this.expression();
    const descending = this.word('DESC');
    if (!descending) this.word('ASC');
    const nullsFirst = this.words('NULLS', 'FIRST') ? true : this.words('NULLS', 'LAST') ? false : null;
    return { expr, descending, nullsFirst };
  }

  /** `n ROWS`, `FIRST n ROWS ONLY`. */
  private count(): number {
    if (!this.word('FIRST')) this.word('NEXT');
    const token = this.take();
    if (token.kind !== 'number') throw invalidQuery(`a number of rows was expected, not ${token.text}`);
    if (!this.word('ROWS')) this.word('ROW');
    this.word('ONLY');
    return Number(token.text);
  }
}
