/**
 * Posts one NetSuite document exactly once.
 *
 * The intent is written down before the call; the externalId is the key, unique in NetSuite over all transactions
 * (NSHELP section_N3436356). "Already exists", a lost answer or a 5xx is *unknown* and is settled by reading back and
 * comparing, never by a new key. Idempotent: run again, it finds what it posted. Two attempts may run at the same time (a
 * process hangs, Temporal takes it for dead, and it goes on): the first word about a document counts, and whoever comes
 * after it ends there.
 *
 * Its day is judged here, just before it is sent: what is posted is never asked for its period again. Where it is booked
 * on another day than its own (`closedPeriod`), that is written down before the call too, and what is found in NetSuite is
 * compared with the day as booked.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { JsonObject, TransactionHead, WriteOutcome } from '../../clients/netsuite/netsuite-client.ts';
import { documentIs, type DocumentState } from '../../domain/documents/document-states.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { memoOf } from '../../domain/journal/booking-day.ts';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import {
  beginDocument,
  claimAttempt,
  planDocument,
  settleDocument,
  type StoredDocument,
} from '../../store/documents/documents.ts';
import { settlePosted } from '../../store/documents/posted.ts';
import { planUnsentAnew } from '../../store/documents/unsent.ts';
import type { Connection } from '../connection.ts';
import { bookingOf, fieldsAsBooked } from './booking.ts';
import { headDifferences, isTaxedOnTop, wholeDifference } from './compare-document.ts';
import { milliseconds } from '../../config/duration.ts';
import type { PostingCall } from './posting-call.ts';
import type { Gate, PostingIntent, PostingResult } from './posting-result.ts';

/** @param call the body without its end: handed in are `tranDate` and, for what posts, `postingPeriod` */
export function postDocument<Held>(
  connection: Connection,
  intent: PostingIntent & { gate: Gate<Held> },
  call: Calling,
): Promise<PostingResult | Held>;
export function postDocument(connection: Connection, intent: PostingIntent, call: Calling): Promise<PostingResult>;
export async function postDocument<Held>(
  connection: Connection,
  intent: PostingIntent & { gate?: Gate<Held> },
  call: Calling,
): Promise<PostingResult | Held> {
  const { db } = connection;
  const plansOnly = connection.settings.posting === 'plan';
  const document =
    intent.unwritten && !plansOnly ? null : await (intent.anew ? planUnsentAnew : planDocument)(db, intent);
  if (document !== null) {
    const { externalId } = document;
    if (document.state === 'posted') return { result: 'posted', externalId, netsuiteId: document.netsuiteId! };
    if (plansOnly) return { result: 'planned', externalId };
    const settled = await settleEarlier(connection, document, call);
    if (settled) return settled;
  }
  const booking =
    document === null
      ? await bookingOf(connection, intent)
      : await bookingOf(connection, document, {
          fresh: document.attempt > 0,
          ...(documentIs.perhapsOut(document) ? { policy: 'wait' } : {}),
        });
  if (!booking.takes)
    return { result: 'stopped', externalId: externalIdOf(intent.key), why: 'period', sentence: booking.sentence };
  const { date, trueDay } = booking;
  const prepared = withTrueDay(await call(booking.fields), trueDay);
  const held = (await intent.gate?.()) ?? null;
  if (held !== null) return held;
  const now = instantOf(connection.realNow());
  const claimed =
    document === null
      ? await beginDocument(db, { ...intent, date, trueDay }, now)
      : await claimAttempt(
          db,
          { ...document, recordType: intent.recordType ?? document.recordType, date, trueDay },
          now,
        );
  if (claimed === null) throw lostTheRace(externalIdOf(intent.key));
  pass(connection, intent, 'before-call');
  const outcome =
    prepared.kind === 'create'
      ? await connection.netsuite.create(claimed.recordType, prepared.body)
      : await connection.netsuite.transform(
          { type: prepared.from.record, id: prepared.from.id },
          claimed.recordType,
          prepared.body,
        );
  pass(connection, intent, 'after-call');
  return settleOutcome(connection, claimed, outcome, prepared, intent);
}

