/** Whether signatures are still what was signed: each is the SHA-256 of its document, which names the one before it. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SignedStanding } from '../../domain/period/signature.ts';
import type { Database } from '../database.ts';
import { signaturesOf, type Signature } from './closes.ts';

export interface BrokenSignature {
  period: string;
  number: number;
  /** The end of a sentence that names it. */
  what: string;
}

/** @param signatures of all months of a connection, in the order in which they were signed */
export function brokenSignatures(signatures: readonly Signature[]): BrokenSignature[] {
  return signatures.flatMap((one, at) => {
    const what = brokenBy(one, signatures[at - 1]?.hash ?? null);
    return what === null ? [] : [{ period: one.period, number: one.number, what }];
  });
}

function brokenBy({ document, hash, signer, comment, at }: Signature, previous: string | null): string | null {
  if (createHash('sha256').update(document).digest('hex') !== hash)
    return 'is not the hash of what stands as signed: one of both was written anew';
  const signed = JSON.parse(document) as Record<string, unknown>;
  if (signed['previous'] !== previous) return 'does not follow the signature before it';
  const isSaid = signed['signer'] === signer && signed['comment'] === comment && signed['at'] === at;
  return isSaid ? null : 'names another signer, comment or instant than what was signed';
}

/** How a signed month stands whose signature is not what was signed; null where it is. */
export function standingOfBroken(signatures: readonly Signature[], period: string): SignedStanding | null {
  const broken = brokenSignatures(signatures).filter((one) => one.period === period);
  if (broken.length === 0) return null;
  return { kind: 'changed', differences: broken.map(({ number, what }) => `signature ${number} ${what}`) };
}

/** Of all connections, and beside the audit log, whose chain has the hash of each. */
export async function verifySignatures(db: Database): Promise<(BrokenSignature & { connection: string })[]> {
  const { rows: signedOff } = await sql<{ connection: string; period: string; number: number; hash: string }>`
    select connection, detail ->> 'period' as period, (detail ->> 'number')::int as number, detail ->> 'hash' as hash
    from audit where action = 'sign-off' order by id`.execute(db);
  const { rows: stored } = await sql<{ connection: string }>`
    select distinct connection from close_signatures order by connection`.execute(db);
  const connections = new Set([...signedOff, ...stored].map(({ connection }) => connection));
  const found: (BrokenSignature & { connection: string })[] = [];
  for (const connection of connections) {
    const signatures = await signaturesOf(db, connection);
    found.push(...brokenSignatures(signatures).map((one) => ({ connection, ...one })));
    for (const { period, number, hash } of signedOff.filter((one) => one.connection === connection)) {
      const own = signatures.find((one) => one.period === period && one.number === number);
      if (own?.hash === hash) continue;
      const what = own === undefined ? 'is gone, and the audit log has it' : 'is another one than the audit log has';
      found.push({ connection, period, number, what });
    }
  }
  return found;
}
