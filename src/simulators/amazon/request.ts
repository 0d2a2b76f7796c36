import type { AmazonState } from './state.ts';
import { invalid } from './answers.ts';
import { requestedInstant, shifted, MINUTE } from './instants.ts';

/** One call of an operation, read as far as every operation needs it. */
export interface ApiCall {
  state: AmazonState;
  /** Demo clock, as an instant. */
  now: string;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed JSON body, null when there was none. */
  body: unknown;
  /** Beginning of the addresses under which this caller finds documents. */
  documentBase: string;
}

/** A list parameter: comma separated, repeated, or both. */
export function listOf(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}

export function limitedList(query: URLSearchParams, name: string, most: number): string[] {
  const values = listOf(query, name);
  if (values.length > most) throw invalid(`${name} takes at most ${most} values.`);
  return values;
}

export function instantParam(query: URLSearchParams, name: string): string | null {
  const text = query.get(name);
  if (text === null) return null;
  const instant = requestedInstant(text);
  if (instant === null) throw invalid(`${name} is not a date and time in ISO 8601 format.`);
  return instant;
}

export function numberParam(query: URLSearchParams, name: string, least: number, most: number, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalid(`${name} must be between ${least} and ${most}.`);
  return value;
}

/** Amazon's two-minute rule: an upper bound must lie at least two minutes before the request. */
export function twoMinutesAgo(now: string): string {
  return shifted(now, -2 * MINUTE);
}

export function refuseYoungerThanTwoMinutes(instant: string | null, name: string, now: string): void {
  if (instant !== null && instant > twoMinutesAgo(now))
    throw invalid(`${name} must be at least two minutes before the time of the request.`);
}

/** The parameters that must stay the same from page to page: all but those named. */
export function queryBeside(query: URLSearchParams, ...free: readonly string[]): string {
  return [...query]
    .filter(([name]) => !free.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
}

/** A paging token: opaque to the caller, the place and the query inside. */
export function sealToken(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

export function openToken<T extends object>(token: string, name: string): T {
  try {
    const content = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as T | null;
    if (content !== null && typeof content === 'object') return content;
  } catch {
    /* told below */
  }
  throw invalid(`${name} is not valid.`);
}
