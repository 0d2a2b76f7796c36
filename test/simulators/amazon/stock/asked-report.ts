import { gunzipSync } from 'node:zlib';
import type { Started } from '../started-simulator.ts';

export const DETAIL = 'GET_LEDGER_DETAIL_VIEW_DATA';
export const SUMMARY = 'GET_LEDGER_SUMMARY_VIEW_DATA';
const REPORTS = '/reports/2021-06-30';

export interface Asked {
  start?: string;
  end?: string;
  options?: Record<string, string>;
  marketplaceIds?: string[];
}

/** Asks for a report as a client does and reads it: the state it ended in, and its text (null without a document). */
export async function askFor(
  started: Started,
  reportType: string,
  { start = '2026-10-01T07:00:00Z', end, options, marketplaceIds = ['ATVPDKIKX0DER'] }: Asked = {},
): Promise<{ status: string; text: string | null }> {
  const response = await started.post(`${REPORTS}/reports`, {
    reportType,
    marketplaceIds,
    dataStartTime: start,
    ...(end !== undefined && { dataEndTime: end }),
    ...(options && { reportOptions: options }),
  });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  const { reportId } = (await response.json()) as { reportId: string };
  started.passReal(1);
  const report = await started.json<{ processingStatus: string; reportDocumentId?: string }>(
    `${REPORTS}/reports/${reportId}`,
  );
  if (report.reportDocumentId === undefined) return { status: report.processingStatus, text: null };
  const document = await started.json<{ url: string; compressionAlgorithm?: string }>(
    `${REPORTS}/documents/${report.reportDocumentId}`,
  );
  const bytes = Buffer.from(await (await fetch(document.url)).arrayBuffer());
  const text = (document.compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString();
  return { status: report.processingStatus, text };
}

/** Rows of a report by column name; a report that was cancelled has none. */
export async function rowsOf(started: Started, type: string, asked: Asked = {}): Promise<Record<string, string>[]> {
  const { text } = await askFor(started, type, asked);
  const [header = [], ...rows] = (text ?? '')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')));
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

/** Chosen columns of each row, joined by blanks. */
export const cells = (rows: Record<string, string>[], ...columns: string[]): string[] =>
  rows.map((row) => columns.map((column) => row[column]).join(' '));

/** Adds to the stock, or turns its switches, by the simulator's own page. */
export function told(started: Started, body: object, page = '/admin/stock'): Promise<Response> {
  return fetch(`${started.simulator.url}${page}`, { method: 'POST', body: JSON.stringify(body) });
}
