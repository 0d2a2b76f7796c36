import type { Signature } from '../../../store/period/closes.ts';
import { columnsOf, type EvidenceFile, type EvidenceTable } from '../../../domain/proof/evidence.ts';

export function signatureTable(signatures: readonly Signature[]): EvidenceTable {
  return {
    name: 'signatures',
    title: 'Signatures',
    note: 'Each is the SHA-256 of its file, canonical JSON by RFC 8785, which names the signature before it.',
    columns: columnsOf('Number', 'Signed by', 'At', 'Comment', 'SHA-256', 'Audit entry', 'Reopened'),
    rows: signatures.map(({ number, signer, at, comment, hash, audit, reopened }) => [
      String(number),
      signer,
      at,
      comment,
      hash,
      String(audit),
      reopened === null ? '' : `by ${reopened.by} at ${reopened.at}: ${reopened.why}`,
    ]),
  };
}

/** What was signed, byte for byte. */
export function signatureFiles(signatures: readonly Signature[]): EvidenceFile[] {
  return signatures.map(({ number, document }) => ({
    path: `signed/signature-${number}.json`,
    bytes: new TextEncoder().encode(document),
  }));
}
