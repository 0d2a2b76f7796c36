import { invalidQuery } from '../refusal.ts';

export type Token =
  | { kind: 'word'; text: string; upper: string }
  | { kind: 'text'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'symbol'; text: string }
  | { kind: 'end'; text: '' };

const PATTERN =
  /\s+|--[^\n]*|([A-Za-z_][A-Za-z0-9_]*)|"([^"]*)"|'((?:[^']|'')*)'|(\d+(?:\.\d+)?|\.\d+)|(<>|!=|<=|>=|\|\||[-+*/=<>(),.?;])/y;

/** Splits a query into words, texts, numbers and symbols. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  for (let at = 0; at < query.length; at = PATTERN.lastIndex) {
    const match = PATTERN.exec(query);
    if (!match) throw invalidQuery(`the query cannot be read at: ${query.slice(at, at + 20)}`);
    const [, word, quoted, text, digits, symbol] = match;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, upper: word.toUpperCase() });
    else if (quoted !== undefined) tokens.push({ kind: 'word', text: quoted, upper: `"${quoted}"` });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (digits !== undefined) tokens.push({ kind: 'number', text: digits });
    else if (symbol !== undefined && symbol !== ';') tokens.push({ kind: 'symbol', text: symbol });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}
