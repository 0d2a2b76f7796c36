import { invalidQuery } from '../refusal.ts';
import type { Token } from './lexer.ts';
import type { BinaryOp, Expr, Query } from './syntax.ts';

/** Token handling and expressions; `QueryParser` adds the clauses. */
export class ExpressionParser {
  protected position = 0;
  readonly #tokens: Token[];
  #params = 0;
  /** How a query inside an expression is read; set by the parser of queries. */
  protected subquery: () => Query = () => {
    throw invalidQuery('a query is not possible here');
  };

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw invalidQuery(`syntax error near: ${this.peek().text}`);
  }

  protected expression(): Expr {
    return this.leftToRight(() => this.conjunction(), { OR: 'OR' });
  }

  private conjunction(): Expr {
    return this.leftToRight(() => this.negation(), { AND: 'AND' });
  }

  private negation(): Expr {
    return this.word('NOT') ? { kind: 'not', arg: this.negation() } : this.comparison();
  }

  private comparison(): Expr {
    const left = this.sum();
    if (this.word('IS')) {
      const negated = this.word('NOT');
      this.expectWord('NULL');
      return { kind: 'isNull', arg: left, negated };
    }
    const negated = this.word('NOT');
    if (this.word('IN')) return this.inList(left, negated);
    if (this.word('LIKE')) return { kind: 'like', arg: left, pattern: this.sum(), negated };
    if (this.word('BETWEEN')) {
      const low = this.sum();
      this.expectWord('AND');
      return { kind: 'between', arg: left, low, high: this.sum(), negated };
    }
    if (negated) throw invalidQuery(`syntax error near: NOT ${this.peek().text}`);
    for (const op of ['=', '<>', '!=', '<=', '>=', '<', '>'] as const) {
      if (this.symbol(op)) return { kind: 'binary', op: op === '!=' ? '<>' : op, left, right: this.sum() };
    }
    return left;
  }

  private inList(arg: Expr, negated: boolean): Expr {
    this.expectSymbol('(');
    const list = this.isWord('SELECT') ? this.subquery() : this.list(() => this.expression());
    this.expectSymbol(')');
    return { kind: 'in', arg, list, negated };
  }

  private sum(): Expr {
    return this.leftToRight(() => this.product(), { '+': '+', '-': '-', '||': '||' });
  }

  private product(): Expr {
    return this.leftToRight(() => this.primary(), { '*': '*', '/': '/' });
  }

  private primary(): Expr {
    if (this.symbol('-')) return { kind: 'negate', arg: this.primary() };
    if (this.symbol('(')) {
      const inner: Expr = this.isWord('SELECT') ? { kind: 'subquery', query: this.subquery() } : this.expression();
      this.expectSymbol(')');
      return inner;
    }
    if (this.symbol('?')) return { kind: 'param', index: this.#params++ };
    if (this.isWord('CASE')) return this.caseExpression();
    if (this.isWord('EXISTS')) {
      this.position += 1;
      this.expectSymbol('(');
      const query = this.subquery();
      this.expectSymbol(')');
      return { kind: 'exists', query };
    }
    const token = this.peek();
    if (token.kind === 'text' || token.kind === 'number') {
      this.position += 1;
      return { kind: 'literal', value: token.text, numeric: token.kind === 'number' };
    }
    if (this.word('NULL')) return { kind: 'null' };
    return this.columnOrCall();
  }

  private columnOrCall(): Expr {
    const first = this.name();
    const second = this.symbol('.') ? this.name() : null;
    const name = second === null ? first : `${first}.${second}`;
    if (!this.symbol('(')) {
      if (second === null && ['sysdate', 'current_date'].includes(first.toLowerCase()))
        return { kind: 'call', name: 'SYSDATE', args: [], distinct: false, star: false };
      return second === null
        ? { kind: 'column', table: null, name: first }
        : { kind: 'column', table: first, name: second };
    }
    const star = this.symbol('*');
    const distinct = this.word('DISTINCT');
    const args = star || this.isSymbol(')') ? [] : this.list(() => this.expression());
    this.expectSymbol(')');
    return { kind: 'call', name: name.toUpperCase(), args, distinct, star };
  }

  private caseExpression(): Expr {
    this.expectWord('CASE');
    const operand = this.isWord('WHEN') ? null : this.expression();
    const whens: { when: Expr; then: Expr }[] = [];
    while (this.word('WHEN')) {
      const when = this.expression();
      this.expectWord('THEN');
      whens.push({ when, then: this.expression() });
    }
    const otherwise = this.word('ELSE') ? this.expression() : null;
    this.expectWord('END');
    return { kind: 'case', operand, whens, otherwise };
  }

  private leftToRight(operand: () => Expr, operators: Record<string, BinaryOp>): Expr {
    let left = operand();
    for (;;) {
      const token = this.peek();
      const op = operators[token.kind === 'word' ? token.upper : token.kind === 'symbol' ? token.text : ''];
      if (op === undefined) return left;
      this.position += 1;
      left = { kind: 'binary', op, left, right: operand() };
    }
  }

  protected list<T>(one: () => T): T[] {
    const all = [one()];
    while (this.symbol(',')) all.push(one());
    return all;
  }

  protected peek(ahead = 0): Token {
    return this.#tokens[this.position + ahead] ?? { kind: 'end', text: '' };
  }

  protected take(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  protected name(): string {
    const token = this.take();
    if (token.kind !== 'word') throw invalidQuery(`syntax error near: ${token.text}`);
    return token.text;
  }

  protected isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'word' && token.upper === word;
  }

  protected word(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.position += 1;
    return true;
  }

  /** Takes all of the words or none. */
  protected words(...words: string[]): boolean {
    const all = words.every((word, index) => {
      const token = this.peek(index);
      return token.kind === 'word' && token.upper === word;
    });
    if (all) this.position += words.length;
    return all;
  }

  protected isSymbol(symbol: string): boolean {
    return this.peek().kind === 'symbol' && this.peek().text === symbol;
  }

  protected symbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.position += 1;
    return true;
  }

  protected expectWord(word: string): void {
    if (!this.word(word)) throw invalidQuery(`syntax error near: ${this.peek().text}; expected ${word}`);
  }

  protected expectSymbol(symbol: string): void {
    if (!this.symbol(symbol)) throw invalidQuery(`syntax error near: ${this.peek().text}; expected ${symbol}`);
  }
}