/** Where a test lets the process die or hang: in a posting of its purpose, or of this document. */
function pass(connection: Connection, { key }: PostingIntent, at: 'before-call' | 'after-call'): void {
  connection.failPoint(`${key.purpose}:${at}`);
  connection.failPoint(`${externalIdOf(key)}:${at}`);
}

function withTrueDay(call: PostingCall, trueDay: string | null): PostingCall {
  return { ...call, body: { ...call.body, memo: memoOf(String(call.body['memo']), trueDay) } };
}

/** The call by the day and period under which it is sent. */
type Calling = (dated: JsonObject) => Promise<PostingCall>;
/** The call that made the document, or would make it. */
type Meant = () => Promise<PostingCall>;

/** What an earlier attempt left open. Null when the document may be sent. */
async function settleEarlier(
  connection: Connection,
  document: StoredDocument,
  call: Calling,
): Promise<PostingResult | null> {
  const meant = async () => call(await fieldsAsBooked(connection, document));
  if (document.state === 'conflict') {
    // A person may have corrected or removed what stood under our key.
    const head = await lookUp(connection, document);
    return head ? compareAndSettle(connection, document, head, meant) : null;
  }
  return documentIs.perhapsOut(document) ? settleUnknown(connection, document, meant) : null;
}

async function settleOutcome(
  connection: Connection,
  document: StoredDocument,
  outcome: WriteOutcome,
  sent: PostingCall,
  { compared = false }: PostingIntent,
): Promise<PostingResult> {
  const { externalId } = document;
  const waits = connection.settings.lostAnswerWaits;
  switch (outcome.outcome) {
    case 'posted':
      return compared
        ? readBack(connection, document, 'NetSuite says it is posted and does not find it', null, sent)
        : posted(connection, document, outcome.id, sent);
    case 'duplicate':
      return readBack(connection, document, 'NetSuite says it exists and does not find it', async () => sent);
    case 'unknown':
      await settle(connection, document, 'unknown', outcome.reason);
      throw retryLater(
        'NETSUITE_UNKNOWN',
        `${externalId}: the answer was lost (${outcome.reason}); looked up before it is sent again`,
        milliseconds(waits[0]!),
      );
    case 'throttled':
      await settle(connection, document, 'planned', null);
      throw retryLater(
        'NETSUITE_THROTTLED',
        `${externalId}: ${outcome.reason}; nothing was done`,
        500 + document.attempt * 500,
      );
    case 'unauthorised':
      await settle(connection, document, 'planned', null);
      throw retryLater('NETSUITE_AUTH', `${externalId}: NetSuite refused the sign-in; nothing was sent`, 60_000);
    case 'rejected': {
      // NetSuite may look at the key last: a transform that was done before says that it has no line left. Also at the first
      // attempt: a store that was restored from an older backup does not know what it has posted since.
      const head = await lookUp(connection, document);
      if (head) return compareAndSettle(connection, document, head, async () => sent);
      const sentence =
        outcome.failure.details
          .map((detail) => detail.detail.replace('Error while accessing a resource. ', ''))
          .join(' ') || outcome.failure.title;
      await settle(connection, document, 'rejected', sentence);
      // Closed within the minute for which periods are kept: the next attempt asks anew, and moves it or says so.
      if (outcome.class === 'period' && document.attempt < 2)
        throw retryLater('NETSUITE_PERIOD', `${externalId}: ${sentence}`, 1000);
      if (outcome.class === 'changed' && document.attempt < 3)
        throw retryLater('NETSUITE_CHANGED', `${externalId}: the record changed meanwhile`, 1000);
      const why = outcome.class === 'period' ? 'period' : 'refused';
      return { result: 'stopped', externalId, why, sentence, class: outcome.class };
    }
  }
}

/**
 * A call whose outcome nobody knows. Found: it is the document. Not found: NetSuite may still be working on it (for up
 * to 15 minutes, NSHELP chapter_161251386312), so it is looked for at growing intervals, and sent again, under the same
 * key, after the last one. Null when it may be sent.
 */
