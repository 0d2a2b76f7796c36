import { counted, renderMoney } from '../money/render-amount.ts';
import { sumMinor } from '../money/money.ts';
import { renderPeriod } from '../period/calendar.ts';
import { grouped } from '../stock/grouped.ts';
import type { MonthProfit } from './month-profit.ts';

/** `October 2026: 16.02 USD by SKU, as NetSuite's ledger.` */
export function renderProfit({ period, ties, differing }: Pick<MonthProfit, 'period' | 'ties' | 'differing'>): string {
  const month = renderPeriod(period);
  if (ties.length === 0) return `${month}: nothing of ours stands on an account of income or cost.`;
  const said = [...grouped(ties, ({ currency }) => currency)].map(([currency, own]) => {
    const ledger = renderMoney(-sumMinor(own.map((tie) => tie.ledger)), currency);
    const apart = own.filter(({ difference }) => difference !== 0n);
    if (apart.length === 0) return `${ledger} in NetSuite, and by SKU the same`;
    const accounts = apart.map(({ account, difference }) => `${account} by ${renderMoney(-difference, currency)}`);
    return `${ledger} in NetSuite, from which the splits differ on ${accounts.join(', ')}`;
  });
  const named =
    differing.length === 0
      ? ''
      : ` ${counted(differing.length, 'document')} differ${differing.length === 1 ? 's' : ''}.`;
  return `${month}: ${said.join('; ')}.${named}`;
}
