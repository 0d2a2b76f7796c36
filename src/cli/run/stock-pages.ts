/** What the commands of stock have in common: a view for each connection that has stock, as pages or as one document. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { withConnections, type RunningConnections } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import type { ListOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { NO_STOCK } from '../print/stock.ts';

/** @param view null for a connection without stock */
export async function viewsOfStock<View>(
  connection: string | undefined,
  view: (running: RunningConnections, settings: ConnectionSettings) => Promise<View | null>,
): Promise<View[]> {
  return withConnections(connection, async (running) => {
    const all = await Promise.all(running.connections.map((settings) => view(running, settings)));
    return all.filter((one): one is Awaited<View> & View => one !== null);
  });
}

/** Pages one below the other, or the document of `--json`. */
export function pagesOf<View, Options extends ListOptions>(
  io: CommandIo,
  views: readonly View[],
  options: Options,
  page: (view: View, width: number, options: Options) => string[],
): string {
  if (options.json) return asJson(views);
  if (views.length === 0) return NO_STOCK;
  return inCharactersOf(io, views.map((view) => page(view, io.width, options).join('\n')).join('\n'));
}

/**
 * A day that is asked for and of which nothing can be shown is no empty table.
 * @throws TieoutError `not-found` where no connection has figures of it
 */
export function requireFigures(views: readonly { nothing: string | null }[], on: string | undefined): void {
  const nothing = views.flatMap((view) => view.nothing ?? []);
  if (on === undefined || views.length === 0 || nothing.length < views.length) return;
  throw new TieoutError({
    code: 'not-found',
    what: nothing[0]!,
    notDone: 'Nothing is shown.',
    where: nothing.slice(1),
    do: ['npx tieout stock shows the last whole day'],
  });
}
