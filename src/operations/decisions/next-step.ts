/** What a person does next where a decision is refused: the command that shows what he needs to give it rightly. */
import type { DecisionFailure } from '../../contracts/decisions/decisions.ts';
import type { StockDecisions } from '../../contracts/decisions/stock-decisions.ts';
import { quoted, stockCommand } from '../../domain/exceptions/render-remedy.ts';
import type { Decision } from './decision.ts';

/** `mapMovement` is `map-movement`. */
export const commandOf = (update: string): string => update.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const INBOX = 'npx tieout exceptions lists what is open';

/** Commands of what is decided about months. */
const OF_CLOSE: Readonly<Record<string, string>> = {
  carryItem: 'close carry',
  approveAccrual: 'close accrue',
  signOff: 'close sign',
  reopen: 'close reopen',
  approveOpeningBalance: 'close opening',
};

/** By update, where what it is about stands. */
const SHOWN_BY: { readonly [Update in keyof StockDecisions]: (args: StockDecisions[Update]) => string } = {
  mapMovement: () => `${INBOX}; npx tieout decide FILE keeps a decision until rows of it come`,
  answerRows: () => `${INBOX}; npx tieout stock events SKU --ids shows rows by their ids`,
  explainForeign: () => INBOX,
  decideInbound: ({ sku }) =>
    `npx tieout inbound lists shipments, npx tieout stock events ${quoted(sku)} what was received`,
  closeGap: ({ item }) => `${stockCommand(item)} shows its gap`,
  approveOpening: () => 'npx tieout stock opening shows what is approved, and what is not',
  approveAdjustment: () => INBOX,
};

export function nextStep({ update, args }: Decision, type: DecisionFailure): string {
  switch (type) {
    case 'ITEM_UNKNOWN':
      return 'give the item name/number (itemid) as NetSuite writes it';
    case 'ITEM_INACTIVE':
      return 'make it active in NetSuite, or name another item';
    case 'NOT_ALLOWED':
      return 'let one of them give it, with --by; roles are people in tieout.config.yaml';
    case 'ACCOUNT_MISSING':
      return 'name the account under accounts in tieout.config.yaml';
    case 'DECISION_SHAPE':
      return `npx tieout ${OF_CLOSE[update] ?? commandOf(update)} --help shows what it takes`;
    case 'NOTE_REFUSED':
      return 'npx tieout exceptions NUMBER shows since when it is open, and what was said of it';
    case 'CLOSE_REFUSED':
      return `npx tieout close ${'period' in args ? args.period : 'YYYY-MM'} shows each item, and what ends it`;
    case 'TAX_REFUSED':
      return 'npx tieout vat YYYY-MM shows what stands where';
    default:
      // The table holds one function for each update, which the compiler cannot tie to the update's own arguments.
      return update in SHOWN_BY
        ? (SHOWN_BY[update as keyof StockDecisions] as (args: Decision['args']) => string)(args)
        : INBOX;
  }
}
