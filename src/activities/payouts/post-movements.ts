import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { externalIdOf, memoStart, parseExternalId } from '../../domain/identifiers/external-id.ts';
import { keyPlannedAs } from '../../domain/documents/document-plans.ts';
import { parseSettlementKey } from '../../domain/identifiers/settlement-key.ts';
import { journalLine } from '../../domain/journal/balance-parts.ts';
import { dimensionsOf, withDimensions } from '../../domain/mapping/dimensions.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import {
  stateOncePosted,
  type Movement,
  type MovementDocument,
  type MovementPlan,
} from '../../domain/matching/movement.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { DocumentIntent } from '../../store/documents/documents.ts';
import { markMovementPosted, setMovementState } from '../../store/payouts/movements.ts';
import type { Connection } from '../connection.ts';
import { postDocument } from '../posting/post-document.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import {
  accountReference,
  commonFields,
  currencyReference,
  dimensionFields,
  vendorReference,
} from '../posting/references.ts';
import { wakeIfRunning } from '../wake-payout.ts';
import { journalCall } from './journal-call.ts';
import type { PayoutRef, PostingsResult } from '../../contracts/payouts/payout-activities.ts';
import { accountNumberOf, isForgotten, resumePayout, stopPayout, type PayoutSetup } from './payout-setup.ts';
import { readMovements } from './read-movements.ts';

/**
 * Posts the documents of each movement whose lines are known: Deposits for the payout and micro deposits, a credit card
 * charge or a check for what Amazon charged, and journals for what was converted, given back or put on `variance`. A
 * movement that the bank gave back is awaited again after that. Idempotent: each by its external id.
 */
export async function postMovements(connection: Connection, input: PayoutRef): Promise<PostingsResult> {
  const setup = await resumePayout(connection, input, 'works');
  if (isForgotten(setup)) return { result: 'done', externalIds: [] };
  const { db } = connection;
  const externalIds: string[] = [];
  const mine = async () =>
    (await readMovements(db, setup.connection)).filter((movement) => movement.settlementId === input.settlementId);
  for (const movement of await mine()) {
    for (const document of movement.documents) {
      if (document.posted) continue;
      const { intent, call } = await postingOf(setup, movement, document);
      const posting = await postDocument(connection, intent, call);
      if (posting.result === 'stopped') return stopPayout(setup, posting);
      if (posting.result === 'planned') return { result: 'planned' };
      await markMovementPosted(db, connection.name, document.externalId);
      externalIds.push(posting.externalId);
    }
  }
  for (const movement of await mine()) {
    if (movement.state !== 'matched' || movement.documents.some(({ posted }) => !posted)) continue;
    await setMovementState(db, connection.name, movement.externalId, stateOncePosted(movement));
    if (movement.broughtBackBy !== null) await wakeIfRunning(connection, movement.broughtBackBy);
  }
  return { result: 'done', externalIds };
}

async function postingOf(
  { connection, settlement }: PayoutSetup,
  movement: Movement,
  document: MovementDocument,
): Promise<{ intent: DocumentIntent; call: (dated: JsonObject) => Promise<PostingCall> }> {
  const { externalId, amount, currency, date, bankLine } = document;
  const base = {
    date,
    currency,
    total: amount,
    orderId: null,
    settlementId: settlement.settlementId,
  };
  if (document.kind !== 'line') {
    const plan = journalOf(connection, settlement.mapVersion ?? 0, movement, document);
    const intent: DocumentIntent<'journal'> = {
      ...base,
      key: keyPlannedAs(externalId, 'journal'),
      plan,
    };
    return { intent, call: (dated) => journalCall(connection, intent, plan, dated) };
  }
  const isCharge = movement.kind === 'charge';
  const [account, against] = isCharge ? [document.credit, document.debit] : [document.debit, document.credit];
  const type = isCharge
    ? (await accountReference(connection, account, currency)).type === 'CredCard'
      ? 'creditCardCharge'
      : 'check'
    : 'deposit';
  const plan: MovementPlan = {
    kind: movement.kind,
    account,
    against,
    amount: isCharge ? -amount : amount,
    traceId: movement.traceId,
    bankLine,
  };
  return {
    intent: { ...base, key: keyPlannedAs(externalId, 'movement'), recordType: type, plan },
    call: async (dated) => ({
      kind: 'create',
      body: await movementBody(connection, movement, document, { type, account, against }, dated),
    }),
  };
}

function journalOf(
  connection: Connection,
  mapVersion: number,
  movement: Movement,
  { externalId, kind, debit, credit, amount, currency, date }: MovementDocument,
): StoredJournalPart {
  const words = { line: '', conversion: 'converted', return: 'given back by the bank', variance: 'rest of' }[kind];
  const memo = `${words}: ${movement.externalId}${kind === 'variance' ? ' to variance' : ''}`;
  const account = accountNumberOf(connection, currency);
  const part = { part: parseExternalId(externalId)!.part, of: 1, mapVersion, date };
  const lines = [
    journalLine({ role: debit, amount: -amount, memo, payout: false }, account),
    journalLine({ role: credit, amount, memo, payout: false }, account),
  ];
  return { ...part, lines: withDimensions(lines, (role) => dimensionsOf(connection.settings.dimensions, role, null)) };
}

async function movementBody(
  connection: Connection,
  movement: Movement,
  document: MovementDocument,
  {
    type,
    account: role,
    against: other,
  }: Pick<MovementPlan, 'account' | 'against'> & { type: 'deposit' | 'check' | 'creditCardCharge' },
  dated: JsonObject,
): Promise<JsonObject> {
  const { externalId, currency: code } = document;
  const [account, against, currency, common, dimensions] = await Promise.all([
    accountReference(connection, role, code),
    accountReference(connection, other, code),
    currencyReference(connection, code),
    commonFields(connection, type, { withSubsidiary: true }),
    dimensionFields(connection, dimensionsOf(connection.settings.dimensions, other, null)),
  ]);
  const key = parseExternalId(externalId)!;
  const memo = memoStart(key);
  const amount = decimal(formatMinor(document.amount, code));
  const head = { externalId: externalIdOf(key), account: { id: account.id }, ...dated, memo, currency, ...common };
  // The deposit's number is Amazon's trace id, so that NetSuite's own rule pairs it with the bank's line (NSHELP section_160374863744); a further line has no number that pairs.
  const isTraced = movement.traceId !== null && parseSettlementKey(key.businessKey)?.kind !== 'line';
  if (type === 'deposit')
    return {
      ...head,
      ...(isTraced ? { tranId: movement.traceId } : {}),
      other: { items: [{ account: { id: against.id }, amount, memo, ...dimensions }] },
    };
  return {
    ...head,
    entity: await vendorReference(connection),
    expense: { items: [{ account: { id: against.id }, amount, memo, ...dimensions }] },
  };
}
