import type { FinancialEventGroup, ListFinancialEventGroupsResponse } from '@sp-api-sdk/finances-api-v0';
import type { WorldSettlement } from './world.ts';
import type { Answer } from './answers.ts';
import { invalid } from './answers.ts';
import { JsonDecimal } from './json.ts';
import type { WithDecimals } from './json.ts';
import type { ApiCall } from './request.ts';
import {
  instantParam,
  numberParam,
  openToken,
  refuseYoungerThanTwoMinutes,
  sealToken,
  twoMinutesAgo,
} from './request.ts';
import { DAY } from './instants.ts';

type Group = WithDecimals<FinancialEventGroup>;
type Groups = WithDecimals<ListFinancialEventGroupsResponse>;

/** GET /finances/v0/financialEventGroups: one group per settlement, without its settlement id, as in the real answers. */
export function listFinancialEventGroups({ state, now, query }: ApiCall): Answer {
  const pageSize = numberParam(query, 'MaxResultsPerPage', 1, 100, 10);
  const after = instantParam(query, 'FinancialEventGroupStartedAfter');
  const before = instantParam(query, 'FinancialEventGroupStartedBefore');
  refuseYoungerThanTwoMinutes(after, 'FinancialEventGroupStartedAfter', now);
  refuseYoungerThanTwoMinutes(before, 'FinancialEventGroupStartedBefore', now);
  if (after !== null && before !== null && before <= after)
    throw invalid('FinancialEventGroupStartedBefore must be after FinancialEventGroupStartedAfter.');
  const tooFarApart =
    after !== null && Date.parse(before ?? twoMinutesAgo(now)) - Date.parse(after) > 180 * DAY && before !== null;
  const token = query.get('NextToken');
  const offset = token === null ? 0 : openToken<{ offset: number }>(token, 'NextToken').offset;

  const groups = tooFarApart
    ? []
    : state.world.settlements
        .filter(
          (settlement) =>
            settlement.start <= now &&
            (after === null || settlement.start >= after) &&
            (before === null || settlement.start < before),
        )
        .sort((a, b) => (a.start < b.start ? 1 : -1));
  const page = groups.slice(offset, offset + pageSize);
  return {
    status: 200,
    body: {
      payload: {
        FinancialEventGroupList: page.map((settlement) => groupView(settlement, now)),
        ...(offset + page.length < groups.length && { NextToken: sealToken({ offset: offset + page.length }) }),
      },
    } satisfies Groups,
  };
}

/** An open group has no end and no transfer; a closed one shows the transfer's last known state. */
function groupView(settlement: WorldSettlement, now: string): Group {
  const money = (amount: string) => ({ CurrencyCode: settlement.currency, CurrencyAmount: new JsonDecimal(amount) });
  const { group } = settlement;
  const opened = {
    FinancialEventGroupId: group.id,
    FinancialEventGroupStart: settlement.start,
    BeginningBalance: money(group.beginningBalance),
  };
  if (settlement.end > now)
    return { ...opened, ProcessingStatus: 'Open', OriginalTotal: money(group.beginningBalance) };
  const transfers = group.transfers.filter((transfer) => transfer.at <= now);
  return {
    ...opened,
    ProcessingStatus: 'Closed',
    FinancialEventGroupEnd: settlement.end,
    OriginalTotal: money(settlement.total),
    FundTransferStatus: transfers.at(-1)?.status ?? 'Unknown',
    FundTransferDate: transfers[0]?.at ?? settlement.end,
    ...(group.traceId !== null && transfers.length > 0 && { TraceId: group.traceId }),
    ...(group.accountTail !== null && { AccountTail: group.accountTail }),
  };
}
