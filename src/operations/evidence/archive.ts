/** Evidence as one ZIP: the page, each table as CSV, the files as received, and the hash of each. Same facts, same bytes. */
import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import type { Evidence } from '../../domain/proof/evidence.ts';
import { asCsv } from './csv.ts';
import { fileOf, renderPage } from './page.ts';

/** The earliest day that the format can say: no clock is in an archive. Local, as the format is. */
const NO_TIME = new Date(1980, 0, 1);
const HASHES = 'SHA256SUMS';

export interface Archive {
  bytes: Uint8Array;
  /** SHA-256 in hex. */
  hash: string;
  files: number;
}

export function archiveOf(evidence: Evidence): Archive {
  const texts = [
    ['index.html', renderPage(evidence)],
    ...evidence.tables.map(({ name, columns, rows }) => [
      fileOf(name),
      asCsv(
        columns.map(({ head }) => head),
        rows,
      ),
    ]),
  ] as [string, string][];
  const files = [
    ...texts.map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
    ...evidence.files,
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sums = files.map(({ path, bytes }) => `${sha256(bytes)}  ${path}\n`).join('');
  const entries: Zippable = {};
  for (const { path, bytes } of [...files, { path: HASHES, bytes: new TextEncoder().encode(sums) }])
    entries[`${evidence.name}/${path}`] = bytes;
  const bytes = zipSync(entries, { mtime: NO_TIME, os: 0, attrs: 0 });
  return { bytes, hash: sha256(bytes), files: files.length + 1 };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
