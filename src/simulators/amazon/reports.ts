import type { GetReportsResponse, Report, ReportDocument } from '@sp-api-sdk/reports-api-2021-06-30';
import type { Answer } from './answers.ts';
import { invalid, notFound } from './answers.ts';
import { documentIdOf } from './documents.ts';
import { DAY, shifted } from './instants.ts';
import type { ApiCall } from './request.ts';
import { instantParam, limitedList, numberParam, openToken, sealToken } from './request.ts';
import { seededDigits } from './seeded.ts';
import type { AmazonState, RequestedReport } from './state.ts';
import type { WorldSettlement } from './world.ts';

/** Amazon's numbers of the report types that it makes by itself and refuses to make on request. */
export const UNREQUESTABLE: ReadonlyMap<string, number> = new Map([
  ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE', 1117],
  ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2', 1118],
]);
const RETENTION = 90 * DAY;
const STATUSES = ['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL'];

interface PageToken {
  reportTypes: string[];
  statuses: string[];
  marketplaceIds: string[];
  since: string;
  until: string;
  pageSize: number;
  offset: number;
}

/** GET /reports/2021-06-30/reports. `nextToken` goes alone; settlements come whatever `marketplaceIds` says, as they really do. */
export function getReports({ state, now, query }: ApiCall): Answer {
  const nextToken = query.get('nextToken');
  if (nextToken !== null && [...query.keys()].some((name) => name !== 'nextToken'))
    throw invalid('nextToken cannot be used with any other parameter.');
  const page = nextToken !== null ? openToken<PageToken>(nextToken, 'nextToken') : firstPage(query, now);
  const oldest = shifted(now, -RETENTION);
  const found = allReports(state, now)
    .filter(
      (report) =>
        page.reportTypes.includes(report.reportType) &&
        (page.statuses.length === 0 || page.statuses.includes(report.processingStatus)) &&
        (page.marketplaceIds.length === 0 ||
          UNREQUESTABLE.has(report.reportType) ||
          report.marketplaceIds?.some((id) => page.marketplaceIds.includes(id))) &&
        report.createdTime >= page.since &&
        report.createdTime >= oldest &&
        report.createdTime <= page.until,
    )
    .sort((a, b) =>
      a.createdTime === b.createdTime ? (a.reportId < b.reportId ? 1 : -1) : a.createdTime < b.createdTime ? 1 : -1,
    );
  const reached = page.offset + page.pageSize;
  return {
    status: 200,
    body: {
      reports: found.slice(page.offset, reached),
      ...(reached < found.length && { nextToken: sealToken({ ...page, offset: reached }) }),
    } satisfies GetReportsResponse,
  };
}

function firstPage(query: URLSearchParams, now: string): PageToken {
  const reportTypes = limitedList(query, 'reportTypes', 10);
  if (reportTypes.length === 0) throw invalid('Either reportTypes or nextToken is required.');
  const statuses = limitedList(query, 'processingStatuses', 5);
  const unknown = statuses.find((status) => !STATUSES.includes(status));
  if (unknown !== undefined) throw invalid(`processingStatuses has an invalid value: ${unknown}.`);
  return {
    reportTypes,
    statuses,
    marketplaceIds: limitedList(query, 'marketplaceIds', 10),
    since: instantParam(query, 'createdSince') ?? shifted(now, -RETENTION),
    until: instantParam(query, 'createdUntil') ?? now,
    pageSize: numberParam(query, 'pageSize', 1, 100, 10),
    offset: 0,
  };
}

/** GET /reports/2021-06-30/reports/{reportId} */
export function getReport({ state, now, params }: ApiCall): Answer {
  const requested = state.reports.get(params['reportId'] ?? '');
  if (requested) requested.looks += 1;
  const report = allReports(state, now).find((candidate) => candidate.reportId === params['reportId']);
  if (!report || report.createdTime < shifted(now, -RETENTION))
    throw notFound(`Report ${params['reportId']} was not found.`);
  return { status: 200, body: report };
}

