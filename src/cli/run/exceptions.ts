import { renderDay, renderDayOfYear } from '../../domain/clocks/render-dates.ts';
import { renderWaiters } from '../../domain/exceptions/render-exception.ts';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { exceptionView, type ExceptionView } from '../../views/exceptions/exception-view.ts';
import { exceptionsView, type ListedException } from '../../views/exceptions/exceptions-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { ExceptionsOptions, QueryOptions } from '../command-options.ts';
import { showMoney } from '../print/amounts.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { ownerName } from '../print/owners.ts';
import { renderFields, renderParagraph, renderTable } from '../print/table.ts';

export async function listExceptions(io: CommandIo, options: ExceptionsOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const open = await exceptionsView(running, running.names);
    const aside = open.filter(({ snoozedUntil }) => snoozedUntil !== null);
    if (options.json) return io.out(asJson(options.snoozed ? aside : open));
    const several = running.names.length > 1;
    io.out(
      inCharactersOf(
        io,
        options.snoozed
          ? table(aside, io.width, several, 'Nothing is put aside.\n')
          : `${table(
              open.filter(({ snoozedUntil }) => snoozedUntil === null),
              io.width,
              several,
              'Nothing waits for a person.\n',
            )}${aside.length === 0 ? '' : `${aside.length} put aside: npx tieout exceptions --snoozed\n`}`,
      ),
    );
  });
}

function table(open: readonly ListedException[], width: number, several: boolean, none: string): string {
  if (open.length === 0) return none;
  const aside = open[0]!.snoozedUntil !== null;
  const next = `${open.length} ${aside ? 'put aside' : 'open'}. Next: npx tieout exceptions ${open[0]!.number}\n`;
  const lines = renderTable(
    [
      { align: 'right', head: '#', key: true },
      { align: 'left', head: 'What', key: true, gives: true },
      { align: 'right', head: 'Waits' },
      { align: 'right', head: 'At stake' },
      { align: 'right', head: 'Since' },
      ...(aside ? [{ align: 'right' as const, head: 'Back on', key: true }] : []),
      { align: 'left', head: 'Acts', wide: true },
      ...(several ? [{ align: 'left' as const, head: 'Connection' }] : []),
    ],
    open.map((exception) => [
      String(exception.number),
      exception.title,
      exception.waiters,
      atStakeOf(exception) ?? '–',
      renderDayOfYear(exception.since),
      ...(exception.snoozedUntil === null ? [] : [renderDayOfYear(exception.snoozedUntil)]),
      ownerName(exception.owner),
      exception.connection,
    ]),
    width,
  );
  return `${lines.join('\n')}\n${next}`;
}

export async function showException(io: CommandIo, number: number, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const view = await exceptionView(running, running.names, number);
    io.out(options.json ? asJson(view) : inCharactersOf(io, render(view, Math.min(io.width, 110))));
  });
}

function render(view: ExceptionView, width: number): string {
  const { number, code, connection, closed, resolution, since, openPayouts, waiting, evidence } = view;
  const end = closed === null ? 'open' : `closed ${renderDay(closed)}: ${resolution ?? ''}`;
  return [
    ...renderParagraph(`${number} ${code} · ${connection} · ${end} · since ${renderDay(since)}`, width),
    '',
    ...renderFields(width, 0, [
      ['what', view.what],
      ['at stake', atStakeOf(view)],
      ...openPayouts
        .slice(0, 6)
        .map(({ settlementId, total, currency }, index): [string, string] => [
          index === 0 ? 'stays open' : '',
          `payout ${settlementId} of ${showMoney(total, currency)}`,
        ]),
      ['waits', waiting.length === 0 ? null : listed(waiting)],
      ...evidence.map((line, index): [string, string] => [index === 0 ? 'evidence' : '', line]),
      ['acts', ownerName(view.owner) + (view.assignee === null ? '' : `: ${view.assignee}`)],
      ['comes back', view.snoozedUntil === null ? null : renderDay(view.snoozedUntil)],
      ...view.notes.map(({ text }, index): [string, string] => [index === 0 ? 'notes' : '', text]),
      ['see', view.see],
      ['', view.link],
      ['do', closed === null ? view.act : 'nothing: it is closed'],
    ]),
    '',
  ].join('\n');
}

function atStakeOf({ atStake, currency }: ListedException): string | null {
  return atStake === null || currency === null ? null : showMoney(atStake, currency);
}

function listed(workflowIds: readonly string[]): string {
  const shown = workflowIds.slice(0, 6).map((id) => parseWorkflowId(id)?.key ?? id);
  const more = workflowIds.length - shown.length;
  return `${renderWaiters(workflowIds)}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
