import type { IncomingHttpHeaders } from 'node:http';
import { isFields, type Json, type JsonFields } from '../json.ts';
import { malformed } from '../refusal.ts';

export interface ApiRequest {
  method: string;
  /** As sent, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  text: string;
  /** Address of this server, for links and `Location`. */
  origin: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: Json;
}

/** The JSON object in the body; an empty body is an empty object. */
export function bodyOf({ text }: ApiRequest): JsonFields {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    throw malformed();
  }
  throw malformed();
}

/** Words of the `Prefer` header. */
export function prefers({ headers }: ApiRequest, word: string): boolean {
  return String(headers['prefer'] ?? '')
    .toLowerCase()
    .split(/[,;]\s*/)
    .includes(word);
}
