/** A report that cannot be had or read is asked for again, further and further apart, and takes no quota in between. */
import { ApplicationFailure, Context } from '@temporalio/activity';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import { epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import { forgetUnread, noteUnread, unreadInputs } from '../../store/intake/unread-inputs.ts';
import type { Connection } from '../connection.ts';

const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** What may pass by itself is tried so often at once. */
const TRIES_AT_ONCE = 3;

/** After the n-th time in vain. */
export function againAfter(tries: number, now: Instant): Instant {
  return instantOf(epochMsOf(now) + Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS));
}

/** Why a report or its document cannot be had or read; null for a failure of more than this one, which passes by itself. */
export function failureOfReport(error: unknown): string | null {
  if (error instanceof ApplicationFailure && error.type === 'REPORT_FATAL') return error.message;
  if (!(error instanceof AmazonFailure)) return null;
  const { code, status, where, what, cause } = error;
  const isItsOwn = code === 'bug' || code === 'rejected' || code === 'not-found';
  // The store's word for an address that is over, and zlib's for bytes that are no gzip.
  const isOfDocument =
    where === 'document' &&
    (status === 403 || String((cause as { code?: unknown } | undefined)?.code).startsWith('Z_'));
  return isItsOwn || isOfDocument ? `${where}: ${what}` : null;
}

/**
 * Asks for a report and reads it, unless it failed a short while ago. One that fails three times in a row becomes an exception
 * and is left alone for a while, up to six hours; the first that works ends it.
 * @param key under which it is raised
 * @returns null where it is not asked for now, or failed
 */
export async function unlessFailing<T>(
  connection: Connection,
  { key, name }: { key: string; name: string },
  ask: () => Promise<T>,
): Promise<T | null> {
  const { db, amazon } = connection;
  const failing = (await unreadInputs(db, connection.name, key)).find((input) => input.key === key);
  if (failing?.againAt && (await amazon.time(failing.againAt)) < failing.againAt) return null;
  try {
    const result = await ask();
    if (failing) await endUnread(connection, key);
    return result;
  } catch (error) {
    const what = failureOfReport(error);
    if (what === null || (!failing && Context.current().info.attempt < TRIES_AT_ONCE)) throw error;
    const tries = (failing?.tries ?? 0) + 1;
    const againAt = againAfter(tries, await amazon.time());
    await noteUnread(db, connection.name, { key, tries, againAt, documentId: null, span: null });
    await connection.raise({
      code: 'input-unreadable',
      key,
      subject: { kind: 'report', id: key },
      evidence: {
        what: `the ${name} cannot be had or read (${tries} ${tries === 1 ? 'time' : 'times'} in vain): ${what}`,
        atStake: null,
        currency: null,
      },
      remedy: {
        kind: 'look',
        where: `It is asked for again by itself after ${againAt}, later and later but within six hours, and the first that can be read ends this. Where it stays so, request the same report by hand in Seller Central; a form that Tieout does not know is taught to its reader (src/clients/amazon)`,
      },
    });
    return null;
  }
}

/** It came so that it can be read. @param raised as what it was, where not as `input-unreadable` under the same key */
export async function endUnread(
  connection: Connection,
  key: string,
  raised: { code: ExceptionCode; key: string } = { code: 'input-unreadable', key },
): Promise<void> {
  await forgetUnread(connection.db, connection.name, key);
  await connection.resolve(raised.code, raised.key, 'it came so that it can be read');
}
