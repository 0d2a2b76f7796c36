import type { CurrencyCode } from '../../money/money.ts';
import { sumMinor } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

/** An account of income and cost that journals own, of one month and currency. Debit positive. */
export interface CostFacts {
  /** Names of its roles. */
  account: string;
  currency: CurrencyCode;
  /** NetSuite's lines of our documents. */
  netsuite: bigint;
  /** Parts dated in the month + accruals − reversals + variances, as planned. */
  planned: bigint;
  /** NetSuite's of the month before; null before the first month. */
  lastMonth: bigint | null;
}

/** Each role of income and cost that the journal owns (close.md, `costs`). */
export function costsItem(costs: readonly CostFacts[]): ItemFigure[] {
  return byCurrency(costs).map((currency) => {
    const own = costs.filter((one) => one.currency === currency);
    return figureOf({
      currency,
      figure: sumMinor(own.map(({ netsuite }) => netsuite)),
      population: counted(own.length, 'account'),
      open: own
        .filter(({ netsuite, planned }) => netsuite !== planned)
        .map(({ account, netsuite, planned }) => ({
          what: `${account}: NetSuite has ${renderMoney(netsuite - planned, currency)} more by our documents than was planned`,
          amount: netsuite - planned,
          cause: `account ${account}`,
          act: null,
        })),
      named: own.map(({ account, netsuite, lastMonth }) => ({
        what: `${account}: ${renderMoney(netsuite, currency)}${lastMonth === null ? '' : `, the month before ${renderMoney(lastMonth, currency)}`}`,
        amount: netsuite,
        cause: `account ${account}`,
        act: null,
      })),
    });
  });
}
