/** What zod found, in words: one sentence a place. */
import { z } from 'zod';
import { marketplaceById, MARKETPLACES } from './marketplaces.ts';
import { nearestOf } from './near-miss.ts';
import type { ConfigPath } from './yaml-place.ts';

export interface ConfigProblem {
  path: ConfigPath;
  what: string;
}
type Issue = z.core.$ZodIssue;

/** @param data what the file holds  @param schema what it should be, for the names that it knows */
export function explainIssue(issue: Issue, data: unknown, schema: z.ZodType): ConfigProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownNames(schema, path);
    return issue.keys.map((key) => ({ path: [...path, key], what: unknownSetting(key, known) }));
  }
  const value = valueAt(data, path);
  if (value === undefined || value === null)
    return [{ path, what: issue.code === 'invalid_value' ? `missing: ${choices(issue.values)}` : 'missing' }];
  if (typeof value === 'number' && expectsText(issue))
    return [{ path, what: `${value} is a number; write "${value}"` }];
  return [{ path, what: explainValue(issue, value) }];
}

function explainValue(issue: Issue, value: unknown): string {
  const shown = typeof value === 'object' || isSecretLike(value) ? 'this' : JSON.stringify(value);
  switch (issue.code) {
    case 'invalid_value':
      return `${shown} is not ${choices(issue.values)}${suggestion(value, issue.values.map(String))}`;
    case 'invalid_type':
      return `${shown} is not ${issue.expected === 'string' ? 'text' : `of type ${issue.expected}`}`;
    case 'invalid_format':
      return `${shown} ${formatSentence(issue)}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'is empty'
        : issue.origin === 'array'
          ? `needs at least ${issue.minimum}`
          : `${shown} is less than ${issue.minimum}`;
    case 'too_big':
      return `${shown} is more than ${issue.maximum}`;
    case 'custom':
      return `${shown} ${issue.message}${issue.message.includes('marketplace') ? marketplaceSuggestion(value) : ''}`;
    case 'invalid_union':
      return issue.path.includes('statementColumns')
        ? `${shown} ${issue.message}`
        : `${shown} is neither an account number in quotes nor one for each currency`;
    default:
      return `${shown}: ${issue.message}`;
  }
}

/** A secret that somebody typed where none belongs is not said again: those of Amazon and Slack by their form, keys, and whatever is as long as one. */
function isSecretLike(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    (/^(amzn1\.|Atz[ar]\||xox|-----BEGIN)|hooks\.slack\.com/.test(value) || /[A-Za-z0-9+/=_-]{32,}/.test(value))
  );
}

function formatSentence(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'datetime') return 'is not an instant in UTC like 2026-10-01T07:00:00Z';
  if (issue.format === 'url') return 'is not an address like https://example.com';
  return issue.message.startsWith('is ') ? issue.message : 'is not written rightly';
}

function choices(values: readonly unknown[]): string {
  return values.length > 6 ? 'one of the known names' : values.map(String).join(' or ');
}

function suggestion(value: unknown, candidates: readonly string[]): string {
  const nearest = typeof value === 'string' ? nearestOf(value, candidates) : null;
  return nearest ? `; did you mean ${nearest}?` : '';
}

function marketplaceSuggestion(value: unknown): string {
  const nearest =
    typeof value === 'string'
      ? nearestOf(
          value,
          MARKETPLACES.map(({ id }) => id),
        )
      : null;
  return nearest ? `; did you mean ${nearest} (${marketplaceById(nearest)!.domain})?` : '';
}

function unknownSetting(key: string, known: readonly string[]): string {
  if (/secret|token|password|private-?key/i.test(key)) return 'is not a setting: secrets come from the environment';
  return `is not a setting${suggestion(key, known)}`;
}

function expectsText(issue: Issue): boolean {
  return issue.code === 'invalid_union' || (issue.code === 'invalid_type' && issue.expected === 'string');
}

function valueAt(data: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    data,
  );
}

/** Names that the schema knows at a path. */
function knownNames(schema: z.ZodType, path: ConfigPath): string[] {
  const found = path.reduce<unknown>((at, step) => {
    const inner = unwrapped(at);
    if (inner instanceof z.ZodObject) return (inner.shape as Record<PropertyKey, unknown>)[step];
    return inner instanceof z.ZodArray ? inner.element : undefined;
  }, schema);
  const inner = unwrapped(found);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}
