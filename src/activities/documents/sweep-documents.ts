import { alteredSince, renderAlteration, type Alteration } from '../../domain/documents/altered-since.ts';
import { kindOf, SHIPMENT_PURPOSES, type Purpose } from '../../domain/documents/document-kinds.ts';
import { addDays, dayIn } from '../../domain/money/instant.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import type { SweepInput, SweptPage } from '../../contracts/documents/document-sweep.ts';
import {
  documentsToReadBack,
  keepFirstReads,
  type ReadDocument,
  type ReadRange,
} from '../../store/documents/document-reads.ts';
import { firstDayOf, lastDayOf, type Period } from '../../domain/period/calendar.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { settlementsOfDocuments } from '../../store/payouts/applications.ts';
import type { Connection } from '../connection.ts';
import { marks } from '../period/ledger-query.ts';
import { heldNow } from './held-now.ts';
import { wakePayoutsOf } from './wake-payouts-of.ts';

/** Documents of one page: two queries of NetSuite. */
const PAGE = 1000;
/** As long as months that are signed are looked at again (close.md, *Workflow*), and what a late report may still touch. */
const DAYS_BACK = 400;

/**
 * Reads a page of posted documents back from NetSuite and raises those that it does not hold as they were posted: edited,
 * dated otherwise, made void or deleted. A payout that was tied over one is not tied any more until it is mended. What is
 * as it was posted again, or was left by a person, ends by itself. Writes nothing to NetSuite; a second run finds the same.
 */
export async function sweepDocuments(connection: Connection, input: SweepInput): Promise<SweptPage> {
  const { after, only } = input;
  const from = addDays(dayIn(await connection.now(), 'UTC'), -DAYS_BACK);
  return sweptPage(connection, input.policy, { after, from, ...(only === undefined ? {} : { only }) });
}

/**
 * The same over every document of a month, whatever its payout does: what a signature stands on is read line by line right before
 * it, for a total may stay as it was while its lines do not (close.md, *Sign-off*).
 */
export async function sweepMonth(connection: Connection, policy: ActivityPolicy, period: Period): Promise<void> {
  const days = { from: firstDayOf(period), to: lastDayOf(period) };
  for (let after: string | null = ''; after !== null;)
    ({ after } = await sweptPage(connection, policy, { after, ...days }));
}

async function sweptPage(
  connection: Connection,
  policy: ActivityPolicy,
  range: Omit<ReadRange, 'without'>,
): Promise<SweptPage> {
  const { db, name, settings } = connection;
  // With a stock flow fulfilments are watched by it, unit by unit.
  const without = settings.stock === undefined ? [] : FULFILMENTS;
  const documents = await documentsToReadBack(db, name, { ...range, without }, PAGE);
  const held = await heldNow(connection, documents);
  const altered: { document: ReadDocument; alteration: Alteration }[] = [];
  for (const document of documents) {
    const kind = kindOf(document.purpose);
    const alteration = alteredSince({ ...document, kind }, held.get(document.externalId) ?? null, document.sums);
    if (alteration !== null) altered.push({ document, alteration });
  }
  const names = await namesOf(connection, altered);
  const said = new Map(
    altered.map(({ document: { externalId }, alteration }) => [
      externalId,
      renderAlteration(externalId, alteration, names),
    ]),
  );
  const asked = documents.filter(({ externalId, leftAs }) => said.has(externalId) && said.get(externalId) !== leftAs);
  await keepFirstReads(
    db,
    documents.flatMap(({ externalId, sums }) => {
      const now = held.get(externalId);
      return sums === null && now?.isPosting === true && !said.has(externalId) ? [{ externalId, sums: now.sums }] : [];
    }),
  );
  await tell(connection, policy, documents, new Map(asked.map((one) => [one.externalId, said.get(one.externalId)!])));
  return {
    after: documents.length < PAGE ? null : documents.at(-1)!.externalId,
    read: documents.length,
    altered: asked.length,
  };
}

const FULFILMENTS: readonly Purpose[] = SHIPMENT_PURPOSES.filter((purpose) => kindOf(purpose).compared === 'units');

/** Raises what is new, ends what is over, and has the payouts proven anew that stand on either. */
async function tell(
  connection: Connection,
  policy: ActivityPolicy,
  documents: readonly ReadDocument[],
  altered: ReadonlyMap<string, string>,
): Promise<void> {
  const { db, name } = connection;
  const open = new Set(await openKeys(db, name, 'document-altered'));
  // Found by the proof of its payout first: one exception a cause.
  const differing = new Set(await openKeys(db, name, 'document-differs'));
  const changed = documents.filter(({ externalId }) => altered.has(externalId) !== open.has(externalId));
  const settled = await settlementsOfDocuments(db, name, [...altered.keys()]);
  for (const { externalId, settlementId, currency, total } of documents) {
    const what = altered.get(externalId);
    const payout = settlementId ?? settled.get(externalId)?.[0];
    if (what !== undefined && (open.has(externalId) || !differing.has(externalId)))
      await connection.raise({
        code: 'document-altered',
        subject: { kind: 'document', id: externalId },
        ...(payout === undefined ? {} : { payout }),
        evidence: { what, atStake: total, currency },
        remedy: { kind: 'put-back', document: externalId },
      });
    else if (what === undefined && open.has(externalId))
      await connection.resolve('document-altered', externalId, 'NetSuite holds it as it was posted');
  }
  await wakePayoutsOf(connection, policy, changed);
}

/** NetSuite's names of the accounts and items that differ. */
async function namesOf({ netsuite }: Connection, altered: readonly { alteration: Alteration }[]) {
  const lines = altered.flatMap(({ alteration }) => (alteration.kind === 'line' ? [alteration] : []));
  const read = async (table: 'account' | 'item', column: string) => {
    const ids = [...new Set(lines.flatMap((line) => line[table] ?? []))];
    if (ids.length === 0) return new Map<string, string>();
    const rows = await netsuite.suiteql(
      `SELECT id, ${column} AS name FROM ${table} WHERE id IN (${marks(ids)}) ORDER BY id`,
      ids,
    );
    return new Map(rows.map((row) => [row['id']!, row['name'] ?? row['id']!]));
  };
  return { account: await read('account', 'acctnumber'), item: await read('item', 'itemid') };
}
