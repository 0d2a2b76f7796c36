/** What decisions about months answer, and whether that is open. */
import type { CloseDecisions } from '../../contracts/period/close-decisions.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Database } from '../../store/database.ts';
import {
  confirmedOpenings,
  evaluatedPeriods,
  loadClose,
  signaturesOf,
  standingSignatures,
  type StoredClose,
} from '../../store/period/closes.ts';
import type { CloseDecision } from './decision.ts';

export interface OpenCloses {
  /** Months as they were last worked out. */
  closes: ReadonlyMap<string, StoredClose['close']>;
  signed: ReadonlySet<string>;
  /** Accounts whose opening was confirmed, with their currency. */
  confirmed: ReadonlySet<string>;
}

export async function readOpenCloses(db: Database, connection: string): Promise<OpenCloses> {
  const closes = new Map<string, StoredClose['close']>();
  for (const { period } of await evaluatedPeriods(db, connection)) {
    const stored = await loadClose(db, connection, period);
    if (stored !== null) closes.set(period, stored.close);
  }
  return {
    closes,
    signed: new Set(standingSignatures(await signaturesOf(db, connection)).keys()),
    confirmed: new Set(
      (await confirmedOpenings(db, connection)).map(({ account, currency }) => `${account} ${currency}`),
    ),
  };
}

export const CLOSE_ANSWERS: {
  [Update in keyof CloseDecisions]: (args: CloseDecisions[Update], open: OpenCloses) => boolean;
} = {
  /** An open figure that differs by just that. */
  carryItem: ({ period, item, currency = null, amount }, { closes, signed }) => {
    const figures = closes.get(period)?.items.find(({ name }) => name === item)?.figures ?? [];
    return (
      !signed.has(period) &&
      figures.some(
        (figure) =>
          figure.state === 'open' &&
          figure.currency === currency &&
          (currency === null ? String(figure.difference) : formatMinor(figure.difference, currency)) === amount,
      )
    );
  },
  /** A month that is over and not signed, of which nothing is open or waits. */
  signOff: ({ period }, { closes, signed }) => {
    const close = closes.get(period);
    return (
      close !== undefined &&
      close.isOver &&
      !signed.has(period) &&
      close.items.every(({ state }) => state !== 'open' && state !== 'waits')
    );
  },
  reopen: ({ period }, { signed }) => signed.has(period),
  approveOpeningBalance: ({ account, currency }, { confirmed }) => !confirmed.has(`${account} ${currency}`),
};

export function closeDecisionWords({ update, args }: CloseDecision): string {
  switch (update) {
    case 'carryItem':
      return `${args.item} of ${args.period} → carried with ${args.amount}${args.currency === undefined ? '' : ` ${args.currency}`}`;
    case 'signOff':
      return `${args.period} → signed`;
    case 'reopen':
      return `${args.period} → open again`;
    case 'approveOpeningBalance':
      return `opening of ${args.account} → ${args.amount} ${args.currency}`;
  }
}
