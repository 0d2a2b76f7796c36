import type { SuiteQlRow } from './netsuite-client.ts';
import * as queries from './stock-queries.ts';
import type { TransferOrderFact, TransferOrderLine } from './stock-reads.ts';
import type { Query } from './suiteql.ts';

/** Transfer orders that name one of some texts, with what was fulfilled and received of each line. @throws NetSuiteFailure */
export async function readTransferOrders(query: Query, naming: readonly string[]): Promise<TransferOrderFact[]> {
  const patterns = naming.flatMap((text) => [`%${text}%`, `%${text}%`]);
  const orders = await query(queries.transferOrdersNaming(naming.length), patterns);
  if (orders.length === 0) return [];
  const ids = orders.map((row) => row['id']!);
  const lines = await query(queries.transferOrderLines(ids.length), ids);
  const fulfilled = await query(queries.fulfilledLines(ids.length), ids);
  return orders.map((row) => ({
    netsuiteId: row['id']!,
    otherRefNum: row['otherrefnum'] ?? null,
    memo: row['memo'] ?? null,
    lines: linesOf(lines.filter(({ id }) => id === row['id'])),
    fulfilled: fulfilled
      .filter(({ id }) => id === row['id'])
      .map((line) => ({
        fulfilment: line['fulfilment']!,
        day: line['day']!,
        item: line['item'] ?? '',
        units: Number(line['quantity'] ?? '0'),
      })),
  }));
}

/** `quantityshiprecv` is what has shipped of the line as entered, and what was received of the one that comes in. */
function linesOf(rows: readonly SuiteQlRow[]): TransferOrderLine[] {
  const receiving = new Map(rows.filter(({ kind }) => kind === 'RECEIVING').map((row) => [row['entered'], row]));
  return rows
    .filter(({ kind }) => kind === 'ITEM')
    .map((row) => ({
      item: row['item'] ?? '',
      quantity: Number(row['quantity'] ?? '0'),
      fulfilled: Number(row['moved'] ?? '0'),
      received: Number(receiving.get(row['line'])?.['moved'] ?? '0'),
      closed: row['closed'] === 'T',
    }));
}
