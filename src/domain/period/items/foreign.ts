import type { Day } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted } from '../../money/render-amount.ts';
import type { Role } from '../../mapping/roles.ts';
import { figureOf, type Finding, type ItemFigure } from '../close-item.ts';
import { grouped } from '../../stock/grouped.ts';
import { isNetSuitesOwn } from '../netsuites-own.ts';
import { byCurrency } from './by-currency.ts';

/** A line that NetSuite posts in the month, by a document without a key of a configured connection. */
export interface ForeignLine {
  /** NetSuite's internal id. */
  document: string;
  /** As NetSuite shows it: `Journal #117`. */
  name: string;
  type: string;
  day: Day;
  /** The strict account's role; null where it stands elsewhere and names one of our customers. */
  role: Role | null;
  account: string;
  currency: CurrencyCode;
  /** Debit positive. */
  amount: bigint;
}

/**
 * No posted line dated in the month on a strict account or for one of our customers, by a document of others. NetSuite's
 * revaluations and period-end journals, and documents that come to nothing over each account, are named and count as none
 * (close.md, `foreign`).
 */
export function foreignItem(lines: readonly ForeignLine[], currencies: readonly CurrencyCode[]): ItemFigure[] {
  const [own, others] = [
    lines.filter(({ type }) => isNetSuitesOwn(type)),
    lines.filter(({ type }) => !isNetSuitesOwn(type)),
  ];
  const all = [...new Set([...currencies, ...byCurrency(others)])].sort();
  return all.map((currency) => {
    const documents = byDocument(others.filter((line) => line.currency === currency));
    // A revaluation is in the company's currency, which may be none of the connection's: it makes no figure of its own.
    const ofNetSuite = byDocument(own.filter((line) => figureCurrency(line, all) === currency));
    const counting = documents.filter((of) => !comesToNothing(of));
    return figureOf({
      currency,
      figure: sumMinor(counting.flatMap((of) => of.map(({ amount }) => amount))),
      difference: sumMinor(counting.flatMap((of) => of.map(({ amount }) => amount))),
      population: `${counted(documents.length + ofNetSuite.length, 'document')} of others`,
      open: counting.map((of) => findingOf(of, 'is not ours: delete it, or move it to another account')),
      named: [
        ...documents.filter(comesToNothing).map((of) => findingOf(of, 'comes to nothing there')),
        ...ofNetSuite.map((of) => ({ ...findingOf(of, "is NetSuite's own: it counts as none"), amount: null })),
      ],
    });
  });
}

const byDocument = (lines: readonly ForeignLine[]) => [...grouped(lines, ({ document }) => document).values()];

const figureCurrency = ({ currency }: ForeignLine, all: readonly CurrencyCode[]) =>
  all.includes(currency) ? currency : all[0];

function comesToNothing(lines: readonly ForeignLine[]): boolean {
  return [...grouped(lines, ({ account }) => account).values()].every(
    (of) => sumMinor(of.map(({ amount }) => amount)) === 0n,
  );
}

/** @param rest what it is there */
function findingOf(lines: readonly ForeignLine[], rest: string): Finding {
  const { document, name, day } = lines[0]!;
  const roles = [...new Set(lines.map(({ role }) => role ?? 'our customer'))];
  return {
    what: `${name} of ${day} stands on ${roles.join(', ')} and ${rest}`,
    amount: sumMinor(lines.map(({ amount }) => amount)),
    cause: `document ${document}`,
    act: null,
  };
}
