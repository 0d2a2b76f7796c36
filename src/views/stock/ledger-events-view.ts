import { loadLedgerRows } from '../../store/stock/ledger-rows.ts';
import type { ViewSource } from '../view-source.ts';

/** Equal rows of one day, as Amazon's ledger has them. Units are Amazon's: a pack counts as one. */
export interface LedgerEventView {
  connection: string;
  day: string;
  event: string;
  /** Letter or digit of an adjustment; empty for others. */
  reason: string;
  reference: string;
  units: number;
  /** How many rows say the same: that is normal. */
  rows: number;
  disposition: string;
  centre: string;
  country: string;
  fnsku: string;
  /** What Amazon has not reconciled of it; null where the ledger says nothing. */
  unreconciled: number | null;
  /** Day on which it was noticed that Amazon no longer has it. */
  takenBack: string | null;
  /** Of each of its rows, by which decisions name it. */
  ids: string[];
}

/** Rows of a SKU in Amazon's ledger, by day; equal rows stand together. `from`: from this day on. */
export async function ledgerEventsView(
  { store }: ViewSource,
  connections: readonly string[],
  { sku, from }: { sku: string; from: string },
): Promise<LedgerEventView[]> {
  const events = new Map<string, LedgerEventView>();
  for (const connection of connections) {
    for (const row of await loadLedgerRows(store.db, connection, { skus: [sku], from })) {
      const event: Omit<LedgerEventView, 'ids'> = {
        connection,
        day: row.day,
        event: row.eventType,
        reason: row.reason,
        reference: row.reference,
        units: row.quantity,
        rows: 1,
        disposition: row.disposition,
        centre: row.centre,
        country: row.country,
        fnsku: row.fnsku,
        unreconciled: row.unreconciled,
        takenBack: row.takenBack,
      };
      const key = JSON.stringify(event);
      const known = events.get(key);
      if (known) {
        known.rows += 1;
        known.units += row.quantity;
        known.ids.push(row.id);
      } else events.set(key, { ...event, ids: [row.id] });
    }
  }
  return [...events.values()];
}
