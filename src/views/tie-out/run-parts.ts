/** What a run has come to beside its payouts: a connection's stock, its month and what that earned, where it has them. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { closeOfRun, type CloseReport } from '../period/close-report.ts';
import { profitView, type ProfitTieView } from '../period/profit-view.ts';
import { stockOfRun, type StockReport } from '../stock/stock-report.ts';
import type { StockSource } from '../stock/stock-figures.ts';

export interface RunParts {
  stock?: StockReport;
  close?: CloseReport;
  /** Of the month of the close. */
  profit?: { roles: Omit<ProfitTieView, 'difference'>[] };
  /** What of them a person must end, in sentences: until then the run is not tied. */
  open: string[];
}

/** By connection. */
export type PartsOfRun = ReadonlyMap<string, RunParts>;

export async function partsOfRun(
  source: StockSource,
  connections: readonly ConnectionSettings[],
): Promise<Map<string, RunParts>> {
  const parts = new Map<string, RunParts>();
  for (const settings of connections) {
    const stock = await stockOfRun(source, settings);
    const close = await closeOfRun({ ...source, settings });
    const profit = close === null ? null : await profitView(source, settings, close.report.period, { by: 'sku' });
    parts.set(settings.name, {
      ...(stock === null ? {} : { stock: stock.report }),
      ...(close === null ? {} : { close: close.report }),
      ...(profit === null
        ? {}
        : { profit: { roles: profit.tables.flatMap(({ roles }) => roles).map(withoutDifference) } }),
      open: [
        ...(stock?.open ?? []),
        ...(close?.open ?? []),
        ...(profit === null || profit.ties ? [] : [`${profit.sentence} (npx tieout profit ${profit.period})`]),
      ],
    });
  }
  return parts;
}

function withoutDifference({ difference: _difference, ...tie }: ProfitTieView): Omit<ProfitTieView, 'difference'> {
  return tie;
}
