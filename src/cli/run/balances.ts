import { EXIT } from '../../errors/exit-codes.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { readBalancesOnDay } from '../../operations/period/read-balances-on.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { balancesOnView, type AccountOnDayView, type BalancesOnView } from '../../views/period/balances-on-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { CsvOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { balancesPage } from './balances-page.ts';

export interface BalancesOptions extends CsvOptions {
  on: string;
}

/** Fails where an account differs, or where nothing is known of the day. */
export async function showBalances(io: CommandIo, options: BalancesOptions): Promise<void> {
  await withConnections(options.connection, async ({ store, world, connections }) => {
    const views: BalancesOnView[] = [];
    for (const settings of connections) {
      const asked = await readBalancesOnDay(world, settings.name, options.on);
      views.push(await balancesOnView({ store, world, settings }, options.on, asked));
    }
    if (views.some(({ agrees }) => agrees !== true)) io.exitCode = EXIT.failed;
    if (options.json) return io.out(asJson(views));
    if (options.csv) return io.out(csv(views));
    io.out(inCharactersOf(io, views.flatMap((view) => balancesPage(view, io.width, options)).join('\n')));
  });
}

const HEAD = [
  'connection',
  'day',
  'read',
  'account',
  'watch',
  'currency',
  'what',
  'of',
  'since',
  'age',
  'documents',
  'netsuite',
  'difference',
];

/** An account from its opening to what is left of it; then Amazon's own balances. What nobody knows has a row that says so. */
function csv(views: readonly BalancesOnView[]): string {
  return asCsv(
    HEAD,
    views.flatMap((view) => {
      const of = [view.connection, view.day, view.readAt];
      const empty = Array<null>(HEAD.length - of.length - 1);
      if (view.agrees === null) return [[...of, ...empty.fill(null), view.sentence]];
      return [
        ...view.accounts.flatMap((account) => accountRows(account).map((row) => [...of, ...row])),
        ...view.amazon.beside.map(({ currency, amazon, books, difference }) =>
          [...of, 'receivable and reserve', null, currency, 'beside Amazon', amazon].concat(
            null,
            null,
            null,
            books,
            difference,
          ),
        ),
      ];
    }),
  );
}

type Cell = string | number | null;

function accountRows(view: AccountOnDayView): Cell[][] {
  const { account, watch, currency, opening, movements, residues } = view;
  const row = (what: string, of: string | null, rest: readonly Cell[]): Cell[] => [
    account,
    watch,
    currency,
    what,
    of,
    ...rest,
  ];
  return [
    row('opening', null, [null, null, opening.documents, opening.netsuite, null]),
    ...movements.map(({ kind, documents, netsuite }) => row('movement', kind, [null, null, documents, netsuite, null])),
    row('confirmed', null, [null, null, view.confirmed, null, null]),
    row('closing', null, [null, null, view.documents, view.netsuite, view.difference]),
    ...residues.map(({ subject, since, age, amount }) => row('left', subject, [since, age, amount, null, null])),
  ];
}
