import { whoActs } from '../../config/who-acts.ts';
import type { CloseDecisions } from '../../contracts/period/close-decisions.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { CloseDecision } from '../../operations/decisions/decision.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { watchJournals, type JournalState } from '../../operations/documents/watch-journals.ts';
import { withConnectionAtWork, withConnections } from '../../operations/running-connection.ts';
import { closesView, closeView, type CloseView } from '../../views/period/close-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { ActionOptions, QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { closePage, closesPage } from './close-page.ts';
import { sayDecided } from './decided-payout.ts';
import { postedOrNot } from './posted-journal.ts';

export interface CloseOptions extends QueryOptions {
  item?: string;
}

export async function showClose(io: CommandIo, period: string | null, options: CloseOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const sources = running.connections.map((settings) => ({ store: running.store, world: running.world, settings }));
    if (period === null) {
      const views = await Promise.all(sources.map(closesView));
      return io.out(
        options.json
          ? asJson(views)
          : inCharactersOf(io, views.flatMap((view) => closesPage(view, io.width)).join('\n')),
      );
    }
    const { item } = options;
    const all = (
      await Promise.all(sources.map((source) => closeView(source, period, { all: item !== undefined })))
    ).filter((view) => view !== null);
    if (all.length === 0) throw notWorkedOut(period, running.names);
    const views = item === undefined ? all : all.map((view) => withItem(view, item));
    if (views.some(({ items }) => items.some(({ state }) => state === 'open'))) io.exitCode = EXIT.undecided;
    io.out(
      options.json
        ? asJson(views)
        : inCharactersOf(io, views.flatMap((view) => closePage(view, io.width, item)).join('\n')),
    );
  });
}

const LATE_IN = ['sales', 'refunds', 'dispatches'];

/** The month with one item alone. @throws TieoutError `usage` for a name that is none */
function withItem(view: CloseView, wanted: string): CloseView {
  const items = view.items.filter(({ name }) => name === wanted);
  const carried = view.carried.filter((one) => one.item === wanted);
  // Late documents are those of sales and what was credited.
  const late = LATE_IN.includes(wanted) ? view.late : [];
  if (items.length > 0) return { ...view, items, carried, late, sales: wanted === 'sales' ? view.sales : [] };
  throw new TieoutError({
    code: 'usage',
    what: `The close has no item ${wanted}.`,
    notDone: 'Nothing is shown.',
    where: [`items: ${view.items.map(({ name }) => name).join(', ')}`],
    do: ['name one of these: --item NAME'],
  });
}

export function notWorkedOut(period: string, names: readonly string[]): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `${period} has not been worked out.`,
    notDone: 'Nothing is shown.',
    where: [`connections ${names.join(', ')}`],
    do: [
      'npx tieout close lists the months that were',
      'a connection closes its months here once its configuration has `close: {}`',
    ],
  });
}

/** A connection that only plans posts none of them. */
function postings(journals: readonly JournalState[], isPlanned: boolean): string {
  if (isPlanned) return `… both journals are planned, and posted once posting is live`;
  return journals.map((journal) => postedOrNot(journal, 'each hourly look at the close')).join('\n');
}

type Wanted = {
  [Update in keyof CloseDecisions]: { update: Update; args: Omit<CloseDecisions[Update], 'by'> };
}[keyof CloseDecisions];

export async function decideClose(io: CommandIo, { update, args }: Wanted, options: ActionOptions): Promise<void> {
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update, args: { ...args, by } } as CloseDecision);
    const { audit, choice, detail, isPlanned = false } = result;
    const journals =
      result.journals === undefined
        ? null
        : await watchJournals(running, result.journals, isPlanned ? 0 : options.wait);
    if (options.json) {
      const posting = journals === null ? {} : { isPlanned, journals };
      const told = { kind: update, connection: running.connection, ...args, by, audit, choice, detail };
      return io.out(asJson({ ...told, ...posting }));
    }
    sayDecided(io, result, by, journals === null ? null : postings(journals, isPlanned));
  });
}