/** GET /reports/2021-06-30/documents/{reportDocumentId}: an address that lives five minutes; a document lives 90 days. */
export function getReportDocument({ state, now, params, query, documentBase }: ApiCall): Answer {
  const reportDocumentId = params['reportDocumentId'] ?? '';
  rememberSettlementDocuments(state, now);
  const document = state.documents.get(reportDocumentId);
  if (!document) throw notFound(`Report document ${reportDocumentId} was not found.`);
  if (document.createdAt < shifted(now, -RETENTION)) throw invalid(`Report document ${reportDocumentId} has expired.`);
  const url = `${documentBase}/${state.signAddress(reportDocumentId, query.get('enableContentEncodingUrlHeader') === 'true')}?X-Amz-Expires=300`;
  return {
    status: 200,
    body: {
      reportDocumentId,
      url,
      ...(document.gzip && { compressionAlgorithm: 'GZIP' as const }),
    } satisfies ReportDocument,
  };
}

function allReports(state: AmazonState, now: string): Report[] {
  const settlements = state.world.settlements
    .filter((settlement) => settlement.publishedAt <= now)
    .flatMap((settlement) => settlementReports(state, settlement));
  return [...settlements, ...[...state.reports.values()].map((report) => requestedView(state, report))];
}

function settlementReports(state: AmazonState, settlement: WorldSettlement): Report[] {
  return (settlement.listedTwice ? [1, 2] : [1]).map(
    (listing) =>
      ({
        reportId: `5${seededDigits(`settlement ${settlement.settlementId} ${listing} ${settlement.publishedAt}`, 11)}`,
        reportType: settlement.reportType,
        createdTime: settlement.publishedAt,
        processingStatus: 'DONE',
        marketplaceIds: [state.world.marketplaces[(listing - 1) % state.world.marketplaces.length]?.id ?? ''],
        dataStartTime: settlement.start,
        dataEndTime: settlement.end,
        processingStartTime: settlement.publishedAt,
        processingEndTime: settlement.publishedAt,
        reportDocumentId: settlementDocumentId(settlement, listing),
      }) satisfies Report,
  );
}

/** In the queue at first, in progress at the second look, finished at the third or after 400 real milliseconds. */
function requestedView(state: AmazonState, report: RequestedReport): Report {
  const finished = report.looks >= 3 || state.clock.real() - report.createdRealMs >= 400;
  const processingStatus = finished ? report.outcome : report.looks >= 2 ? 'IN_PROGRESS' : 'IN_QUEUE';
  return {
    reportId: report.reportId,
    reportType: report.reportType,
    createdTime: report.createdAt,
    processingStatus,
    marketplaceIds: report.marketplaceIds,
    dataStartTime: report.dataStart,
    dataEndTime: report.dataEnd,
    ...(processingStatus !== 'IN_QUEUE' && { processingStartTime: report.createdAt }),
    ...(finished && { processingEndTime: report.createdAt }),
    ...(finished && report.documentId !== null && { reportDocumentId: report.documentId }),
  };
}

function rememberSettlementDocuments(state: AmazonState, now: string): void {
  for (const settlement of state.world.settlements) {
    if (settlement.publishedAt > now) continue;
    for (const listing of settlement.listedTwice ? [1, 2] : [1]) {
      const id = settlementDocumentId(settlement, listing);
      if (!state.documents.has(id))
        state.documents.set(id, {
          bytes: settlement.bytes,
          gzip: settlement.gzip,
          contentType: `text/plain; charset=${settlement.charset ?? 'UTF-8'}`,
          createdAt: settlement.publishedAt,
        });
    }
  }
}

function settlementDocumentId(settlement: WorldSettlement, listing: number): string {
  return documentIdOf(`${settlement.settlementId} ${listing} ${settlement.publishedAt}`);
}
