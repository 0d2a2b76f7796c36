/** Whether a decision about stock has the right shape: a sentence that says what is wrong, or null. Synchronous, no look-ups. */
import type { StockDecision } from '../stock/stock-decisions.ts';
import { isText } from './decide-shape.ts';
import { explainRefusedStockRole } from './explain-stock-role.ts';

export const MOVEMENT_ANSWERS = ['adjust', 'pair', 'outside'] as const;
export const FOREIGN_CHOICES = ['counter', 'answers'] as const;
export const INBOUND_CHOICES = ['wait', 'lost', 'returned', 'take-from-source', 'found'] as const;
export const LEDGER_PLACES = ['sellable', 'unsellable'] as const;

type Fields = Record<string, unknown>;

const isList = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every(isText);
const isOneOf = (choices: readonly string[], value: unknown): boolean => choices.some((choice) => choice === value);
const noChoice = (value: unknown, choices: readonly string[]) =>
  `"${String(value)}" is not a choice; there are ${choices.join(', ')}.`;

/** By kind, what its own fields must be; reference and reason of a ledger may be empty. */
const SHAPES: { readonly [K in StockDecision['kind']]: (fields: Fields) => string | null } = {
  mapMovement({ eventType, reason, answer }) {
    if (!isText(eventType)) return 'mapMovement needs `eventType`, as the ledger writes it.';
    if (typeof reason !== 'string')
      return 'mapMovement needs `reason`, as the ledger writes it; empty where it has none.';
    return isOneOf(MOVEMENT_ANSWERS, answer) ? null : noChoice(answer, MOVEMENT_ANSWERS);
  },
  answerRows({ rows, role }) {
    if (!isList(rows)) return 'answerRows needs `rows`, ids of rows as tieout stock events --ids shows them.';
    return explainRefusedStockRole(String(role));
  },
  explainForeign({ document, choice, rows }) {
    if (!isText(document))
      return "explainForeign needs `document`, the movement's number in NetSuite or its internal id.";
    if (!isOneOf(FOREIGN_CHOICES, choice)) return noChoice(choice, FOREIGN_CHOICES);
    if (choice === 'answers')
      return isList(rows) ? null : 'explainForeign with `answers` needs `rows`, ids of the rows that it answers.';
    return rows === undefined || (Array.isArray(rows) && rows.length === 0)
      ? null
      : 'explainForeign takes `rows` with `answers` alone: a movement that is countered answers none.';
  },
  decideInbound({ shipmentId, sku, choice }) {
    if (typeof shipmentId !== 'string')
      return 'decideInbound needs `shipmentId`, or the reference of a receipt; empty where it has none.';
    if (!isText(sku)) return 'decideInbound needs `sku`, the seller SKU as Amazon writes it.';
    return isOneOf(INBOUND_CHOICES, choice) ? null : noChoice(choice, INBOUND_CHOICES);
  },
  closeGap({ pool, item, place, units }) {
    if (!isText(pool)) return 'closeGap needs `pool`, by its name in the configuration.';
    if (!isText(item)) return 'closeGap needs `item`, the itemid of a NetSuite item.';
    if (!isOneOf(LEDGER_PLACES, place)) return noChoice(place, LEDGER_PLACES);
    return Number.isSafeInteger(units) && units !== 0
      ? null
      : 'closeGap needs `units`, a whole number signed as the gap: below zero where Amazon has fewer.';
  },
  approveOpening({ pool, items }) {
    if (!isText(pool)) return 'approveOpening needs `pool`, by its name in the configuration.';
    return items === undefined || isList(items)
      ? null
      : 'approveOpening takes as `items` itemids of NetSuite items; without them it approves all.';
  },
  approveAdjustment: ({ document }) =>
    isText(document) ? null : 'approveAdjustment needs `document`, the external id of an adjustment that is held.',
};

export function decideStockShape(kind: StockDecision['kind'], decision: unknown): string | null {
  const fields = (decision ?? {}) as Fields;
  const wrong = SHAPES[kind](fields);
  if (wrong !== null) return wrong;
  if (!isText(fields['by'])) return `${kind} needs \`by\`, who decides.`;
  return isText(fields['why']) ? null : `${kind} needs \`why\`: stock is only moved by an approved action.`;
}
