import type { RefusedRow } from '../../clients/amazon/report-rows.ts';
import { renderUnread } from '../../domain/exceptions/render-unread.ts';
import type { Connection } from '../connection.ts';

/** Rows of a report that cannot be read: they stand aside with their lines, and the rest was taken in. Ends with a report that has none. */
export async function raiseUnreadableRows(
  connection: Connection,
  report: string,
  refused: readonly RefusedRow[],
): Promise<void> {
  const [first] = refused;
  if (first === undefined) {
    await connection.resolve('input-unreadable', report, 'a report came whose rows can all be read');
    return;
  }
  const more = refused.length > 1 ? ` (and ${refused.length - 1} more rows)` : '';
  await connection.raise({
    code: 'input-unreadable',
    subject: { kind: 'report', id: report },
    evidence: {
      what: `${renderUnread(`line ${first.line} of ${report}`, { ...first, field: first.column })}${more}`,
      atStake: null,
      currency: null,
    },
    remedy: {
      kind: 'look',
      where: `Look at the line in the report in Seller Central; the next report in which it can be read ends this, or teach the reader its form (src/clients/amazon)`,
    },
  });
}
