/** Settlements of a demo month: which rows one has, its report and its transfer to the bank. */
import type { WorldSettlement } from '../../simulators/amazon/world.ts';
import { dollars } from './cents.ts';
import type { DemoRefund } from './demo-refunds.ts';
import { later, MINUTE, type Period } from './october-2026.ts';
import type { DemoOrder } from './order-in-cents.ts';
import { refundRows, shipmentRows, type SettlementRow } from './settlement-rows.ts';
import { settlementText } from './settlement-text.ts';

export interface DemoSettlement {
  settlementId: string;
  period: Period;
  currency: string;
  /** The account's own rows: the first and the last keep their places. */
  account: readonly SettlementRow[];
  brought: bigint;
  traceId: string;
  /** Last digits of the bank account. */
  accountTail: string;
  day: string;
  gzip: boolean;
}

/** The rows of its currency whose posting falls into the period, in order of time; the account's own first and last rows keep their places. */
export function rowsOf(
  { period, account, currency }: DemoSettlement,
  orders: readonly DemoOrder[],
  refunds: readonly DemoRefund[],
): SettlementRow[] {
  const here = ({ marketplace }: Pick<DemoOrder, 'marketplace'>) => marketplace.world.currency === currency;
  const posted = [
    ...orders.filter(here).flatMap((order) => order.shipments.flatMap((shipment) => shipmentRows(order, shipment))),
    ...refunds.filter(here).flatMap(refundRows),
    ...account.slice(1, -1),
  ]
    .filter((row) => row.postedAt > period.start && row.postedAt < period.end)
    .sort((a, b) => (a.postedAt < b.postedAt ? -1 : a.postedAt > b.postedAt ? 1 : 0));
  return [...account.slice(0, 1), ...posted, ...account.slice(-1)];
}

/** Published 25 minutes after the end; the deposit date is the day of the bank's line, in Pacific time as in UTC. */
export function settlementOf(
  { settlementId, period, currency, brought, traceId, accountTail, day, gzip }: DemoSettlement,
  rows: readonly SettlementRow[],
): WorldSettlement {
  const depositDate = `${day}T16:00:00Z`;
  const { text, total } = settlementText(settlementId, period, depositDate, rows, currency);
  return {
    settlementId,
    reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
    publishedAt: later(period.end, 25 * MINUTE),
    start: period.start,
    end: period.end,
    depositDate,
    currency,
    total,
    bytes: new TextEncoder().encode(text),
    gzip,
    // The first report is listed again under another id, as happens with several marketplaces in a region.
    ...(!gzip && { listedTwice: true }),
    group: {
      id: `grp${settlementId}`,
      traceId,
      accountTail,
      beginningBalance: dollars(brought),
      transfers: [
        { at: later(period.end, 5 * MINUTE), status: 'Processing' },
        { at: `${day}T12:00:00Z`, status: 'Successful' },
      ],
    },
  };
}
