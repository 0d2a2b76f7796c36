/** What decisions about months answer, and whether that is open. */
import type { CloseDecisions } from '../../contracts/period/close-decisions.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { isToBeDecided } from '../../domain/period/explain-accrual.ts';
import type { Remedy } from '../../domain/exceptions/exception.ts';
import { isMappedBy } from '../../domain/exceptions/open-decision.ts';
import type { Database } from '../../store/database.ts';
import type { StoredException } from '../../store/exceptions/exceptions.ts';
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
  /** What Finances tells of that nobody knows. */
  unknownFinances: readonly Remedy[];
}

export async function readOpenCloses(
  db: Database,
  connection: string,
  exceptions: readonly StoredException[],
): Promise<OpenCloses> {
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
    unknownFinances: exceptions.map(({ remedy }) => remedy).filter(({ kind }) => kind === 'map-finances'),
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
  /** Something unsettled of a month that is over, known to the last transaction, or set to none. */
  approveAccrual: ({ period, currency, none = false }, { closes, signed }) => {
    const figures = closes.get(period)?.items.find(({ name }) => name === 'accruals')?.figures ?? [];
    const figure = figures.find((one) => one.state === 'open' && one.currency === currency);
    return !signed.has(period) && figure !== undefined && isToBeDecided(figure, none);
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
  /** An amount of Finances that no rule names. */
  mapFinances: ({ transactionType, path, role }, { unknownFinances }) =>
    unknownFinances.some((remedy) => isMappedBy(remedy, { transactionType, path, role: role as Role })),
};

export function closeDecisionWords({ update, args }: CloseDecision): string {
  switch (update) {
    case 'carryItem':
      return `${args.item} of ${args.period} → carried with ${args.amount}${args.currency === undefined ? '' : ` ${args.currency}`}`;
    case 'approveAccrual':
      return `unsettled of ${args.period} in ${args.currency} → ${args.none === true ? 'none' : 'accrued'}`;
    case 'signOff':
      return `${args.period} → signed`;
    case 'reopen':
      return `${args.period} → open again`;
    case 'approveOpeningBalance':
      return `opening of ${args.account} → ${args.amount} ${args.currency}`;
    case 'mapFinances':
      return `Finances' ${args.transactionType}, ${args.path} → ${args.role}`;
  }
}
