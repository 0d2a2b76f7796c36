import type { Day } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted } from '../../money/render-amount.ts';
import type { Role } from '../../mapping/roles.ts';
import { figureOf, type Finding, type ItemFigure } from '../close-item.ts';
import { grouped } from '../../stock/grouped.ts';
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

/** NetSuite's own at a period's end (netsuite.md §2.13): revaluation of open balances, and its costing. */
const OWN_TYPES = new Set(['FxReval', 'PEJrnl', 'CostReval']);

/**
 * No posted line dated in the month on a strict account or for one of our customers, by a document of others. NetSuite's
 * revaluations and period-end journals, and documents that come to nothing over each account, are named and count as none
 * (close.md, `foreign`).
 */
export function foreignItem(lines: readonly ForeignLine[], currencies: readonly CurrencyCode[]): ItemFigure[] {
  const all = [...new Set([...currencies, ...byCurrency(lines)])].sort();
  return all.map((currency) => {
    const documents = [
      ...grouped(
        lines.filter((line) => line.currency === currency),
        ({ document }) => document,
      ),
    ];
    const counting = documents.filter(([, of]) => !isNetSuitesOwn(of) && !comesToNothing(of));
    return figureOf({
      currency,
      figure: sumMinor(counting.flatMap(([, of]) => of.map(({ amount }) => amount))),
      difference: sumMinor(counting.flatMap(([, of]) => of.map(({ amount }) => amount))),
      population: `${counted(documents.length, 'document')} of others`,
      open: counting.map(([, of]) => findingOf(of)),
      named: documents.filter(([, of]) => isNetSuitesOwn(of) || comesToNothing(of)).map(([, of]) => findingOf(of)),
    });
  });
}

const isNetSuitesOwn = (lines: readonly ForeignLine[]) => lines.every(({ type }) => OWN_TYPES.has(type));

function comesToNothing(lines: readonly ForeignLine[]): boolean {
  return [...grouped(lines, ({ account }) => account).values()].every(
    (of) => sumMinor(of.map(({ amount }) => amount)) === 0n,
  );
}

function findingOf(lines: readonly ForeignLine[]): Finding {
  const { document, name, day } = lines[0]!;
  const roles = [...new Set(lines.map(({ role }) => role ?? 'our customer'))];
  return {
    what: `${name} of ${day} stands on ${roles.join(', ')} and is not ours: delete it, or move it to another account`,
    amount: sumMinor(lines.map(({ amount }) => amount)),
    cause: `document ${document}`,
    act: null,
  };
}
