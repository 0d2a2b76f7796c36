import { gzipSync } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answers.ts';
import { seededCode, seededUuid } from './seeded.ts';
import type { AmazonState, StoredDocument } from './state.ts';

export const DOCUMENT_PATH = '/documents-store';
export const DOCUMENT_HOST = 'tortuga-prod-na.s3-external-1.amazonaws.com';

/** The id of a document in Amazon's form, always the same for one name. */
export function documentIdOf(name: string): string {
  return `amzn1.tortuga.3.${seededUuid(name)}.T${seededCode(name, 13)}`;
}

const packed = new WeakMap<StoredDocument, Buffer>();

/**
 * The document store: a plain GET of a signed address. After five real minutes, or with headers of SP-API that the
 * signature does not cover, it answers 403 in XML as S3 does.
 */
export function openDocument(state: AmazonState, key: string, headers: IncomingHttpHeaders): Answer {
  const signed = state.signedDocument(key);
  if (!signed) return accessDenied('Request has expired');
  if (headers['x-amz-access-token'] !== undefined)
    return accessDenied('There were headers present in the request which were not signed');
  const { document, encoded } = signed;
  return {
    status: 200,
    headers: { 'content-type': document.contentType, ...(document.gzip && encoded && { 'content-encoding': 'gzip' }) },
    body: document.gzip ? gzipped(document) : Buffer.from(document.bytes),
  };
}

function gzipped(document: StoredDocument): Buffer {
  const known = packed.get(document);
  if (known) return known;
  const bytes = gzipSync(document.bytes);
  packed.set(document, bytes);
  return bytes;
}

export const accessDenied = (message: string): Answer => refusedByStore(403, 'AccessDenied', message);
export const noSuchKey = (): Answer => refusedByStore(404, 'NoSuchKey', 'The specified key does not exist.');

function refusedByStore(status: number, code: string, message: string): Answer {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(xml) };
}
