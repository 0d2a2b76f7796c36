/** The first day of what an exception of stock is about: by it one sees whether it concerns the figures of a day. */
import type { Day } from '../../domain/money/instant.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../../store/database.ts';
import { loadMovementsOf, loadRowsById } from '../../store/stock/equation-parts.ts';
import { loadDocumentsPostedAs } from '../../store/stock/find-documents.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { loadStockDocuments } from '../../store/stock/stock-documents.ts';
import type { StockRun } from '../../store/stock/standings.ts';

interface Raised {
  number: number;
  code: string;
  key: string;
}

/** By number. Nothing of one that is about no day, or about all: a reading that was not whole, a SKU of the opening. */
export async function daysOfExceptions(
  db: Database,
  connection: string,
  run: StockRun | null,
  open: readonly Raised[],
): Promise<Map<number, Day>> {
  const codes = new Set(open.map(({ code }) => code));
  const waiting = (run?.waiting ?? []).filter(({ reason }) => codes.has(reason));
  const rows = await loadRowsById(
    db,
    connection,
    waiting.map(({ row }) => row),
  );
  const named = [...new Set(open.map(({ key }) => documentIn(key)))];
  const movements = await loadMovementsOf(db, connection, named);
  // Of what was deleted in NetSuite no line is left.
  const deleted = open.filter(
    ({ code, key }) =>
      code === 'movement-foreign' && !movements.some(({ netsuiteId }) => netsuiteId === documentIn(key)),
  );
  const documents = [
    ...(await loadStockDocuments(db, connection, named)),
    ...(await loadDocumentsPostedAs(
      db,
      connection,
      deleted.map(({ key }) => documentIn(key)),
    )),
  ];
  const shipments = await loadInbound(db, connection);
  const days = new Map<number, Day>();
  for (const { number, code, key } of open) {
    const id = documentIn(key);
    const own = waiting.filter((one) => one.reason === code && keysOfRow(rows.get(one.row), one).includes(key));
    const about = [
      ...own.map(({ day }) => day),
      ...movements.filter(({ netsuiteId }) => netsuiteId === id).map(({ day }) => day),
      ...documents.filter((one) => one.externalId === id || one.netsuiteId === id).map(({ document }) => document.day),
      ...(code === 'ledger-gap' ? (run?.gaps ?? []) : [])
        .filter(({ pool, item, place }) => key === `${pool} ${item} ${place}`)
        .map(({ since }) => since),
      ...(code === 'inbound-short' ? shipments : [])
        .filter(({ shipmentId }) => key.startsWith(`${shipmentId} `))
        .flatMap(({ sent }) => sent ?? []),
    ].sort();
    if (about[0] !== undefined) days.set(number, about[0]);
  }
  return days;
}

/** NetSuite's internal id in the key of a movement (`9100`) or of a line of it (`9100:1`), or the external id of a document. */
export const documentIn = (key: string): string => key.split(/[: ]/)[0]!;

/** What is raised of a row is raised under one of these, whichever its reason is. */
export function keysOfRow(
  row: KeptRow | undefined,
  { pool, item }: { pool: string | null; item: string | null },
): string[] {
  if (row === undefined) return [];
  const { sku, eventType, reason, reference, country } = row;
  return [sku, `${pool} ${item}`, `${eventType} ${reason}`, `${reference} ${sku}`, item ?? '', country];
}
