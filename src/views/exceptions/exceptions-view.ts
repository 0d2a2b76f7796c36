import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import type { Remedy } from '../../domain/exceptions/exception.ts';
import { renderExceptionTitle, renderSubject, renderWaiters } from '../../domain/exceptions/render-exception.ts';
import { notedStanding, type NotedStanding } from '../../domain/exceptions/exception-notes.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Database } from '../../store/database.ts';
import { openWaits } from '../../store/decisions/waiting.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { openNotes } from '../../store/exceptions/notes.ts';
import type { ViewSource } from '../view-source.ts';
import { knownNow } from './known-now.ts';
import { workflowsOf } from './waiters.ts';

/** One exception as a list has it. */
export interface ListedException {
  number: number;
  connection: string;
  code: ExceptionCode;
  key: string;
  owner: string;
  what: string;
  /** What to do about it, the command where there is one. */
  act: string;
  remedy: Remedy;
  atStake: string | null;
  currency: string | null;
  /** `order:112-…`, `sku:BLU-MUG-2`. */
  subject: string;
  payout: string | null;
  /** Ids of the workflows that wait for it. */
  waiting: string[];
  since: string;
  /** The day on which it comes back; null where it is not put aside. */
  snoozedUntil: string | null;
  /** Who is to end it, where somebody was named. */
  assignee: string | null;
  closed: string | null;
  resolution: string | null;
  /** A few words: `no account: FBA Inbound Dock Fee`. */
  title: string;
  /** `9 orders`, `1 payout`, a dash when nothing waits for it. */
  waiters: string;
}

/** What is open in some connections, the latest first. */
export async function exceptionsView(source: ViewSource, connections: readonly string[]): Promise<ListedException[]> {
  const open = await Promise.all(
    connections.map(async (connection) => openOf(source.store.db, connection, await knownNow(source, connection))),
  );
  return open.flat().sort((a, b) => b.number - a.number);
}

/** What is open in one connection, in the order in which it came. @param now by which what is put aside has come back; null where nobody knows */
export async function openOf(db: Database, connection: string, now: string | null = null): Promise<ListedException[]> {
  const waits = await openWaits(db, connection);
  const notes = await openNotes(db, connection);
  return (await openExceptions(db, connection)).map((exception) =>
    listedException(exception, workflowsOf(exception, waits), notedStanding(notes.get(exception.id) ?? [], now)),
  );
}

export function listedException(
  exception: StoredException,
  waiting: string[],
  { snoozedUntil, assignee }: NotedStanding,
): ListedException {
  const { atStake, currency, what } = exception.evidence;
  return {
    number: exception.id,
    connection: exception.connection,
    code: exception.code,
    key: exception.key,
    owner: exception.owner,
    what,
    act: renderRemedy(exception.remedy, exception.id),
    remedy: exception.remedy,
    atStake: atStake === null || currency === null ? null : formatMinor(atStake, currency),
    currency,
    subject: renderSubject(exception.subject),
    payout: exception.payout,
    waiting,
    since: exception.openedAt,
    snoozedUntil,
    assignee,
    closed: exception.closedAt,
    resolution: exception.resolution,
    title: renderExceptionTitle(exception),
    waiters: renderWaiters(waiting),
  };
}
