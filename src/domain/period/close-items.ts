/** The items of the close, one visible list: each a pure function of its facts (close.md, *Items*). */
import type { Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import { ownerOf, worstOf, type CloseItem, type Finding, type ItemFigure, type ItemName } from './close-item.ts';
import { accrualsItem, type AccrualsFacts } from './items/accruals.ts';
import { balancesItem, type BalancesFacts } from './items/balances.ts';
import { chainItem, type ChainFacts } from './items/chain.ts';
import { costsItem, type CostFacts } from './items/costs.ts';
import { depositsItem, type DepositsFacts } from './items/deposits.ts';
import { dispatchesItem, type DispatchesFacts } from './items/dispatches.ts';
import { exceptionsItem, type OpenException } from './items/exceptions.ts';
import { foreignItem, type ForeignLine } from './items/foreign.ts';
import { ordersItem, type OrdersFacts } from './items/orders.ts';
import { payoutsItem, type PayoutsFacts } from './items/payouts.ts';
import { refundsItem, type RefundsFacts } from './items/refunds.ts';
import { salesItem, type SalesFacts } from './items/sales.ts';
import { stockItem, type StockItemFacts } from './items/stock.ts';
import { taxItem, type TaxItemFacts } from './items/tax.ts';

/** All that a month's items are worked out from, as of one moment. */
export interface CloseFacts {
  orders: OrdersFacts;
  dispatches: DispatchesFacts;
  sales: SalesFacts;
  refunds: RefundsFacts;
  payouts: PayoutsFacts;
  deposits: DepositsFacts;
  balances: BalancesFacts;
  costs: readonly CostFacts[];
  chain: ChainFacts;
  stock: StockItemFacts | null;
  tax: TaxItemFacts | null;
  accruals: AccrualsFacts;
  exceptions: readonly OpenException[];
  foreign: { lines: readonly ForeignLine[]; currencies: readonly CurrencyCode[] };
}

const ITEMS: Readonly<Record<ItemName, (facts: CloseFacts) => ItemFigure[]>> = {
  orders: ({ orders }) => ordersItem(orders),
  dispatches: ({ dispatches }) => dispatchesItem(dispatches),
  sales: ({ sales }) => salesItem(sales),
  refunds: ({ refunds }) => refundsItem(refunds),
  payouts: ({ payouts }) => payoutsItem(payouts),
  deposits: ({ deposits }) => depositsItem(deposits),
  balances: ({ balances }) => balancesItem(balances),
  costs: ({ costs }) => costsItem(costs),
  chain: ({ chain }) => chainItem(chain),
  stock: ({ stock }) => stockItem(stock),
  tax: ({ tax }) => taxItem(tax),
  accruals: ({ accruals }) => accrualsItem(accruals),
  exceptions: ({ exceptions }) => exceptionsItem(exceptions),
  foreign: ({ foreign }) => foreignItem(foreign.lines, foreign.currencies),
};

/** What a controller carries: an item's difference in a currency, as it was at that moment. */
export interface Carried {
  item: ItemName;
  currency: CurrencyCode | null;
  amount: bigint;
  by: string;
  why: string;
  /** What caused it at that moment. */
  causes?: readonly string[];
  /**
   * What was open at that moment, finding by finding: it is carried as long as just these are, since one that grew, moved to
   * another account or came instead is not what a controller looked at. Null of what was carried before they were kept: then no
   * other cause may have come.
   */
  findings?: readonly CarriedFinding[] | null;
}

export type CarriedFinding = Pick<Finding, 'cause' | 'what' | 'amount'>;

/** What is kept of a figure that is carried. */
export function lookedAt({ open }: Pick<ItemFigure, 'open'>): Required<Pick<Carried, 'causes' | 'findings'>> {
  return {
    causes: [...new Set(open.map(({ cause }) => cause))].sort(),
    findings: open.map(({ cause, what, amount }) => ({ cause, what, amount })),
  };
}

/** What is carried twice counts as it was said last. */
export function lastWords<T extends Carried>(carried: readonly T[]): T[] {
  return carried.filter((one, at) => !carried.slice(at + 1).some((later) => isSameItem(later, one)));
}

export const isSameItem = (a: Carried, b: Carried): boolean => a.item === b.item && a.currency === b.currency;

/** Items that a decision of their own ends: nobody carries them. */
const NOT_CARRIED: readonly ItemName[] = ['accruals'];

/** Every item with its figures; what was carried counts as long as the difference is what it was. */
export function closeItems(facts: CloseFacts, carried: readonly Carried[], due: Day): CloseItem[] {
  return (Object.keys(ITEMS) as ItemName[]).map((name) => {
    const figures = ITEMS[name](facts).map((figure) => asCarried(name, figure, carried));
    return { name, owner: ownerOf(name), due, state: worstOf(figures.map(({ state }) => state)), figures };
  });
}

function asCarried(name: ItemName, figure: ItemFigure, carried: readonly Carried[]): ItemFigure {
  if (figure.state !== 'open' || NOT_CARRIED.includes(name)) return figure;
  const said = carried.findLast(({ item, currency }) => item === name && currency === figure.currency);
  if (said?.amount !== figure.difference) return figure;
  return isLookedAt(figure.open, said) ? { ...figure, state: 'carried' } : figure;
}

function isLookedAt(open: readonly Finding[], { causes, findings }: Carried): boolean {
  if (findings === undefined || findings === null)
    return causes === undefined || open.every(({ cause }) => causes.includes(cause));
  const texts = (of: readonly CarriedFinding[]) =>
    of.map(({ cause, what, amount }) => `${cause}\n${what}\n${amount ?? ''}`).sort();
  const [then, now] = [texts(findings), texts(open)];
  return then.length === now.length && then.every((text, at) => text === now[at]);
}

/**
 * Why a figure cannot be carried with an amount, as a sentence; null where it can be.
 * @param figure the item's in that currency; undefined where it has none
 */
export function explainRefusedCarry(
  name: ItemName,
  figure: ItemFigure | undefined,
  amount: bigint,
  shown: string,
): string | null {
  if (NOT_CARRIED.includes(name)) return `${name} is not carried: approve it, or set it to none.`;
  if (figure === undefined) return `${name} has no figure in that currency.`;
  if (figure.state === 'carried' && figure.difference === amount) return null;
  if (figure.state === 'ties' || figure.state === 'waits') return `${name} is not open: it ${figure.state}.`;
  if (figure.state === 'not-used') return `${name} is not used.`;
  return figure.difference === amount ? null : `${name} differs by ${shown}; what is carried is just that.`;
}
