import type { Day } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import type { Role } from '../../mapping/roles.ts';
import { differenceOf, figureOf, type Finding, type ItemFigure } from '../close-item.ts';
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
      population: `${counted(documents.length + ofNetSuite.length, 'document')} of others`,
      difference: differenceOf(counting.flatMap(byAccount)),
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
  return byAccount(lines).every(({ amount }) => amount === 0n);
}

/** What a document has on each account: two of one currency do not make up for each other. */
function byAccount(lines: readonly ForeignLine[]): { role: string; currency: CurrencyCode; amount: bigint }[] {
  return [...grouped(lines, ({ account }) => account).values()].map((of) => ({
    role: of[0]!.role ?? 'our customer',
    currency: of[0]!.currency,
    amount: sumMinor(of.map(({ amount }) => amount)),
  }));
}

/** @param rest what it is there */
function findingOf(lines: readonly ForeignLine[], rest: string): Finding {
  const { document, name, day } = lines[0]!;
  const places = byAccount(lines);
  const said = (one: (typeof places)[number]) =>
    places.length === 1 ? one.role : `${one.role} with ${renderMoney(one.amount, one.currency)}`;
  return {
    what: `${name} of ${day} stands on ${places.map(said).join(', ')} and ${rest}`,
    amount: differenceOf(places),
    cause: `document ${document}`,
    act: null,
  };
}
