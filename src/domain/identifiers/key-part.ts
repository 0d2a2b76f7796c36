import { sha256 } from './sha256.ts';

/** Longer ids than any of Amazon's or of a shop are cut: NetSuite's externalId ends at 255 characters. */
const LONGEST = 100;
const KEPT = 60;

/**
 * An id as a part of a key (accounting.md, *Identity*; ADR 12): as it is where a key may hold it. Else characters that a key may not
 * hold become `-`, and behind them stand `-h` and 12 hex digits of the id's SHA-256, so that two ids are never one key.
 */
export function keyPart(id: string): string {
  return /^[A-Za-z0-9-]+$/.test(id) && id.length <= LONGEST ? id : hashed(id);
}

/** The same of a settlement's id, behind which hyphens have a meaning of their own. */
export function settlementPart(id: string): string {
  return /^[A-Za-z0-9]+$/.test(id) && id.length <= LONGEST ? id : hashed(id);
}

const hashed = (id: string): string =>
  `${id.slice(0, KEPT).replace(/[^A-Za-z0-9-]/g, '-')}-h${sha256(id).slice(0, 12)}`;
