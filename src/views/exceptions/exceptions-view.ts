import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import type { Remedy } from '../../domain/exceptions/exception.ts';
import { renderExceptionTitle, renderSubject, renderWaiters } from '../../domain/exceptions/render-exception.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Database } from '../../store/database.ts';
import { openWaits } from '../../store/decisions/waiting.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import type { ViewSource } from '../view-source.ts';
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
  closed: string | null;
  resolution: string | null;
  /** A few words: `no account: FBA Inbound Dock Fee`. */
  title: string;
  /** `9 orders`, `1 payout`, a dash when nothing waits for it. */
  waiters: string;
}

/** What is open in some connections, the latest first. */
export async function exceptionsView(
  { store }: ViewSource,
  connections: readonly string[],
): Promise<ListedException[]> {
  const open = await Promise.all(connections.map((connection) => openOf(store.db, connection)));
  return open.flat().sort((a, b) => b.number - a.number);
}

/** What is open in one connection, in the order in which it came. */
export async function openOf(db: Database, connection: string): Promise<ListedException[]> {
  const waits = await openWaits(db, connection);
  return (await openExceptions(db, connection)).map((exception) =>
    listedException(exception, workflowsOf(exception, waits)),
  );
}

export function listedException(exception: StoredException, waiting: string[]): ListedException {
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
    closed: exception.closedAt,
    resolution: exception.resolution,
    title: renderExceptionTitle(exception),
    waiters: renderWaiters(waiting),
  };
}
