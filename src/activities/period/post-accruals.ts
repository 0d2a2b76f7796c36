import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { AccrualsPosted } from '../../contracts/period/close.ts';
import { kindOf, recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { memoStart } from '../../domain/identifiers/external-id.ts';
import { monthOf } from '../../domain/money/instant.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import { accrualDocuments } from '../../store/period/accruals.ts';
import type { Connection } from '../connection.ts';
import { journalLines } from '../posting/journal-lines.ts';
import { postDocument } from '../posting/post-document.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import { commonFields, currencyReference } from '../posting/references.ts';
import { explainStopped, type StoppedPosting } from '../posting/stopped-posting.ts';

/**
 * Posts the accruals that controllers have approved, each with its reversal right after it; one that NetSuite does not take stops
 * no other month, and each look at the close tries it again. Idempotent: by `AMZ_…_ACR_{YYYY-MM}-{currency}_1` and `_2`.
 */
export async function postAccruals(connection: Connection, _: OfConnection): Promise<AccrualsPosted> {
  const done: AccrualsPosted = { posted: 0, stopped: 0 };
  const posted = new Set<string>();
  for (const document of await accrualDocuments(connection.db, connection.name)) {
    const { externalId, state, plan } = document;
    if (state === 'posted') posted.add(externalId);
    if (state === 'posted' || (plan.reverses !== undefined && !isReady(connection, plan.reverses, posted))) continue;
    const posting = await postDocument(connection, document, (dated) => accrualCall(connection, document, dated));
    if (posting.result === 'posted') {
      posted.add(externalId);
      done.posted += 1;
    }
    if (posting.result !== 'stopped') continue;
    done.stopped += 1;
    await raiseStopped(connection, document, posting);
  }
  return done;
}

/** What takes an accrual back follows it; a connection that only plans shows both. */
function isReady({ settings }: Connection, reverses: string, posted: ReadonlySet<string>): boolean {
  return settings.posting === 'plan' || posted.has(reverses);
}

async function accrualCall(
  connection: Connection,
  { externalId, key, currency: code, plan }: StoredDocument<'accrual'>,
  dated: JsonObject,
): Promise<PostingCall> {
  const [currency, common, items, rate] = await Promise.all([
    currencyReference(connection, code),
    commonFields(connection, recordTypeOf(key.purpose), { withSubsidiary: true }),
    journalLines(connection, code, plan.lines),
    plan.reverses === undefined ? {} : rateOf(connection, plan.reverses),
  ]);
  const [first] = plan.lines;
  return {
    kind: 'create',
    body: {
      externalId,
      currency,
      ...dated,
      ...rate,
      memo: `${memoStart(key)} · ${first!.memo} · Finances map v${plan.financesMapVersion}`,
      ...common,
      line: { items },
    },
  };
}

/** That of the accrual which it takes back: so nothing of it is left in base currency. */
async function rateOf({ netsuite }: Connection, externalId: string): Promise<JsonObject> {
  const [row] = await netsuite.suiteql('SELECT exchangerate FROM transaction WHERE externalid = ?', [externalId]);
  return row?.['exchangerate'] === undefined ? {} : { exchangeRate: decimal(row['exchangerate']) };
}

/** One exception a journal, of the month in which it is dated; it ends when NetSuite has it. */
async function raiseStopped(
  connection: Connection,
  { key, externalId, total, currency, date }: StoredDocument<'accrual'>,
  posting: StoppedPosting,
): Promise<void> {
  const stopped = explainStopped(posting, `${kindOf(key.purpose).name} ${memoStart(key)}`);
  // It is booked on no other day, whatever `closedPeriod` says.
  const first = posting.why === 'period' ? 'Open the period in NetSuite' : stopped.first;
  await connection.raise({
    code: stopped.code,
    key: externalId,
    subject: { kind: 'month', id: monthOf(date) },
    evidence: { what: stopped.what, atStake: total, currency },
    remedy: { kind: 'look', where: `${first}; each look at the close tries it again` },
  });
}
