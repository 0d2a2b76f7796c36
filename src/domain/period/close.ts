/** A month as it stands at one moment: what is stored, shown, signed and compared later. */
import type { PostingModeName } from '../posting-modes/posting-modes.ts';
import type { Day, Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import { dueOf, type Period } from './calendar.ts';
import { causesOf, type CloseItem, type ItemName } from './close-item.ts';
import { closeItems, type Carried, type CloseFacts } from './close-items.ts';
import { salesByDay, type SalesLine } from './items/sales-by-day.ts';
import { rollForward, type Residue, type RollForward } from './items/balances.ts';

export interface Close {
  period: Period;
  mode: PostingModeName;
  due: Day;
  /** Whether its last day is over in the home zone. */
  isOver: boolean;
  evaluatedAt: Instant;
  items: CloseItem[];
  rollForwards: RollForward[];
  residues: (Residue & { account: string; currency: CurrencyCode })[];
  /** Documents of ours whose own day lies in the month and that are booked in a later one. */
  late: LateFact[];
  /** A line a currency, marketplace and day; left out where the month was worked out before there were such lines. Not signed. */
  sales?: SalesLine[];
}

export interface LateFact {
  document: string;
  day: Day;
  bookedOn: Day;
  currency: CurrencyCode;
  amount: bigint;
}

export interface CloseFrame {
  period: Period;
  mode: PostingModeName;
  closeTarget: number;
  isOver: boolean;
  now: Instant;
}

export function evaluateClose(
  frame: CloseFrame,
  facts: CloseFacts,
  carried: readonly Carried[],
  late: readonly LateFact[],
): Close {
  const due = dueOf(frame.period, frame.closeTarget);
  return {
    period: frame.period,
    mode: frame.mode,
    due,
    isOver: frame.isOver,
    evaluatedAt: frame.now,
    items: closeItems(facts, carried, due),
    rollForwards: facts.balances.accounts.map(rollForward),
    residues: facts.balances.accounts.flatMap(({ account, currency, residues }) =>
      residues.map((residue) => ({ ...residue, account, currency })),
    ),
    late: [...late],
    sales: salesByDay(facts.sales.shipments),
  };
}

export interface CloseCounts {
  tie: number;
  of: number;
  carried: number;
  waiting: number;
  open: number;
  /** Names of those that the connection does not use. */
  notUsed: ItemName[];
  /** Five items opened by one unmapped SKU are one decision. */
  decisions: number;
}

/** `of` are all that there are: what is not used neither ties nor holds anything up, and is named. */
export function countItems({ items }: Pick<Close, 'items'>): CloseCounts {
  const used = items.filter(({ state }) => state !== 'not-used');
  const count = (state: CloseItem['state']) => used.filter((item) => item.state === state).length;
  return {
    tie: count('ties'),
    of: items.length,
    carried: count('carried'),
    waiting: count('waits'),
    open: count('open'),
    notUsed: items.filter(({ state }) => state === 'not-used').map(({ name }) => name),
    decisions: causesOf(
      used.flatMap(({ figures }) => figures.filter(({ state }) => state === 'open').flatMap(({ open }) => open)),
    ),
  };
}

/**
 * Why a month cannot be signed, as a sentence; null where it can (close.md, *Sign-off*).
 * @param before the earliest month before it that is not signed; null where all are
 */
export function explainRefusedSignature(
  close: Close,
  { before, posting }: { before: Period | null; posting: 'plan' | 'live' },
): string | null {
  if (!close.isOver) return `${close.period} is not over.`;
  if (before !== null) return `${before} is not signed: months are signed in their order.`;
  if (posting === 'plan') return 'Nothing is posted under posting: plan, so there is nothing to sign.';
  const held = close.items.filter(({ state }) => state === 'open' || state === 'waits');
  if (held.length === 0) return null;
  const { decisions } = countItems(close);
  const names = held.map(({ name, state }) => `${name} ${state === 'open' ? 'is open' : 'waits'}`).join(', ');
  return `${names}${decisions === 0 ? '' : ` (${decisions} ${decisions === 1 ? 'cause' : 'causes'})`}.`;
}
