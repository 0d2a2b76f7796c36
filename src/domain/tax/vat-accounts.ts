/** The first tie of the VAT report: the seller's tax in documents beside what its account moved by in the month. */
import { parseExternalId } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { differenceFrom, sumMinor, sumsByKey, type CurrencyCode } from '../money/money.ts';
import type { Jurisdiction } from './tax-policy.ts';
import type { VatFact } from './vat-facts.ts';

/** What one NetSuite transaction moved the account of a jurisdiction's tax by. */
export interface TaxMovement {
  jurisdiction: Jurisdiction;
  externalId: string | null;
  /** Its number, or its memo. */
  name: string;
  type: string;
  day: Day;
  currency: CurrencyCode;
  /** Tax owed is positive, so a credit is. */
  amount: bigint;
}

export interface TaxTie {
  jurisdiction: Jurisdiction;
  currency: CurrencyCode;
  /** The seller's tax in posted documents of the month, claims among them. */
  documents: bigint;
  /** What they moved the account by. */
  booked: bigint;
  /** `booked` less `documents`. */
  difference: bigint;
  /** Each document that moved the account by something else than its tax. */
  differing: { document: string; documents: bigint; booked: bigint }[];
  /** What others moved it by: part of no document of ours. */
  foreign: bigint;
  others: TaxMovement[];
}

/**
 * @param connection whose documents are ours: those of another connection on the same account are others'
 * @param facts of the month; what NetSuite does not hold yet, and tax of others than the seller, is left out here
 */
export function tieToAccounts(
  connection: string,
  facts: readonly VatFact[],
  movements: readonly TaxMovement[],
): TaxTie[] {
  const owed = facts.filter(({ collector, posted }) => collector === 'seller' && posted);
  const keys = new Set([...owed, ...movements].map(({ jurisdiction, currency }) => `${jurisdiction} ${currency}`));
  return [...keys].sort().map((key) => {
    const [jurisdiction, currency] = key.split(' ') as [Jurisdiction, CurrencyCode];
    const here = <T extends { jurisdiction: Jurisdiction; currency: CurrencyCode }>(all: readonly T[]) =>
      all.filter((one) => one.jurisdiction === jurisdiction && one.currency === currency);
    const ours = here(movements).filter((movement) => isOurs(connection, movement));
    const others = here(movements).filter((movement) => !isOurs(connection, movement));
    const documents = sumsByKey(here(owed), ({ document, tax }) => ({ key: document, amount: tax }));
    const booked = sumsByKey(ours, ({ externalId, amount }) => ({ key: externalId!, amount }));
    const sums = { documents: sumMinor(documents.values()), booked: sumMinor(booked.values()) };
    return {
      jurisdiction,
      currency,
      ...sums,
      difference: differenceFrom(sums.documents, sums.booked),
      differing: [...new Set([...documents.keys(), ...booked.keys()])]
        .map((document) => ({
          document,
          documents: documents.get(document) ?? 0n,
          booked: booked.get(document) ?? 0n,
        }))
        .filter((one) => one.documents !== one.booked)
        .sort((a, b) => (a.document < b.document ? -1 : 1)),
      foreign: sumMinor(others.map(({ amount }) => amount)),
      others,
    };
  });
}

function isOurs(connection: string, { externalId }: TaxMovement): boolean {
  return externalId !== null && parseExternalId(externalId)?.connection === connection;
}
