import { createHash } from 'node:crypto';
import { AMOUNT_MAP_VERSION } from '../../domain/mapping/amount-map.ts';
import { highestRole } from '../../domain/people/roles.ts';
import { FINANCES_MAP_VERSION } from '../../domain/period/finances-map.ts';
import { explainRefusedSignature } from '../../domain/period/close.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { endedIn, periodsBetween, previousPeriod } from '../../domain/period/calendar.ts';
import { ownActOf } from '../../domain/period/four-eyes.ts';
import {
  signedCarried,
  signedFigures,
  signedText,
  statementOf,
  type SignedClose,
} from '../../domain/period/signature.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { softwareVersion } from '../../config/software-version.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { SignOff } from '../../contracts/period/close-decisions.ts';
import { approversSince, lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import {
  aloneOnClose,
  carriedOf,
  recordSignature,
  saveClose,
  signaturesOf,
  standingSignatures,
} from '../../store/period/closes.ts';
import { monthOrders } from '../../store/period/month-orders.ts';
import { listSettlements } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';
import { sweepMonth } from '../documents/sweep-documents.ts';
import { LEAVE_TAX } from '../tax/tax-of-nobody.ts';
import { refuseDecision } from '../decisions/refuse-decision.ts';
import { explainSigned } from './decide-close.ts';
import { workOut } from './evaluate-close.ts';
import { firstMonth, monthFrame, refuseNoMonth } from './month-frame.ts';
import { refusedClose } from './refused-close.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Works the month out once more, its documents and payouts read again from NetSuite, and signs what it finds, where nothing is open or
 * waits (close.md, *Sign-off*). Idempotent by its act: a second attempt answers what was signed.
 * @throws ApplicationFailure `CLOSE_REFUSED`
 */
export async function decideSignOff(
  connection: Connection,
  { decision, act, policy }: Deciding<SignOff> & { act: string },
): Promise<DecisionResult> {
  const { db, name, settings } = connection;
  const { period, by, why } = decision;
  const before = standingSignatures(await signaturesOf(db, name)).get(period);
  // Read after the signatures: one of this very act is no other's.
  const done = await lastAuditOf(db, name, 'sign-off', { act });
  if (done !== null) return signedAs(connection, period, done);
  if (before !== undefined) throw refuseDecision('CLOSE_REFUSED', explainSigned(before));
  refuseNoMonth(connection, period, await connection.now());
  await sweepMonth(connection, policy, period);
  const { close } = await workOut(connection, period, { fresh: true });
  const refused =
    (await refusedClose(connection)) ??
    explainRefusedSignature(close, { before: await firstUnsigned(connection, period), posting: settings.posting }) ??
    (await refusedByFourEyes(connection, period, by));
  await saveClose(db, name, { close, standing: null });
  if (refused !== null) throw refuseDecision('CLOSE_REFUSED', `${period} cannot be signed: ${refused}`);
  const at = await connection.now();
  const sources = await sourceHashes(connection, period);
  const audit = await aloneOnClose(db, name, async (tx) => {
    const known = await lastAuditOf(tx, name, 'sign-off', { act });
    if (known !== null) return known;
    const signatures = await signaturesOf(tx, name);
    // Whoever came first has signed: nobody else signs beside him what he did not see signed.
    const first = standingSignatures(signatures).get(period);
    if (first !== undefined) throw refuseDecision('CLOSE_REFUSED', explainSigned(first));
    const signed: SignedClose = {
      ...signedFigures(close),
      carried: signedCarried(close, await carriedOf(tx, name, period)),
      connection: name,
      period,
      mode: close.mode,
      settingsHash: sha256(canonicalJson(settings)),
      mapVersion: AMOUNT_MAP_VERSION,
      financesMapVersion: FINANCES_MAP_VERSION,
      softwareVersion: softwareVersion(),
      sourceHashes: sources,
      signer: by,
      role: highestRole(connection.people, by),
      statement: statementOf(close),
      comment: why,
      at,
      previous: signatures.at(-1)?.hash ?? null,
    };
    const document = signedText(signed);
    const hash = sha256(document);
    const number = signatures.filter((one) => one.period === period).length + 1;
    const entry = await recordAudit(tx, name, {
      action: 'sign-off',
      detail: { period, number, hash, act },
      by,
      why,
      at,
    });
    await recordSignature(tx, name, {
      period,
      number,
      document,
      hash,
      late: close.late,
      signer: by,
      comment: why,
      audit: entry,
      at,
    });
    await saveClose(tx, name, { close, standing: { kind: 'as-signed' } });
    return entry;
  });
  return signedAs(connection, period, audit);
}

async function signedAs({ db, name }: Connection, period: string, audit: number): Promise<DecisionResult> {
  const signature = (await signaturesOf(db, name)).find((one) => one.audit === audit);
  return {
    audit,
    released: 1,
    choice: 'sign-off',
    detail: `${period} is signed by ${signature?.signer ?? '?'}: ${signature?.hash ?? '?'}`,
  };
}

/** The earliest month before one that is not signed, since the cut-over. */
async function firstUnsigned(connection: Connection, period: string): Promise<string | null> {
  const signed = standingSignatures(await signaturesOf(connection.db, connection.name));
  return periodsBetween(firstMonth(connection), previousPeriod(period)).find((month) => !signed.has(month)) ?? null;
}

/** Acts by which a controller carries, accrues, or books what no vendor told: who took one of the month does not sign it, where `fourEyes` is set. */
const BY_ANOTHER = [
  'carry-item',
  'approve-accrual',
  'settle-difference',
  'settle-payout',
  LEAVE_TAX,
  'match-deposit',
  'approve-adjustment',
  'approve-opening',
  'close-gap',
];

async function refusedByFourEyes(connection: Connection, period: string, by: string): Promise<string | null> {
  const { db, name, settings } = connection;
  if (settings.close?.fourEyes !== true) return null;
  const { from } = await monthFrame(connection, period, await connection.now());
  const own = ownActOf(by, period, await approversSince(db, name, BY_ANOTHER, from));
  if (own === null) return null;
  const orCarry = own.action === 'carry-item' ? ', or to carry it himself' : '';
  return `${by} took ${own.action} of it (audit ${own.audit}), and fourEyes wants another to sign${orCarry}.`;
}

/** Of all that the month was worked out from and that was received as a file. */
async function sourceHashes({ db, name, settings }: Connection, period: string): Promise<string[]> {
  const homeZone = timeZoneOf(settings, null);
  const settlements = (await listSettlements(db, name)).filter(endedIn(period, homeZone));
  const orders = await monthOrders(db, name, period);
  return [...new Set([...settlements.map((one) => one.sha256), ...(orders === null ? [] : [orders.sha256])])].sort();
}
