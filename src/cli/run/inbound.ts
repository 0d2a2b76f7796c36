import { counted } from '../../domain/money/render-amount.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { inboundView, type InboundView } from '../../views/inbound/inbound-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderTable } from '../print/table.ts';

export async function showInbound(io: CommandIo, shipment: string | null, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const shipments = await inboundView(running, running.names, shipment);
    if (options.json) io.out(asJson(shipments));
    else
      io.out(inCharactersOf(io, shipment === null ? list(shipments, io.width) : items(shipment, shipments, io.width)));
  });
}

const UNITS = [
  { align: 'right' as const, head: 'Shipped' },
  { align: 'right' as const, head: 'Received' },
  { align: 'right' as const, head: 'Missing' },
];
const units = ({ shipped, received }: { shipped: number; received: number }) => [
  String(shipped),
  String(received),
  String(shipped - received),
];

function list(shipments: readonly InboundView[], width: number): string {
  if (shipments.length === 0)
    return 'No inbound shipment is known. They are read for connections with stock in their configuration.\n';
  const rows = renderTable(
    [
      { align: 'left', head: 'Shipment', key: true },
      { align: 'left', head: 'Status' },
      ...UNITS,
      { align: 'left', head: 'To' },
      { align: 'left', head: 'Name', gives: true },
    ],
    shipments.map((one) => [one.shipment, one.status, ...units(one), one.destination, one.name]),
    width,
  );
  return `${rows.join('\n')}\n${counted(shipments.length, 'shipment')}.\n`;
}

function items(shipment: string, shipments: readonly InboundView[], width: number): string {
  if (shipments.length === 0) return `No inbound shipment ${shipment} is known.\n`;
  return shipments
    .map((one) => {
      const rows = renderTable(
        [{ align: 'left', head: 'SKU', key: true }, ...UNITS],
        one.items.map((item) => [item.sku, ...units(item)]),
        width,
      );
      return `${one.shipment} ${one.name} · ${one.status} · to ${one.destination}\n${rows.join('\n')}\n`;
    })
    .join('\n');
}
