import type { DriftNotice } from '../../clients/amazon/drift-notice.ts';
import type { Connection } from '../connection.ts';

/** What Amazon's answers held that we do not know: one exception for each place, before it does harm. */
export async function raiseDrift(connection: Connection, notices: readonly DriftNotice[]): Promise<void> {
  const places = new Map(notices.map((notice) => [`${notice.where}: ${notice.what}`, notice]));
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
