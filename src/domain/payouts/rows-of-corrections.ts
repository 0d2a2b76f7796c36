/** Rows that a correction of tax owns: they were those of the document that it corrects (tax.md, *Proof*). */
import type { SalesPurpose } from '../documents/document-kinds.ts';
import { sumMinor } from '../money/money.ts';
import type { TieableRow, TiedGroup } from './tie-rows.ts';

/** A posted credit memo or invoice of the tax of another document, which is named by its external id. */
export interface TaxCorrection {
  externalId: string;
  purpose: SalesPurpose;
  corrects: string;
}

/**
 * Groups of tied rows, those of a corrected document in two: the correction has what Amazon withheld where it takes tax off
 * it, the rows of tax where it adds them. So each of the two is settled for just what it is.
 */
export function withCorrections(groups: readonly TiedGroup[], corrections: readonly TaxCorrection[]): TiedGroup[] {
  if (corrections.length === 0) return [...groups];
  const byCorrected = new Map(corrections.map((correction) => [correction.corrects, correction]));
  return groups.flatMap((group) => {
    const correction = group.document === null ? undefined : byCorrected.get(group.document);
    if (correction === undefined) return [group];
    const adds = correction.purpose === group.documentPurpose;
    const isTaken = ({ tax, withheld }: TieableRow) => (adds ? tax === true : withheld === true);
    const taken = group.rows.filter(isTaken);
    if (taken.length === 0) return [group];
    const kept = group.rows.filter((row) => !isTaken(row));
    const { externalId: document, purpose: documentPurpose } = correction;
    const ofCorrection = { ...group, rows: taken, amount: sumOf(taken), document, documentPurpose };
    return kept.length === 0 ? [ofCorrection] : [{ ...group, rows: kept, amount: sumOf(kept) }, ofCorrection];
  });
}

const sumOf = (rows: readonly TieableRow[]): bigint => sumMinor(rows.map(({ amount }) => amount));
