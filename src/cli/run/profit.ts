import { EXIT } from '../../errors/exit-codes.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { profitView, type ProfitTableView, type ProfitView } from '../../views/period/profit-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { CsvOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { notWorkedOut } from './close.ts';
import { profitPage } from './profit-page.ts';

export interface ProfitOptions extends CsvOptions {
  by: ProfitView['by'];
}

export async function showProfit(io: CommandIo, month: string, options: ProfitOptions): Promise<void> {
  await withConnections(options.connection, async ({ store, world, connections, names }) => {
    const views: ProfitView[] = [];
    for (const settings of connections) {
      const view = await profitView({ store, world }, settings, month, options);
      if (view !== null) views.push(view);
    }
    if (views.length === 0) throw notWorkedOut(month, names);
    if (views.some(({ ties }) => !ties)) io.exitCode = EXIT.failed;
    if (options.json) return io.out(asJson(views));
    if (options.csv) return io.out(csv(views));
    io.out(inCharactersOf(io, views.flatMap((view) => profitPage(view, io.width, options)).join('\n')));
  });
}

const HEAD = [
  'connection',
  'month',
  'currency',
  'what',
  'name',
  'channel',
  'units',
  'sales',
  'shipping',
  'promotions',
  'refunds',
  'cost',
];
const TAIL = ['skus', 'allocated', 'unallocated', 'profit', 'margin', 'ledger', 'difference'];

/** What each role ties to, then a row each, with a column for each role of journals. */
function csv(views: readonly ProfitView[]): string {
  const rows = views.flatMap(({ tables }) => tables.flatMap((table) => table.rows));
  const roles = [...new Set(rows.flatMap(({ fees }) => fees.map(({ role }) => role)))].sort();
  return asCsv(
    [...HEAD, ...roles, ...TAIL],
    views.flatMap((view) => view.tables.flatMap((table) => rowsOf(view, table, roles))),
  );
}

function rowsOf(
  { connection, period, by }: ProfitView,
  { currency, roles: ties, rows }: ProfitTableView,
  roles: readonly string[],
): (string | number | null)[][] {
  const of = [connection, period, currency];
  const empty = Array<null>(HEAD.length - 5 + roles.length).fill(null);
  return [
    ...ties.map(({ role, skus, allocated, unallocated, ledger, difference }) =>
      [...of, 'role', role, ...empty].concat(skus, allocated, unallocated, null, null, ledger, difference),
    ),
    ...rows.map(
      ({ fees, name, channel, units, sales, shipping, promotions, refunds, cost, allocated, profit, margin }) => [
        ...of,
        by,
        name,
        channel,
        units,
        sales,
        shipping,
        promotions,
        refunds,
        cost,
        ...roles.map((role) => fees.find((fee) => fee.role === role)?.amount ?? null),
        null,
        allocated,
        null,
        profit,
        margin,
        null,
        null,
      ],
    ),
  ];
}
