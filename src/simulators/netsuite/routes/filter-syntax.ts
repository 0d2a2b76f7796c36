/** The words of a `q` filter, read by recursive descent: AND binds closer than OR, parentheses closest. */
import { invalidQuery } from '../refusal.ts';

export interface Condition {
  kind: 'condition';
  field: string;
  operator: string;
  values: string[];
}
export type FilterTree = Condition | { kind: 'AND' | 'OR'; parts: FilterTree[] };

interface Token {
  text: string;
  quoted: boolean;
}
const PATTERN = /\s*(?:"([^"]*)"|([()[\],])|([^\s()[\],"]+))/y;

export function readFilter(q: string): FilterTree {
  const reader = new FilterReader(tokensOf(q));
  return reader.all();
}

function tokensOf(q: string): Token[] {
  const tokens: Token[] = [];
  const text = q.trim();
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(text);
    if (!match) throw invalidQuery(`the filter cannot be read at: ${text.slice(at)}`);
    tokens.push(
      match[1] === undefined ? { text: match[2] ?? match[3] ?? '', quoted: false } : { text: match[1], quoted: true },
    );
  }
  return tokens;
}

class FilterReader {
  #at = 0;
  readonly #tokens: Token[];

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  all(): FilterTree {
    const tree = this.#joined('OR', () => this.#joined('AND', () => this.#single()));
    if (this.#at < this.#tokens.length) throw invalidQuery(`the filter cannot be read at: ${this.#peek()}`);
    return tree;
  }

  #joined(word: 'AND' | 'OR', part: () => FilterTree): FilterTree {
    const parts = [part()];
    while (this.#takeWord(word)) parts.push(part());
    return parts.length === 1 ? parts[0]! : { kind: word, parts };
  }

  #single(): FilterTree {
    if (this.#takeWord('(')) {
      const inner = this.#joined('OR', () => this.#joined('AND', () => this.#single()));
      this.#expect(')');
      return inner;
    }
    const field = this.#next().text;
    const operator = this.#next().text.toUpperCase();
    return { kind: 'condition', field, operator, values: operator.startsWith('EMPTY') ? [] : this.#values() };
  }

  /** One value, or several in brackets. */
  #values(): string[] {
    if (!this.#takeWord('[')) return [this.#next().text];
    const values = [this.#next().text];
    while (this.#takeWord(',')) values.push(this.#next().text);
    this.#expect(']');
    return values;
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? 'the end';
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (!token || (!token.quoted && '()[],'.includes(token.text)))
      throw invalidQuery(`the filter cannot be read at: ${this.#peek()}`);
    this.#at += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (!token || token.quoted || token.text.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#takeWord(word)) throw invalidQuery(`the filter cannot be read at: ${this.#peek()}; expected ${word}`);
  }
}
