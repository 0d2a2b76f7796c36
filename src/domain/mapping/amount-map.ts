/**
 * The amount map: what each kind of amount of a settlement report means. Amazon publishes no list of its amount
 * types; this one is what production files show. A key is the triple (transaction type, amount type, description),
 * never the description alone: "Principal" under ItemPrice and under Promotion are two things.
 *
 * To add an amount type: add it to the rule of its role in its section (`amount-map/`), raise `changes` there, add a line
 * to the test and to the changelog. Journals record the version that classified their rows.
 */
import { ACCOUNT_ROWS } from './amount-map/account-rows.ts';
import type { AmountMapSection, AmountRule } from './amount-map/amount-rule.ts';
import { NAMED_AMOUNT_TYPES } from './amount-map/named-amount-types.ts';
import { OWN_TRANSACTION_TYPES } from './amount-map/own-transaction-types.ts';
import { SALES_AND_REFUNDS } from './amount-map/sales-and-refunds.ts';

/** In the order of the map. */
const SECTIONS: readonly AmountMapSection[] = [
  SALES_AND_REFUNDS,
  OWN_TRANSACTION_TYPES,
  NAMED_AMOUNT_TYPES,
  ACCOUNT_ROWS,
];

export const AMOUNT_MAP: readonly AmountRule[] = SECTIONS.flatMap(({ rules }) => rules);

/** 2, and one more for each change that a section counts: whoever changes a rule raises it in the file of the rule. */
export const AMOUNT_MAP_VERSION = SECTIONS.reduce((version, { changes }) => version + changes, 2);
