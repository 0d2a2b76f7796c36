/** The figures of a month: what was carried, each item with its population, roll-forwards and residues. */
import type { BroughtForward } from '../../../domain/period/brought-forward.ts';
import type { Close } from '../../../domain/period/close.ts';
import type { CloseItem, Finding, ItemFigure } from '../../../domain/period/close-item.ts';
import { formatMinor } from '../../../domain/money/money.ts';
import type { CarriedOfMonth } from '../carried-of-month.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import { textOf } from './month.ts';

/** What was carried first: whoever reads one page reads that. */
export function figureTables(
  close: Close,
  carried: readonly CarriedOfMonth[],
  brought: readonly BroughtForward[],
): EvidenceTable[] {
  return [
    {
      name: 'carried',
      title: 'Carried',
      note: 'Differences that a controller took into the next month, with the amount that each had then.',
      columns: columnsOf('Item', 'Currency', '>Amount', 'By', 'Why', 'At'),
      rows: carried.map(({ item, currency, amount, by, why, at }) => [
        item,
        currency ?? '',
        textOf(amount, currency),
        by,
        why,
        at,
      ]),
    },
    {
      name: 'brought-forward',
      title: 'Carried by earlier months',
      note: 'What is not gone since. It stands in the month that carried it, and is in no figure of this one.',
      columns: columnsOf('Item', 'Month', 'Currency', '>Amount', '>Differs now', 'By', 'Why', 'At'),
      rows: brought.map(({ item, period, currency, amount, now, by, why, at }) => [
        item,
        period,
        currency ?? '',
        textOf(amount, currency),
        textOf(now, currency),
        by,
        why,
        at,
      ]),
    },
    {
      name: 'items',
      title: 'Items',
      note: 'Each is worked out from documents against a population that is not ours; nobody ticks one.',
      columns: columnsOf('Item', 'State', 'Currency', '>Figure', '>Difference', 'Against', 'Owner'),
      rows: close.items.flatMap((item) => [
        ...brought.filter((one) => one.item === item.name).map((one) => headOf(item, one)),
        ...rowsOfItem(item),
      ]),
    },
    {
      name: 'findings',
      title: 'What the items name',
      note: 'What keeps an item open, is carried with it, or is named and holds nothing up.',
      columns: columnsOf('Item', 'Currency', 'Kind', 'What', '>Amount', 'What to do'),
      rows: close.items.flatMap(({ name, figures }) => figures.flatMap((figure) => rowsOfFindings(name, figure))),
    },
    {
      name: 'sales-by-day',
      title: 'Sales by currency, marketplace and day',
      note: "Net, by day of shipment: Amazon's report, its documents as NetSuite holds them, and what of those is booked in another month.",
      columns: columnsOf(
        'Currency',
        'Marketplace',
        'Day',
        '>Shipments',
        '>Report not read',
        '>Report',
        '>NetSuite',
        '>Moved',
        '>Difference',
      ),
      rows: (close.sales ?? []).map(({ currency, marketplace, day, shipments, unproven, ...amounts }) => [
        currency,
        marketplace,
        day,
        String(shipments),
        String(unproven),
        ...[amounts.report, amounts.netsuite, amounts.moved, amounts.difference].map((one) =>
          formatMinor(one, currency),
        ),
      ]),
    },
    {
      name: 'roll-forwards',
      title: 'Roll-forwards',
      note: 'Opening and the movements of the month, by kind of document, come to what NetSuite shows on the last day.',
      columns: columnsOf('Account', 'Currency', 'Line', '>Amount'),
      rows: close.rollForwards.flatMap(rowsOfRollForward),
    },
    {
      name: 'residues',
      title: 'Residues',
      note: 'What is left on each account on the last day, by document, and since when.',
      columns: columnsOf('Account', 'Currency', 'Of', '>Amount', 'Since'),
      rows: inOrder(
        close.residues.map(({ account, currency, subject, amount, since }) => [
          account,
          currency,
          subject,
          formatMinor(amount, currency),
          since,
        ]),
      ),
    },
  ];
}

function headOf({ name, owner }: CloseItem, { period, currency, amount, by, why }: BroughtForward): string[] {
  return [name, `carried by ${period}`, currency ?? '', '', textOf(amount, currency), `${by}: ${why}`, owner];
}

function rowsOfItem({ name, owner, state, figures }: CloseItem): string[][] {
  if (figures.length === 0) return [[name, state, '', '', '', 'nothing in the month', owner]];
  return figures.map((figure) => [
    name,
    figure.state,
    figure.currency ?? '',
    ...(figure.state === 'not-used'
      ? ['', '']
      : [textOf(figure.figure, figure.currency), textOf(figure.difference, figure.currency)]),
    figure.population,
    owner,
  ]);
}

function rowsOfFindings(name: string, { currency, state, open, named }: ItemFigure): string[][] {
  const rowsOf = (kind: string, findings: readonly Finding[]) =>
    findings.map(({ what, amount, act }) => [
      name,
      currency ?? '',
      kind,
      what,
      amount === null ? '' : textOf(amount, currency),
      act ?? '',
    ]);
  return [...inOrder(rowsOf(state === 'carried' ? 'carried' : 'open', open)), ...inOrder(rowsOf('named', named))];
}

function rowsOfRollForward(forward: Close['rollForwards'][number]): string[][] {
  const { account, currency, opening, movements, closing, residues, difference } = forward;
  const line = (what: string, amount: bigint) => [account, currency, what, formatMinor(amount, currency)];
  return [
    line('opening', opening),
    ...inOrder(movements.map(({ kind, amount }) => line(kind, amount))),
    line('closing, as NetSuite shows it', closing),
    line('of which by document', residues),
    line('difference of this month', difference),
  ];
}

/** By what they say, so that no order of reading is left in them. */
function inOrder(rows: readonly string[][]): string[][] {
  return rows
    .map((row) => ({ row, text: row.join('\u0000') }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}
