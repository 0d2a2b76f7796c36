import type { Jurisdiction } from '../../tax/tax-policy.ts';
import { renderRate } from '../../tax/tax-rate.ts';
import type { VatDifference, VatSide } from '../../tax/vat-amazon.ts';
import { formatMinor, sumMinor, type CurrencyCode } from '../../money/money.ts';
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
  /** Documents that did not move it by their tax; so many of them as are told. */
  differing: readonly { document: string; documents: bigint; booked: bigint }[];
}

/** Null where the connection is registered nowhere. */
export interface TaxItemFacts {
  period: Period;
  jurisdictions: readonly JurisdictionTax[];
  /** What Amazon's VAT report says otherwise; null where it was not read. */
  amazon: readonly VatDifference[] | null;
}

/** Per jurisdiction its account's movement by our documents, and Amazon's VAT report agrees or is carried (close.md, `tax`). */
export function taxItem(facts: TaxItemFacts | null): ItemFigure[] {
  if (facts === null) return [NOT_USED];
  const { period, jurisdictions, amazon } = facts;
  const reported = reportFindings(facts);
  const said = `Amazon's VAT report ${amazon === null ? 'not read' : amazon.length === 0 ? 'agrees' : 'differs'}`;
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
      population: `${counted(own.length, 'jurisdiction')}; ${said}`,
      open: [...own.flatMap((one) => apartOf(one, period)), ...reported],
    });
  });
}

/** Document by document, and what is left of the account apart from those. */
function apartOf({ jurisdiction, currency, documents, booked, differing }: JurisdictionTax, period: Period): Finding[] {
  const finding = (what: string, amount: bigint): Finding => ({
    what: `tax of ${jurisdiction}: ${what}`,
    amount,
    cause: `tax ${jurisdiction}`,
    act: `npx tieout vat ${period}`,
  });
  const named = differing.map((one) =>
    finding(
      `${one.document} has ${renderMoney(one.documents, currency)}, and moved its account by ${renderMoney(one.booked, currency)}`,
      one.documents - one.booked,
    ),
  );
  const rest = documents - booked - sumMinor(named.map(({ amount }) => amount ?? 0n));
  if (rest === 0n) return named;
  return [...named, finding(`documents have ${renderMoney(rest, currency)} more than its account`, rest)];
}

function reportFindings({ period, amazon }: TaxItemFacts): Finding[] {
  const of = { amount: null, cause: 'vat report' };
  const act = `npx tieout vat ${period}`;
  if (amazon === null)
    return [{ ...of, what: "Amazon's VAT report of the month was not read", act: `${act} --avtr FILE` }];
  return amazon.map((one) => ({ ...of, what: `Amazon's VAT report differs: ${saidOf(one)}`, act }));
}

/** Both sides: what is carried is just these. */
function saidOf({ orderId, event, sku, currency, ours, amazon }: VatDifference): string {
  const side = (told: VatSide | null) => {
    if (told === null) return 'nothing';
    const rate = told.rate === null ? '' : ` ${renderRate(told.rate)}`;
    return `${told.collector} ${told.jurisdiction ?? '?'}${rate}: ${formatMinor(told.tax, currency)} on ${renderMoney(told.net, currency)}`;
  };
  return `${event} of ${sku} in order ${orderId} is ${side(ours)} by documents, ${side(amazon)} by Amazon`;
}