async function settleUnknown(
  connection: Connection,
  document: StoredDocument,
  meant: Meant,
): Promise<PostingResult | null> {
  const head = await lookUp(connection, document);
  if (head) return compareAndSettle(connection, document, head, meant);
  if (document.state === 'sending') await settle(connection, document, 'unknown', 'the process ended during the call');
  const waits = connection.settings.lostAnswerWaits.map(milliseconds);
  const elapsed = connection.realNow() - epochMsOf(document.sentAt!);
  const next = waits.find((wait) => wait > elapsed);
  if (next === undefined) return null;
  throw retryLater(
    'NETSUITE_UNKNOWN',
    `${document.externalId}: not found ${Math.round(elapsed / 1000)} s after its answer was lost`,
    Math.max(next - elapsed, 50),
  );
}

/** What NetSuite says that it holds. Not found yet: to be looked for again. */
async function readBack(
  connection: Connection,
  document: StoredDocument,
  sentence: string,
  meant: Meant | null,
  made: PostingCall | null = null,
): Promise<PostingResult> {
  const head = await lookUp(connection, document);
  if (head) return compareAndSettle(connection, document, head, meant, made);
  await settle(connection, document, 'unknown', sentence);
  const [wait] = connection.settings.lostAnswerWaits;
  throw retryLater('NETSUITE_UNKNOWN', `${document.externalId}: ${sentence}`, milliseconds(wait!));
}

function lookUp(connection: Connection, document: StoredDocument): Promise<TransactionHead | null> {
  return connection.netsuite.lookups.transactionByExternalId(document.externalId);
}

/**
 * Ours, or somebody else's document under our key? Compared line by line before it counts as posted; by its head alone
 * where NetSuite has just answered that it made it of the body that we sent (`meant` null, `made` that call).
 */
async function compareAndSettle(
  connection: Connection,
  document: StoredDocument,
  head: TransactionHead,
  meant: Meant | null,
  made: PostingCall | null = null,
): Promise<PostingResult> {
  const differences = headDifferences(document, head);
  const call = differences.length > 0 || meant === null ? null : await meant();
  const difference =
    differences.length > 0
      ? differences.join(', ')
      : call === null
        ? null
        : await wholeDifference(connection, document, head.id, call);
  if (difference === null) return posted(connection, document, head.id, call ?? made);
  const sentence = `NetSuite holds ${head.type} ${head.tranId} under our key with ${difference}`;
  const why = differences.length === 1 && (await isTaxedOnTop(connection, document, head)) ? 'taxed' : 'differs';
  await settle(connection, document, 'conflict', sentence);
  return { result: 'stopped', externalId: document.externalId, why, sentence };
}

/** @throws POSTED_ELSEWHERE when another attempt has gone on with the document. */
async function settle(
  connection: Connection,
  document: StoredDocument,
  state: Exclude<DocumentState, 'posted'>,
  failure: string | null,
): Promise<void> {
  if (!(await settleDocument(connection.db, document, state, failure))) throw lostTheRace(document.externalId);
}

/** @param call by which NetSuite has it, where that is known. @throws as `settle`. */
async function posted(
  connection: Connection,
  { externalId }: StoredDocument,
  netsuiteId: string,
  call: PostingCall | null,
): Promise<PostingResult> {
  const plan = call?.kind === 'create' ? (call.plan ?? null) : null;
  if (!(await settlePosted(connection.db, externalId, netsuiteId, connection.latest(), plan)))
    throw lostTheRace(externalId);
  return { result: 'posted', externalId, netsuiteId };
}

function lostTheRace(externalId: string): ApplicationFailure {
  return retryLater('POSTED_ELSEWHERE', `${externalId}: another worker is posting it`, 1000);
}

/** Temporal runs the activity again after a while; expected, so no alarm. */
export function retryLater(type: string, message: string, ms: number): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nextRetryDelay: ms, category: ApplicationFailureCategory.BENIGN });
}
