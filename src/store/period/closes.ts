/** The close as it is stored: months as they were last worked out, what was carried, openings that were confirmed, and signatures. */
import { sql, type Selectable } from 'kysely';
import type { Carried } from '../../domain/period/close-items.ts';
import type { Close, LateFact } from '../../domain/period/close.ts';
import type { SignedStanding } from '../../domain/period/signature.ts';
import type { Database } from '../database.ts';
import type { CloseCarriedTable } from './close-tables.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface StoredClose {
  close: Close;
  /** Of a signed month; null of one that is open. */
  standing: SignedStanding | null;
}

export async function saveClose(db: Database, connection: string, { close, standing }: StoredClose): Promise<void> {
  const values = {
    evaluated_at: close.evaluatedAt,
    close: factToJson(close),
    standing: standing === null ? null : factToJson(standing),
  };
  await db
    .insertInto('close_months')
    .values({ connection, period: close.period, ...values })
    .onConflict((conflict) => conflict.columns(['connection', 'period']).doUpdateSet(values))
    .execute();
}

/** Of a month that is none. */
export async function forgetClose(db: Database, connection: string, period: string): Promise<void> {
  await db.deleteFrom('close_months').where('connection', '=', connection).where('period', '=', period).execute();
}

export async function loadClose(db: Database, connection: string, period: string): Promise<StoredClose | null> {
  const row = await db
    .selectFrom('close_months')
    .select(['close', 'standing'])
    .where('connection', '=', connection)
    .where('period', '=', period)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { close: factFromJson(row.close), standing: row.standing === null ? null : factFromJson(row.standing) };
}

/** Months that were ever worked out, in order, with when. */
export async function evaluatedPeriods(
  db: Database,
  connection: string,
): Promise<{ period: string; evaluatedAt: string }[]> {
  const rows = await db
    .selectFrom('close_months')
    .select(['period', 'evaluated_at'])
    .where('connection', '=', connection)
    .orderBy('period')
    .execute();
  return rows.map((row) => ({ period: row.period, evaluatedAt: row.evaluated_at }));
}

export interface RecordedCarry extends Carried {
  at: string;
  audit: number;
}

/** In the order in which they were carried. */
export async function carriedOf(db: Database, connection: string, period: string): Promise<RecordedCarry[]> {
  const rows = await db
    .selectFrom('close_carried')
    .selectAll()
    .where('connection', '=', connection)
    .where('period', '=', period)
    .orderBy('id')
    .execute();
  return rows.map(carryOf);
}

/** Of all months before one, in the order in which they were carried. */
export async function carriedBefore(
  db: Database,
  connection: string,
  period: string,
): Promise<(RecordedCarry & { period: string })[]> {
  const rows = await db
    .selectFrom('close_carried')
    .selectAll()
    .where('connection', '=', connection)
    .where('period', '<', period)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...carryOf(row), period: row.period }));
}

function carryOf(row: Selectable<CloseCarriedTable>): RecordedCarry {
  return {
    item: row.item as Carried['item'],
    currency: row.currency,
    amount: row.amount,
    causes: row.causes as string[],
    findings: row.findings === null ? null : factFromJson(row.findings),
    by: row.decided_by,
    why: row.why,
    at: row.at,
    audit: row.audit,
  };
}

export async function recordCarry(
  tx: Database,
  connection: string,
  period: string,
  { item, currency, amount, causes = [], findings = null, by, why, at, audit }: RecordedCarry,
): Promise<void> {
  await tx
    .insertInto('close_carried')
    .values({
      connection,
      period,
      item,
      currency,
      amount,
      causes: JSON.stringify(causes),
      findings: findings === null ? null : factToJson(findings),
      decided_by: by,
      why,
      audit,
      at,
    })
    .execute();
}

export interface ConfirmedOpening {
  account: string;
  currency: string;
  amount: bigint;
}

export async function confirmedOpenings(db: Database, connection: string): Promise<ConfirmedOpening[]> {
  return db
    .selectFrom('close_openings')
    .select(['account', 'currency', 'amount'])
    .where('connection', '=', connection)
    .orderBy('account')
    .orderBy('currency')
    .execute();
}

/** Once an account: another word replaces the one before. */
export async function confirmOpening(
  tx: Database,
  connection: string,
  {
    account,
    currency,
    amount,
    by,
    why,
    audit,
    at,
  }: ConfirmedOpening & { by: string; why: string; audit: number; at: string },
): Promise<void> {
  const values = { amount, decided_by: by, why, audit, at };
  await tx
    .insertInto('close_openings')
    .values({ connection, account, currency, ...values })
    .onConflict((conflict) => conflict.columns(['connection', 'account', 'currency']).doUpdateSet(values))
    .execute();
}

export interface Signature {
  period: string;
  /** From 1; a month that was reopened has another beside the first. */
  number: number;
  /** The canonical JSON that was signed. */
  document: string;
  hash: string;
  late: LateFact[];
  signer: string;
  comment: string;
  audit: number;
  at: string;
  reopened: { by: string; why: string; at: string } | null;
}

/** Of all months, in the order in which they were signed. */
export async function signaturesOf(db: Database, connection: string): Promise<Signature[]> {
  const rows = await db
    .selectFrom('close_signatures')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('audit')
    .execute();
  return rows.map((row) => ({
    period: row.period,
    number: row.number,
    document: row.document,
    hash: row.hash,
    late: factFromJson(row.late),
    signer: row.signer,
    comment: row.comment,
    audit: row.audit,
    at: row.at,
    reopened:
      row.reopened_at === null ? null : { by: row.reopened_by ?? '', why: row.reopened_why ?? '', at: row.reopened_at },
  }));
}

/** The signature of each month that stands: the last one, where it was not reopened. */
export function standingSignatures(signatures: readonly Signature[]): Map<string, Signature> {
  const last = new Map(signatures.map((signature) => [signature.period, signature]));
  return new Map([...last].filter(([, { reopened }]) => reopened === null));
}

/** Months whose last signature was not reopened. */
export async function signedPeriods(db: Database, connection: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('close_signatures')
    .select('period')
    .where('connection', '=', connection)
    .where('reopened_at', 'is', null)
    .execute();
  return new Set(rows.map(({ period }) => period));
}

export async function recordSignature(
  tx: Database,
  connection: string,
  signature: Omit<Signature, 'reopened'>,
): Promise<void> {
  const { late, ...rest } = signature;
  await tx
    .insertInto('close_signatures')
    .values({ connection, ...rest, late: factToJson(late) })
    .execute();
}

export async function markReopened(
  tx: Database,
  connection: string,
  { period, number }: Pick<Signature, 'period' | 'number'>,
  { by, why, at }: { by: string; why: string; at: string },
): Promise<void> {
  await tx
    .updateTable('close_signatures')
    .set({ reopened_by: by, reopened_why: why, reopened_at: at })
    .where('connection', '=', connection)
    .where('period', '=', period)
    .where('number', '=', number)
    .execute();
}

/** What people decide about months, one at a time per connection. */
export async function aloneOnClose<T>(
  db: Database,
  connection: string,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`close ${connection}`}, 0))`.execute(tx);
    return work(tx);
  });
}
