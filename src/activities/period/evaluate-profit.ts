import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import type { OfMonth, ProfitSaid } from '../../contracts/period/close.ts';
import { firstDayOf, lastDayOf, type Period } from '../../domain/period/calendar.ts';
import type { ProfitCell } from '../../domain/profit/allocate.ts';
import { differingDocuments, profitOf, togetherCells, type LedgerAmount } from '../../domain/profit/month-profit.ts';
import { splitCost, type CostShare } from '../../domain/profit/netsuite-cost.ts';
import { renderProfit } from '../../domain/profit/render-profit.ts';
import { saveProfit, splitsByDocument, splitSums, unitSplits } from '../../store/profit/profit-facts.ts';
import { splitWhatIsNot } from '../../store/profit/split-again.ts';
import type { Connection } from '../connection.ts';
import { subsidiaryCurrency } from '../posting/references.ts';
import { ofOneMonth } from './one-month.ts';
import { itemNames, itemsOfSkus } from './profit-items.ts';
import { accountOfRole, ledgerByDocument, profitAccounts, profitLedger, valuedDocuments } from './profit-ledger.ts';

/**
 * Works a month's profit by SKU out from splits and NetSuite's ledger, and stores it. What was written down before there were
 * splits is split first. A month that cannot be worked out is raised, and stops no other. Posts nothing, and reads all it needs,
 * so it may run any number of times.
 */
export function evaluateProfit(connection: Connection, { period }: OfMonth): Promise<ProfitSaid> {
  return ofOneMonth(
    connection,
    { of: 'profit', period },
    () => evaluated(connection, period),
    (sentence) => ({ sentence, ties: false }),
  );
}

async function evaluated(connection: Connection, period: Period): Promise<ProfitSaid> {
  const { db, name, settings } = connection;
  const [from, to] = [firstDayOf(period), lastDayOf(period)];
  await splitWhatIsNot(db, name, from, to);
  const sums = await splitSums(db, name, from, to);
  const splits = await unitSplits(db, name, from, to);
  const currencies = new Set([
    ...sums.map(({ currency }) => currency),
    ...settings.marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)),
    await subsidiaryCurrency(connection),
  ]);
  const asked = { period, accounts: await profitAccounts(connection, [...currencies]) };
  const valued = await valuedDocuments(connection, asked);
  const items = await itemsOfSkus(
    connection,
    [...sums, ...[...splits.values()].flat()].flatMap(({ sku }) => sku ?? []),
  );
  const names = await itemNames(
    connection,
    valued.flatMap(({ lines, moved }) => [...lines, ...moved].flatMap(({ item }) => item ?? [])),
  );
  const nameOf = (id: string) => names.get(id) ?? `item ${id}`;
  const costs = valued.map((one) => ({
    ...one,
    lines: one.lines.map((line) => ({ ...line, item: line.item === null ? null : nameOf(line.item) })),
    moved: one.moved.map(({ item, amount }) => ({ item: nameOf(item), amount })),
  }));
  // One of which the store has no split in the month is somebody's under our key, or stands in another period there: a difference.
  const known = costs.filter(({ document }) => splits.has(document));
  const itemOf = (sku: string) => items.get(sku) ?? null;
  const shares = known.flatMap((one) => splitCost({ ...one, splits: splits.get(one.document)! }, itemOf));
  const cells = togetherCells([
    ...sums.map((sum): ProfitCell => ({
      ...sum,
      account: accountOfRole(connection, sum.role, sum.currency),
      item: sum.sku === null ? null : (itemOf(sum.sku)?.item ?? null),
      isAllocated: false,
    })),
    ...shares.map(cellOf),
  ]);
  const ledger: LedgerAmount[] = [
    ...(await profitLedger(connection, asked)),
    ...costs.flatMap(({ currency, lines }) => lines.map(({ account, amount }) => ({ currency, account, amount }))),
  ];
  const keys = settings.close?.allocate ?? {};
  const worked = profitOf(cells, ledger, keys);
  const differs = worked.ties.some(({ difference }) => difference !== 0n);
  const profit = {
    period,
    evaluatedAt: await connection.now(),
    keys,
    ...worked,
    differing: differs
      ? differingDocuments(
          [...(await splitsByDocument(db, name, from, to)), ...shares],
          [
            ...(await ledgerByDocument(connection, asked)),
            ...costs.flatMap(({ document, currency, lines }) =>
              lines.map(({ amount }) => ({ document, currency, amount })),
            ),
          ],
        )
      : [],
  };
  await saveProfit(db, name, profit);
  return { sentence: renderProfit(profit), ties: !differs };
}

function cellOf({ document: _, ...share }: CostShare): ProfitCell {
  return { ...share, units: 0, isRefund: false, isAllocated: false };
}
