import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { TaxPosted } from '../../contracts/tax/tax-look.ts';
import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { kindOf, recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import { memoStart } from '../../domain/identifiers/external-id.ts';
import type { JournalLine } from '../../domain/journal/journal-plan.ts';
import { loadDocument, type StoredDocument } from '../../store/documents/documents.ts';
import { openTaxJournals } from '../../store/tax/tax-journals.ts';
import type { Connection } from '../connection.ts';
import { journalLines } from '../posting/journal-lines.ts';
import { postDocument } from '../posting/post-document.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import { accountReference, commonFields, currencyReference } from '../posting/references.ts';
import { explainStopped, type StoppedPosting } from '../posting/stopped-posting.ts';
import { taxAccountOf } from './netsuite-tax.ts';

/**
 * Posts what people have decided about tax, the oldest first; one that NetSuite does not take stops no other, and each look
 * tries it again. Idempotent: by `AMZ_…_FTX_{orderId}-m{n}_1`.
 */
export async function postTaxJournals(connection: Connection, _: OfConnection): Promise<TaxPosted> {
  const done: TaxPosted = { posted: 0, stopped: 0 };
  for (const externalId of await openTaxJournals(connection.db, connection.name)) {
    const document = await loadDocument(connection.db, externalId);
    if (document === null || !hasPlan(document, 'tax-journal')) throw new Error(`bug: ${externalId} is no tax journal`);
    const posting = await postDocument(connection, document, (dated) => taxJournalCall(connection, document, dated));
    if (posting.result === 'posted') done.posted += 1;
    if (posting.result !== 'stopped') continue;
    done.stopped += 1;
    await raiseStopped(connection, document, posting);
  }
  return done;
}

async function taxJournalCall(
  connection: Connection,
  { externalId, key, currency: code, plan }: StoredDocument<'tax-journal'>,
  dated: JsonObject,
): Promise<PostingCall> {
  const [currency, common, items] = await Promise.all([
    currencyReference(connection, code),
    commonFields(connection, recordTypeOf(key.purpose), { withSubsidiary: true }),
    journalLines(connection, code, plan.lines, (line) => accountOfLine(connection, line, code)),
  ]);
  const [first] = plan.lines;
  return {
    kind: 'create',
    body: {
      externalId,
      currency,
      ...dated,
      memo: `${memoStart(key)} · ${first!.memo}`,
      ...common,
      line: { items },
    },
  };
}

/** Tax that documents carry stands on the account of its item, and what is moved is taken from there. */
async function accountOfLine(
  connection: Connection,
  { role, jurisdiction }: JournalLine,
  currency: string,
): Promise<string> {
  return role === 'sales-tax-payable' && jurisdiction !== undefined
    ? taxAccountOf(connection, jurisdiction)
    : (await accountReference(connection, role, currency, jurisdiction ?? null)).id;
}

/** One exception a journal; it ends when NetSuite has it. */
async function raiseStopped(
  connection: Connection,
  { key, externalId, total, currency }: StoredDocument<'tax-journal'>,
  posting: StoppedPosting,
): Promise<void> {
  const { code, first, what } = explainStopped(posting, `${kindOf(key.purpose).name} ${memoStart(key)}`);
  await connection.raise({
    code,
    key: externalId,
    subject: { kind: 'document', id: externalId },
    evidence: { what, atStake: total, currency },
    remedy: { kind: 'look', where: `${first}; each look at tax tries it again` },
  });
}
