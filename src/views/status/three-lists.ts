/**
 * What somebody must look at today, this week and at month end (console.md, *The three lists*): each line is a query that
 * is empty when all is well, and says where to go on.
 */
import type { ConnectionSettings } from '../../config/connection.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import { numberedLines } from '../../store/bank/statement-lines.ts';
import { unseenPayouts } from '../../store/payouts/unseen-movements.ts';
import { closesView } from '../period/close-view.ts';
import { owedView } from '../stock/owed-view.ts';
import type { StockSource } from '../stock/stock-figures.ts';
import type { StockStatus } from '../stock/stock-status.ts';

export const LISTS = ['today', 'this week', 'at month end'] as const;

export interface ListLine {
  what: string;
  /** The command that goes on from there. */
  next: string;
}

export type ThreeLists = Record<(typeof LISTS)[number], ListLine[]>;

/** A claim whose last day is nearer than this is this week's. */
const WEEK = 7;

/** @param asOf the time by which a payout should have come: ours, beside simulators Amazon's; null while none is known */
export async function threeLists(
  source: StockSource,
  settings: ConnectionSettings,
  {
    open,
    snoozed,
    stock,
    late,
    asOf,
  }: {
    open: number;
    /** The days on which what is put aside comes back. */
    snoozed: readonly string[];
    stock: StockStatus | null;
    late: string | null;
    asOf: string | null;
  },
): Promise<ThreeLists> {
  return {
    today: [
      ...lineOf(
        open,
        (count) => `${count} ${open === 1 ? 'waits' : 'wait'} for a decision`,
        'thing',
        'npx tieout exceptions',
      ),
      ...(asOf === null ? [] : await payouts(source, settings, asOf)),
      ...(late === null ? [] : [{ what: late, next: 'npx tieout doctor' }]),
    ],
    'this week': [
      ...(await bankLines(source, settings)),
      ...(stock === null || stock.agree === stock.items
        ? []
        : [
            {
              what: `${renderCount(stock.agree)} of ${counted(stock.items, 'item')} ${stock.agree === 1 ? 'agrees' : 'agree'} with Amazon`,
              next: 'npx tieout stock',
            },
          ]),
      ...(await claims(source, settings)),
    ],
    'at month end': [
      ...(await months(source, settings)),
      ...lineOf(
        snoozed.length,
        (count) => `${count} put aside, back by ${renderDay([...snoozed].sort().at(-1)!)}`,
        'thing',
        'npx tieout exceptions --snoozed',
      ),
    ],
  };
}

function lineOf(count: number, say: (counted: string) => string, thing: string, next: string): ListLine[] {
  return count === 0 ? [] : [{ what: say(counted(count, thing)), next }];
}

async function payouts({ store }: StockSource, { name }: ConnectionSettings, asOf: string): Promise<ListLine[]> {
  return (await unseenPayouts(store.db, name, asOf)).map(({ settlementId, amount, currency }) => ({
    what: `${formatMinor(amount, currency)} ${currency} of ${settlementId} should have come and was not seen`,
    next: `npx tieout status payout ${settlementId}`,
  }));
}

async function bankLines({ store }: StockSource, { name }: ConnectionSettings): Promise<ListLine[]> {
  const { length } = await numberedLines(store.db, [name], { account: null, unmatched: true });
  return lineOf(length, (count) => `${count} of statements prove nothing`, 'line', 'npx tieout bank lines --unmatched');
}

async function claims(source: StockSource, settings: ConnectionSettings): Promise<ListLine[]> {
  const owed = (await owedView(source, settings))?.owed ?? [];
  const { length } = owed.filter(({ daysLeft }) => daysLeft !== null && daysLeft >= 0 && daysLeft <= WEEK);
  return lineOf(length, (count) => `${count} can be made for ${WEEK} days at most`, 'claim', 'npx tieout stock owed');
}

/** Of each month that is not signed, or no longer as signed. */
async function months(source: StockSource, settings: ConnectionSettings): Promise<ListLine[]> {
  if (settings.close === undefined) return [];
  const view = await closesView({ store: source.store, settings, world: { temporal: { uiUrl: null } } });
  return view.months.flatMap(({ period, open, of, signed, changed }) => {
    const next = `npx tieout close ${period}`;
    if (changed) return [{ what: `${period} no longer matches what was signed`, next }];
    if (signed || open === 0) return [];
    return [{ what: `${renderCount(open)} of ${of} items of ${period} ${open === 1 ? 'is' : 'are'} open`, next }];
  });
}
