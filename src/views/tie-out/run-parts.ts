/** What a run has come to beside its payouts: a connection's stock and its month, where it has them. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { closeOfRun, type CloseReport } from '../period/close-report.ts';
import { stockOfRun, type StockReport } from '../stock/stock-report.ts';
import type { StockSource } from '../stock/stock-figures.ts';

export interface RunParts {
  stock?: StockReport;
  close?: CloseReport;
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
    parts.set(settings.name, {
      ...(stock === null ? {} : { stock: stock.report }),
      ...(close === null ? {} : { close: close.report }),
      open: [...(stock?.open ?? []), ...(close?.open ?? [])],
    });
  }
  return parts;
}
