import type { UnreadRecord } from '../../clients/amazon/unread-record.ts';
import type { ReadAgainWhat } from '../../domain/decisions/plan-read-again.ts';
import { orderSubject, type Remedy } from '../../domain/exceptions/exception.ts';
import { renderUnread } from '../../domain/exceptions/render-unread.ts';
import type { Instant } from '../../domain/money/instant.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';

/** What an answer was asked for, so that a person can have it asked for once more; `listing`: it is, by itself. */
export type Asked = { what: ReadAgainWhat; since: Instant } | { listing: string };

const keyOf = ({ record, id }: Pick<UnreadRecord, 'record' | 'id'>): string => `${record} ${id}`;

/** Records of an answer that cannot be read: each is one exception, however often it comes, and the others were taken in. */
export async function raiseUnread(
  connection: Connection,
  unread: readonly UnreadRecord[],
  asked: Asked,
): Promise<void> {
  for (const record of unread)
    await connection.raise({
      code: 'input-unreadable',
      key: keyOf(record),
      subject: record.orderId === null ? { kind: 'report', id: keyOf(record) } : orderSubject(record.orderId),
      evidence: { what: renderUnread(`${keyOf(record)} of Amazon's answer`, record), atStake: null, currency: null },
      remedy: remedyOf(asked, record.since),
    });
}

/** Ends what was raised of records that came so that they can be read. */
export async function resolveRead(
  connection: Connection,
  record: UnreadRecord['record'],
  ids: readonly string[],
): Promise<void> {
  const open = await openKeys(connection.db, connection.name, 'input-unreadable', `${record} `);
  if (open.length === 0) return;
  const read = new Set(ids.map((id) => keyOf({ record, id })));
  for (const key of open)
    if (read.has(key)) await connection.resolve('input-unreadable', key, 'it came so that it can be read');
}

function remedyOf(asked: Asked, since: Instant | null): Remedy {
  if ('listing' in asked)
    return {
      kind: 'look',
      where: `Look at it in Seller Central. It is asked for again with ${asked.listing}, and ends when it can be read; a form that Tieout does not know is taught to its reader (src/clients/amazon)`,
    };
  return {
    kind: 'read-again',
    first: 'Look at it in Seller Central; once Amazon has mended it, or a newer Tieout knows its form',
    what: asked.what,
    from: since !== null && since < asked.since ? since : (since ?? asked.since),
  };
}
