/** What people did in a connection, and whether the record of it still stands (close.md, *Who decided*; console.md, *Audit log*). */
import { lastAudit, verifyAudit, type AuditRow, type ChainEnd } from '../../store/audit/audit-chain.ts';
import { verifySignatures, type BrokenSignature } from '../../store/period/signature-chain.ts';
import type { ViewSource } from '../view-source.ts';

export interface AuditLogView {
  connection: string;
  /** The newest first. */
  entries: AuditLine[];
}
export interface AuditLine {
  number: number;
  at: string;
  by: string;
  /** As the command has it: `map-sku`, `import-statement`; `signal` where it was sent by hand, `configuration` at a start. */
  action: string;
  /** What it was about, in a line. */
  about: string;
  why: string | null;
  hash: string;
}

/** What the record keeps and nobody reads in a list: the whole configuration, and the names of acts. */
const UNSAID = ['act', 'settings', 'hash'];

/** @param most of the newest; null: all */
export async function auditLogView(
  { store }: Pick<ViewSource, 'store'>,
  connection: string,
  most: number | null,
): Promise<AuditLogView> {
  const rows = await lastAudit(store.db, connection, most);
  return { connection, entries: rows.map(lineOf) };
}

function lineOf({ id, at, by, action, detail, why, hash }: AuditRow): AuditLine {
  return { number: id, at: `${at.slice(0, 19)}Z`, by, action, about: aboutOf(detail), why, hash };
}

/** `key BLU-MUG-2, choice BLU-MUG`: what the record says, field by field. */
export function aboutOf(detail: unknown): string {
  return Object.entries(detail as Record<string, unknown>)
    .filter(([name]) => !UNSAID.includes(name))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

export interface AuditVerifiedView {
  stands: boolean;
  entries: number;
  /** The last entry that stands; noted elsewhere, it shows later whether anything was cut off. */
  end: ChainEnd | null;
  broken: { number: number; what: string } | null;
  /** Signatures of months that are not what was signed. */
  signatures: (BrokenSignature & { connection: string })[];
}

/** Of all connections: the chain is one. */
export async function auditVerifiedView(
  { store }: Pick<ViewSource, 'store'>,
  expected: ChainEnd | null,
): Promise<AuditVerifiedView> {
  const { entries, end, broken } = await verifyAudit(store.db, expected);
  const signatures = await verifySignatures(store.db);
  return { stands: broken === null && signatures.length === 0, entries, end, broken, signatures };
}
