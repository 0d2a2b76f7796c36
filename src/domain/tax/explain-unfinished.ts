/** Why figures of a month may still change (tax.md, *VAT report*: documents and claims dated in the month). */
import { renderDay, renderMinute, renderSettlementPeriod } from '../clocks/render-dates.ts';
import { counted } from '../money/render-amount.ts';
import { dayIn, lastDayOfMonth, type Day, type Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';

/**
 * `reading`: Amazon has not told the whole month yet · `shipments`, `refunds` without their document · `documents` that are
 * planned and not in NetSuite · `settlements` that may bring claims of the month, or money of it that nobody has told of
 */
export interface Unfinished {
  kind: 'reading' | 'shipments' | 'refunds' | 'documents' | 'settlements';
  what: string;
}

/** A settlement as Amazon's event group or its report tells it. */
export interface SettlementSpan {
  currency: CurrencyCode;
  start: Instant;
  /** Null while it is open. */
  end: Instant | null;
  /** Null of an event group whose report is not here. */
  settlementId: string | null;
  /** All its journals are in NetSuite. */
  journalled: boolean;
}

export interface OpenMonth {
  /** `2026-10` */
  month: string;
  /** Of the books. */
  timeZone: string;
  /** How far Amazon was read, by what was read; null: never. */
  read: readonly { what: string; upTo: Instant | null }[];
  /** Dispatched or given back in the month, without an invoice or credit memo that is planned. */
  unbilled: { shipments: number; refunds: number };
  /** Of the month, planned and not in NetSuite. */
  planned: number;
  /** Those that reach into the month, in the currencies of the connection. */
  settlements: readonly SettlementSpan[];
  /** Last day of a document of the month, by its currency. */
  lastDocuments: ReadonlyMap<CurrencyCode, Day>;
}

/** None where nothing of the month is known to be left. */
export function explainUnfinished(month: OpenMonth): Unfinished[] {
  return [...notRead(month), ...notBooked(month), ...notSettled(month)];
}

function notRead({ month, read, timeZone }: OpenMonth): Unfinished[] {
  const last = lastDayOfMonth(`${month}-01`);
  return read.flatMap(({ what, upTo }): Unfinished[] => {
    if (upTo === null) return [{ kind: 'reading', what: `Amazon's ${what} have not been read.` }];
    if (dayIn(upTo, timeZone) > last) return [];
    return [
      {
        kind: 'reading',
        what: `Amazon's ${what} have been read up to ${renderMinute(upTo)}, not to the end of ${month}.`,
      },
    ];
  });
}

function notBooked({ unbilled, planned }: OpenMonth): Unfinished[] {
  const some = (kind: Unfinished['kind'], count: number, noun: string, missing: string): Unfinished[] =>
    count === 0
      ? []
      : [{ kind, what: `${counted(count, noun)} of the month ${count === 1 ? 'has' : 'have'} ${missing}.` }];
  return [
    ...some('shipments', unbilled.shipments, 'shipment', 'no invoice yet'),
    ...some('refunds', unbilled.refunds, 'refund', 'no credit memo yet'),
    ...(planned === 0
      ? []
      : [
          {
            kind: 'documents' as const,
            what: `${counted(planned, 'document')} of the month ${planned === 1 ? 'is' : 'are'} planned and not in NetSuite.`,
          },
        ]),
  ];
}

/** A claim is dated by the journal of its settlement, whose part of a month comes when it has ended. */
function notSettled({ timeZone, settlements, lastDocuments }: OpenMonth): Unfinished[] {
  const open = settlements.flatMap(({ currency, start, end, settlementId, journalled }): string[] => {
    if (end === null)
      return [
        `A settlement in ${currency} that began on ${renderDay(dayIn(start, timeZone))} has not ended: it may hold claims of the month.`,
      ];
    const period = renderSettlementPeriod({ start, end }, timeZone);
    if (settlementId === null) return [`The report of the settlement in ${currency} of ${period} is not here yet.`];
    return journalled
      ? []
      : [`Settlement ${settlementId} of ${period} has not all its journals in NetSuite: its claims are not counted.`];
  });
  const untold = [...lastDocuments].flatMap(([currency, day]): string[] =>
    settlements.some((one) => one.currency === currency && (one.end === null || dayIn(one.end, timeZone) > day))
      ? []
      : [
          `No settlement in ${currency} is known that ends after ${renderDay(day)}, the day of the month's last document.`,
        ],
  );
  return [...open, ...untold].map((what) => ({ kind: 'settlements', what }));
}
