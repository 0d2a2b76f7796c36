/** Reports API 2021-06-30, Sellers v1 and the event groups of Finances v0: the smaller payloads. */
import { z } from 'zod';
import type { EventGroup, ReportInfo } from './amazon-client.ts';
import { instant, minorOfNumber, type DriftNotes } from './read-payload.ts';

const report = z.looseObject({
  reportId: z.string(),
  reportType: z.string(),
  createdTime: instant,
  // CANCELLED is also said of a report that would hold nothing (Amazon: model reports_2021-06-30).
  processingStatus: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL']),
  reportDocumentId: z.string().nullish(),
  dataStartTime: instant.nullish(),
  dataEndTime: instant.nullish(),
});
export const singleReport = report;
export const reportsPage = z.looseObject({ reports: z.array(z.unknown()), nextToken: z.string().nullish() });
export const createdReport = z.looseObject({ reportId: z.string() });

/** The reports of a page; one that cannot be read is noted by its id. */
export const reportInfosOf = (payloads: readonly unknown[], drift: DriftNotes): ReportInfo[] =>
  drift
    .readable(payloads, report, ({ reportId, createdTime, dataStartTime, dataEndTime }) => ({
      record: 'report',
      id: reportId,
      changedAt: createdTime,
      span: [dataStartTime, dataEndTime],
    }))
    .map(reportInfoOf);

/** The address lives five minutes and is called without our headers (Amazon: model reports_2021-06-30, `getReportDocument`). */
export const reportDocument = z.looseObject({
  reportDocumentId: z.string(),
  url: z.url(),
  compressionAlgorithm: z.string().nullish(),
});

export function reportInfoOf(payload: z.output<typeof report>): ReportInfo {
  return {
    reportId: payload.reportId,
    reportType: payload.reportType,
    createdAt: payload.createdTime,
    status: payload.processingStatus,
    reportDocumentId: payload.reportDocumentId ?? null,
    dataStart: payload.dataStartTime ?? null,
    dataEnd: payload.dataEndTime ?? null,
  };
}

export const participations = z.looseObject({
  payload: z.array(
    z.looseObject({
      marketplace: z.looseObject({ id: z.string(), name: z.string(), defaultCurrencyCode: z.string() }),
      participation: z.looseObject({ isParticipating: z.boolean() }),
    }),
  ),
});

const currency = z
  .looseObject({ CurrencyCode: z.string(), CurrencyAmount: z.string() })
  .transform(({ CurrencyCode, CurrencyAmount }, context) => {
    const minor = minorOfNumber(CurrencyAmount, CurrencyCode);
    if (minor !== null) return { minor, currency: CurrencyCode };
    context.addIssue({ code: 'custom', message: `"${CurrencyAmount}" is not an amount in ${CurrencyCode}` });
    return z.NEVER;
  });
const group = z.looseObject({
  FinancialEventGroupId: z.string(),
  ProcessingStatus: z.string().optional(),
  FundTransferStatus: z.string().nullish(),
  OriginalTotal: currency.nullish(),
  ConvertedTotal: currency.nullish(),
  FundTransferDate: instant.nullish(),
  TraceId: z.string().nullish(),
  AccountTail: z.string().nullish(),
  BeginningBalance: currency.nullish(),
  FinancialEventGroupStart: instant,
  FinancialEventGroupEnd: instant.nullish(),
});
export const eventGroupsPage = z.looseObject({
  payload: z.looseObject({ FinancialEventGroupList: z.array(z.unknown()).nullish(), NextToken: z.string().nullish() }),
});
export type EventGroupsPage = z.output<typeof eventGroupsPage>;

/** The groups of a page; one that cannot be read is noted by its id. */
export const eventGroupsOf = (page: EventGroupsPage, drift: DriftNotes): EventGroup[] =>
  drift
    .readable(page.payload.FinancialEventGroupList, group, (told) => ({
      record: 'event group',
      id: told['FinancialEventGroupId'],
      changedAt: told['FinancialEventGroupStart'],
      span: [told['FinancialEventGroupStart'], told['FinancialEventGroupEnd']],
    }))
    .flatMap((payload) => eventGroupOf(payload) ?? []);

/** A group as the transfer of a payout; null for one without any amount, which has no currency either. */
function eventGroupOf(payload: z.output<typeof group>): EventGroup | null {
  const code = (payload.OriginalTotal ?? payload.BeginningBalance)?.currency;
  if (!code) return null;
  return {
    id: payload.FinancialEventGroupId,
    closed: payload.ProcessingStatus?.toLowerCase() === 'closed',
    processing: payload.ProcessingStatus ?? null,
    beginningBalance: payload.BeginningBalance?.minor ?? null,
    currency: code,
    total: payload.OriginalTotal?.minor ?? null,
    convertedTotal: payload.ConvertedTotal ?? null,
    start: payload.FinancialEventGroupStart,
    end: payload.FinancialEventGroupEnd ?? null,
    transferStatus: payload.FundTransferStatus ?? null,
    transferDate: payload.FundTransferDate ?? null,
    traceId: payload.TraceId || null,
    accountTail: payload.AccountTail || null,
  };
}
