/** Posted documents beside what NetSuite showed of them when they were first read back. */
import { DOCUMENT_KINDS, PURPOSES, type Purpose } from '../../domain/documents/document-kinds.ts';
import { ENDED } from '../../domain/payouts/payout-states.ts';
import type { HeldSum } from '../../domain/documents/altered-since.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface ReadDocument {
  externalId: string;
  purpose: Purpose;
  date: string;
  currency: string;
  total: bigint;
  settlementId: string | null;
  /** Null until it was read back once. */
  sums: HeldSum[] | null;
  /** The sentence of an alteration that a person has left as it stands. */
  leftAs: string | null;
}

/** Those that post to the ledger; what stock planned is watched by the stock flow, row by row. */
const SWEPT = PURPOSES.filter((purpose) => {
  const { of, locks } = DOCUMENT_KINDS[purpose];
  return of !== 'stock' && locks !== null;
});

export interface ReadRange {
  /** External id behind which the page begins. */
  after: string;
  /** Booked on this day or later. */
  from: string;
  /** Booked up to this day, or of a day up to it: every one of a month, those of payouts at work as well. */
  to?: string;
  /** Purposes that something else watches. */
  without: readonly Purpose[];
  only?: string;
}

/**
 * A page of posted documents in the order of their external ids. Those of a payout that is at work or waits are left to its proof,
 * unless they are what it waits for.
 */
export async function documentsToReadBack(
  db: Database,
  connection: string,
  { after, from, to, without, only }: ReadRange,
  limit: number,
): Promise<ReadDocument[]> {
  const purposes = SWEPT.filter((purpose) => !without.includes(purpose));
  let query = db
    .selectFrom('documents as d')
    .leftJoin('document_reads as r', 'r.external_id', 'd.external_id')
    .leftJoin('settlements as s', (join) =>
      join.onRef('s.connection', '=', 'd.connection').onRef('s.settlement_id', '=', 'd.settlement_id'),
    )
    .select([
      'd.external_id as externalId',
      'd.purpose',
      'd.date',
      'd.currency',
      'd.total',
      'd.settlement_id as settlementId',
      'r.sums',
      'r.left_as as leftAs',
    ])
    .where('d.connection', '=', connection)
    .where('d.state', '=', 'posted')
    .where('d.purpose', 'in', purposes)
    .where('d.external_id', '>', after)
    .orderBy('d.external_id')
    .limit(limit);
  if (to !== undefined)
    query = query.where(({ or, between }) => or([between('d.date', from, to), between('d.true_day', from, to)]));
  else if (only !== undefined) query = query.where('d.external_id', '=', only);
  else
    query = query
      .where('d.date', '>=', from)
      .where(({ or, eb, exists, selectFrom }) =>
        or([
          eb('d.settlement_id', 'is', null),
          eb('s.state', 'in', ENDED),
          exists(
            selectFrom('exceptions as e')
              .select('e.id')
              .whereRef('e.connection', '=', 'd.connection')
              .where('e.code', '=', 'document-altered')
              .whereRef('e.key', '=', 'd.external_id')
              .where('e.closed_at', 'is', null),
          ),
        ]),
      );
  return (await query.execute()).map(({ sums, ...row }) => ({
    ...row,
    sums: sums === null ? null : factFromJson<HeldSum[]>(sums),
  }));
}

/** How NetSuite shows documents that it holds as they were posted; what was kept before stays. */
export async function keepFirstReads(
  db: Database,
  read: readonly { externalId: string; sums: readonly HeldSum[] }[],
): Promise<void> {
  if (read.length === 0) return;
  await db
    .insertInto('document_reads')
    .values(read.map(({ externalId, sums }) => ({ external_id: externalId, sums: factToJson(sums), left_as: null })))
    .onConflict((conflict) =>
      conflict.column('external_id').doUpdateSet((excluded) => ({
        sums: ({ fn, ref }) => fn.coalesce(ref('document_reads.sums'), excluded.ref('excluded.sums')),
      })),
    )
    .execute();
}

/** A person has left it as it stands in NetSuite; altered otherwise, it is asked about anew. */
export async function leaveAltered(db: Database, externalId: string, sentence: string): Promise<void> {
  await db
    .insertInto('document_reads')
    .values({ external_id: externalId, sums: null, left_as: sentence })
    .onConflict((conflict) => conflict.column('external_id').doUpdateSet({ left_as: sentence }))
    .execute();
}
