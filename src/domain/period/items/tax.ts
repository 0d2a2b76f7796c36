import type { Jurisdiction } from '../../tax/tax-policy.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, NOT_USED, type Finding, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';
import type { Period } from '../calendar.ts';

/** The seller's tax of a month in one jurisdiction: of documents, beside its account. Tax owed is positive. */
export interface JurisdictionTax {
  jurisdiction: Jurisdiction;
  currency: CurrencyCode;
  documents: bigint;
  booked: bigint;
  /** Documents that did not move it by their tax. */
  differing: number;
}

/** Null where the connection is registered nowhere. */
export interface TaxItemFacts {
  period: Period;
  jurisdictions: readonly JurisdictionTax[];
  /** What Amazon's VAT report says; null where it was not read. */
  amazon: { ties: boolean; differences: number } | null;
}

/** Per jurisdiction its account's movement by our documents, and Amazon's VAT report agrees or is carried (close.md, `tax`). */
export function taxItem(facts: TaxItemFacts | null): ItemFigure[] {
  if (facts === null) return [NOT_USED];
  const { period, jurisdictions, amazon } = facts;
  const reported = reportFindings(facts);
  const said = `Amazon's VAT report ${amazon === null ? 'not read' : amazon.ties ? 'agrees' : 'differs'}`;
  // A month without tax of ours is held against Amazon's report all the same.
  if (jurisdictions.length === 0)
    return [
      figureOf({ currency: null, figure: 0n, difference: 0n, population: `no tax of ours; ${said}`, open: reported }),
    ];
  return byCurrency(jurisdictions).map((currency) => {
    const own = jurisdictions.filter((one) => one.currency === currency);
    return figureOf({
      currency,
      figure: sumMinor(own.map(({ documents }) => documents)),
      difference: sumMinor(own.map(({ documents, booked }) => documents - booked)),
      population: `${counted(own.length, 'jurisdiction')}; ${said}`,
      open: [
        ...own
          .filter(({ differing, documents, booked }) => differing > 0 || documents !== booked)
          .map(({ jurisdiction, documents, booked, differing }) => ({
            what:
              differing > 0
                ? `tax of ${jurisdiction}: ${counted(differing, 'document')} did not move its account by their tax`
                : `tax of ${jurisdiction}: documents have ${renderMoney(documents, currency)}, its account ${renderMoney(booked, currency)}`,
            amount: documents - booked,
            cause: `tax ${jurisdiction}`,
            act: `npx tieout vat ${period}`,
          })),
        ...reported,
      ],
    });
  });
}

function reportFindings({ period, amazon }: TaxItemFacts): Finding[] {
  if (amazon?.ties === true) return [];
  const act = `npx tieout vat ${period}`;
  return amazon === null
    ? [
        {
          what: "Amazon's VAT report of the month was not read",
          amount: null,
          cause: 'vat report',
          act: `${act} --avtr FILE`,
        },
      ]
    : [
        {
          what: `Amazon's VAT report differs in ${counted(amazon.differences, 'place')}`,
          amount: null,
          cause: 'vat report',
          act,
        },
      ];
}
