import type { DriftNotice } from '../../clients/amazon/drift-notice.ts';
import { REPORT_NAMES, UNKNOWN_COLUMN, type NamedReport } from '../../clients/amazon/report-names.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';

/**
 * Drift of a report that was read to its end: columns that nobody knows are raised, and what was raised of those that it has
 * no longer ends.
 */
export async function tellDrift(
  connection: Connection,
  type: NamedReport,
  notices: readonly DriftNotice[],
): Promise<void> {
  await raiseDrift(connection, notices);
  const told = new Set(notices.map(keyOf));
  const open = await openKeys(connection.db, connection.name, 'drift', `${REPORT_NAMES[type]}: ${UNKNOWN_COLUMN} `);
  for (const key of open)
    if (!told.has(key)) await connection.resolve('drift', key, 'a report came without that column');
}

const keyOf = ({ where, what }: DriftNotice): string => `${where}: ${what}`;

/** What Amazon's answers held that we do not know: one exception for each place, before it does harm. */
export async function raiseDrift(connection: Connection, notices: readonly DriftNotice[]): Promise<void> {
  const places = new Map(notices.map((notice) => [keyOf(notice), notice]));
  for (const [key, { where, what }] of places) {
    await connection.raise({
      code: 'drift',
      key,
      subject: { kind: 'drift', id: where },
      evidence: { what: `${where}: ${what}`, atStake: null, currency: null },
      remedy: {
        kind: 'look',
        where: 'Teach the reader this word if it carries an amount or a quantity (src/clients/amazon)',
      },
    });
  }
}
