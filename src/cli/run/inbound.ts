import { nearestOf } from '../../config/near-miss.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { renderUnits, signedUnits } from '../../domain/stock/render-stock.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { inboundView, type InboundDocument, type InboundView } from '../../views/inbound/inbound-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { ListOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { shortened } from '../print/long-list.ts';
import { placeName } from '../print/stock.ts';
import { renderParagraph, renderTable } from '../print/table.ts';

export async function showInbound(io: CommandIo, shipment: string | null, options: ListOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const shipments = await inboundView(running, running.names, shipment);
    if (shipment !== null && shipments.length === 0)
      throw unknownShipment(shipment, await inboundView(running, running.names, null));
    if (options.json) io.out(asJson(shipments));
    else
      io.out(
        inCharactersOf(
          io,
          shipment === null ? list(shipments, io.width, options) : details(shipments, io.width, options),
        ),
      );
  });
}

function unknownShipment(shipment: string, known: readonly InboundView[]): TieoutError {
  const near = nearestOf(
    shipment,
    known.map((one) => one.shipment),
  );
  return new TieoutError({
    code: 'not-found',
    what: `No inbound shipment ${shipment} is known.`,
    notDone: 'Nothing was done.',
    where: [],
    do: [near === null ? 'npx tieout inbound lists those that are' : `did you mean npx tieout inbound ${near}?`],
  });
}

const UNITS = ['Shipped', 'Received', 'Decided', 'In transit', 'Over'].map((head) => ({
  align: 'right' as const,
  head,
}));

/** Before the first planning there is only what the shipment says. */
function units({ shipped, received, standing }: Pick<InboundView, 'shipped' | 'received' | 'standing'>): string[] {
  if (standing === null) return [renderUnits(shipped), renderUnits(received), '–', '–', '–'];
  return [shipped, standing.received, standing.decided, standing.inTransit, standing.over].map(renderUnits);
}

function list(shipments: readonly InboundView[], width: number, options: ListOptions): string {
  if (shipments.length === 0)
    return 'No inbound shipment is known. They are read for connections with stock in their configuration.\n';
  const { shown, more } = shortened(shipments, options);
  const rows = renderTable(
    [
      { align: 'left', head: 'Shipment', key: true },
      { align: 'left', head: 'Status' },
      ...UNITS,
      { align: 'left', head: 'To', wide: true },
      { align: 'left', head: 'Name', gives: true, wide: true },
    ],
    shown.map((one) => [one.shipment, one.status, ...units(one), one.destination, one.name]),
    width,
  );
  return [...rows, ...more, `${counted(shipments.length, 'shipment')}.`, ''].join('\n');
}

function details(shipments: readonly InboundView[], width: number, options: ListOptions): string {
  return shipments
    .map((one) => {
      const { shown, more } = shortened(one.items, options);
      const items = renderTable(
        [{ align: 'left', head: 'SKU', key: true, gives: true }, ...UNITS],
        shown.map((item) => [item.sku, ...units(item)]),
        width,
      );
      return [
        `${one.shipment} ${one.name} · ${one.status} · to ${one.destination} · pool ${one.pool}`,
        ...items,
        ...more,
        ...one.beyond.map(
          ({ item, units: under }) =>
            `Its transfer orders have ${renderUnits(under)} of ${item} under way that Amazon does not.`,
        ),
        ...(one.standing === null ? ['What was received is what the shipment says: stock is not planned yet.'] : []),
        ...documents(one.documents, width, options),
        '',
      ].join('\n');
    })
    .join('\n');
}

function documents(all: readonly InboundDocument[], width: number, options: ListOptions): string[] {
  if (all.length === 0) return ['', 'No document of ours is about it yet.'];
  const { shown, more } = shortened(all, options);
  return [
    '',
    "Documents, in NetSuite's units",
    ...shown.flatMap(({ day, externalId, state, effects }) => [
      `${renderDay(day).padStart(11)}  ${externalId} · ${state}`,
      ...renderParagraph(`${' '.repeat(12)} ${effectWords(effects, options)}`, width, 13),
    ]),
    ...more,
  ];
}

function effectWords(effects: InboundDocument['effects'], options: ListOptions): string {
  const { shown, more } = shortened(effects, options);
  const words = shown.map(({ item, place, units: moved }) => `${item} ${signedUnits(moved)} ${placeName(place)}`);
  return [...words, ...more].join(', ');
}
