import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { memoStart, parseExternalId } from '../../domain/identifiers/external-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { accountOfLine, movementsOf, updateMovement, type StoredMovement } from '../../store/payouts.ts';
import type { Connection, Dependencies } from '../dependencies.ts';
import { postDocument } from '../posting/post-document.ts';
import { accountReference, commonFields, currencyReference, periodFor, vendorReference } from '../posting/references.ts';
import { closedPeriod } from '../posting/stopped-posting.ts';
import type { PostingsResult } from './payout-results.ts';
import { resumePayout, stopPayout, type PayoutRef } from './payout-setup.ts';

/** What a movement becomes: a deposit out of transit, or a charge as the type of the account says that the line belongs to. */
interface MovementDocument { type: 'deposit' | 'check' | 'creditCardCharge'; account: Role; against: Role }

/**
 * Posts each movement whose line has been seen: Deposits for the payout and micro deposits, a credit card charge or a
 * check for what Amazon charged. Idempotent: by `AMZ_…_DEP_…` and `AMZ_…_CHG_…`.
 */
export function createPostMovements(deps: Dependencies) {
  return async function postMovements(input: PayoutRef): Promise<PostingsResult> {
    const setup = await resumePayout(deps, input, 'posted');
    const externalIds: string[] = [];
    for (const movement of await movementsOf(deps.store.db, input.connection, input.settlementId)) {
      if (movement.state !== 'matched') continue;
      const document = await documentOf(deps, setup.connection, movement);
      const key = parseExternalId(movement.externalId)!;
      const date = movement.date!;
      const period = await periodFor(setup.connection, date, false);
      if (!period.open) return stopPayout(deps, setup, closedPeriod(movement.externalId, period));
      const size = movement.amount < 0n ? -movement.amount : movement.amount;
      const posting = await postDocument(deps, {
        key, recordType: document.type, date, currency: movement.currency, total: size, orderId: null, settlementId: input.settlementId,
        plan: { kind: movement.kind, account: document.account, against: document.against, amount: movement.amount, traceId: movement.traceId, bankLine: movement.bankLine },
      }, async () => ({ kind: 'create', type: document.type, body: await movementBody(setup.connection, movement, document, size, period.fields) }));
      if (posting.result === 'stopped') return stopPayout(deps, setup, posting);
      if (posting.result === 'planned') return { result: 'planned' };
      await updateMovement(deps.store.db, input.connection, movement.externalId, { state: 'posted' });
      externalIds.push(posting.externalId);
    }
    return { result: 'done', externalIds };
  };
}

async function documentOf(deps: Dependencies, connection: Connection, movement: StoredMovement): Promise<MovementDocument> {
  if (movement.kind !== 'charge') return { type: 'deposit', account: 'bank', against: 'payouts-in-transit' };
  const role: Role = movement.bankLine !== null && (await accountOfLine(deps.store.db, connection.settings.name, movement.bankLine)) === 'bank' ? 'bank' : 'card';
  const { type } = await accountReference(connection, role, movement.currency);
  return { type: type === 'CredCard' ? 'creditCardCharge' : 'check', account: role, against: 'amazon-charges' };
}

async function movementBody(connection: Connection, movement: StoredMovement, document: MovementDocument, size: bigint, period: JsonObject): Promise<JsonObject> {
  const [account, against, currency, common] = await Promise.all([
    accountReference(connection, document.account, movement.currency), accountReference(connection, document.against, movement.currency),
    currencyReference(connection, movement.currency), commonFields(connection, document.type, true),
  ]);
  const memo = memoStart(parseExternalId(movement.externalId)!);
  const amount = decimal(formatMinor(size, movement.currency));
  const head = { externalId: movement.externalId, account: { id: account.id }, ...period, memo, currency, ...common };
  // The deposit's number is Amazon's trace id, so that NetSuite's own rule pairs it with the bank's line (NSHELP section_160374863744).
  if (document.type === 'deposit') return { ...head, ...(movement.traceId === null ? {} : { tranId: movement.traceId }), other: { items: [{ account: { id: against.id }, amount, memo }] } };
  return { ...head, entity: await vendorReference(connection), expense: { items: [{ account: { id: against.id }, amount, memo }] } };
}
