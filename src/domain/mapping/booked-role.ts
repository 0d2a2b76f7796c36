import { foldText } from './fold-key.ts';
import { isRevenueRole, type PostingMode, type Role } from './roles.ts';
import type { AmountKey, SettlementRow } from '../settlement/settlement.ts';

/** What decides, besides its meaning, where a row is booked. */
export interface BookingContext {
  mode: PostingMode;
  /** `other`: another system owns merchant-fulfilled sales; `ours`: they get documents like any sale. */
  merchantFulfilled: 'other' | 'ours';
  /** How orders shipped before the cut-over and settled after it are treated; `documents` makes them. */
  shippedBeforeCutOver: 'documents' | 'opening-balance';
  /** Whether the row's order was shipped before the cut-over. Asked only for sale rows under `opening-balance`. */
  isShippedBeforeCutOver: (row: SettlementRow) => boolean;
  /** Whether a credit memo of this order and amount exists. Asked only for A-to-z and chargeback rows. */
  hasCreditMemo: (row: SettlementRow) => boolean;
}

/** A context for looking at a file alone: no documents are known, nothing is from before a cut-over. */
export function bookingContext(mode: PostingMode, known: Partial<BookingContext> = {}): BookingContext {
  return {
    mode, merchantFulfilled: 'other', shippedBeforeCutOver: 'documents',
    isShippedBeforeCutOver: () => false, hasCreditMemo: () => false, ...known,
  };
}

const ORDER = foldText('Order');
const REFUND = foldText('Refund');
const CLAIMS = new Set([foldText('Chargeback Refund'), foldText('A-to-z Guarantee Refund')]);

/** A row of an A-to-z claim or a chargeback on an order: the buyer's money went back without a refund of ours. */
export function isClaimRow(row: SettlementRow): boolean {
  return CLAIMS.has(foldText(row.transactionType));
}

/**
 * A row that stands against a document of the sale: an Order or Refund row whose meaning is a revenue role. Those
 * rows are tied and applied; the same orders' fees and tax are the journal's in every mode.
 */
export function isDocumentRow(meaning: Role, row: SettlementRow): boolean {
  const type = foldText(row.transactionType);
  return isRevenueRole(meaning) && (type === ORDER || type === REFUND);
}

/** A merchant-fulfilled Order or Refund row that another system's documents own. */
export function isMerchantRow(meaning: Role, row: SettlementRow, context: Pick<BookingContext, 'merchantFulfilled'>): boolean {
  return context.merchantFulfilled === 'other' && isDocumentRow(meaning, row) && isMerchantFulfilled(row);
}

function isMerchantFulfilled({ fulfillmentId }: SettlementRow): boolean {
  return fulfillmentId !== null && fulfillmentId !== 'AFN' && fulfillmentId.toUpperCase() === 'MFN';
}

/**
 * The role that a row is booked on: its meaning, except where a document owns the amount. Each amount has one owner.
 *
 * - Merchant-fulfilled rows, when another system owns the sale: the revenue part of Order and Refund rows goes to
 *   `merchant-orders` in every mode, since booking it as revenue would count the sale twice. Fees and tax of the same
 *   orders stay where they are: Amazon charges them here and nowhere else. Claims stay `chargebacks-and-claims`.
 * - Orders shipped before the cut-over, when the old books recognised them: the revenue part of Order rows goes to
 *   `opening-balance`, against the receivable brought forward. A refund after the cut-over is a new event and gets
 *   its credit memo like any other; fees are charged at settlement, so the old books cannot have had them.
 * - A-to-z and chargeback rows clear where a credit memo of that order and amount exists, in every mode.
 * - `invoice` and `cash-sale`: revenue roles become `clearing`. `summary`: those of transaction type Refund do.
 */
export function bookedRole(meaning: Role, row: SettlementRow, context: BookingContext): Role {
  const booking = bookingOf(meaning, row, context);
  return typeof booking === 'string' ? booking : booking(row);
}

/** {@link bookedRole} as far as the key decides it: the role, or what is left to ask of each row of the key. */
export function bookingOf(meaning: Role, key: AmountKey, context: BookingContext): Role | ((row: SettlementRow) => Role) {
  const type = foldText(key.transactionType);
  if (meaning === 'chargebacks-and-claims' && CLAIMS.has(type)) return (row) => (context.hasCreditMemo(row) ? 'clearing' : meaning);
  if (!isRevenueRole(meaning)) return meaning;
  const booked = context.mode === 'summary' && type !== REFUND ? meaning : 'clearing';
  if (type !== ORDER && type !== REFUND) return booked;
  const askCutOver = type === ORDER && context.shippedBeforeCutOver === 'opening-balance';
  const askMerchant = context.merchantFulfilled === 'other';
  if (!askCutOver && !askMerchant) return booked;
  return (row) => {
    if (askMerchant && isMerchantFulfilled(row)) return 'merchant-orders';
    return askCutOver && context.isShippedBeforeCutOver(row) ? 'opening-balance' : booked;
  };
}

/**
 * The role whose account a role is booked on: the reserve has two meanings and one account, and the two are
 * configured and reported as `reserve-held`.
 */
export function accountRole(role: Role): Role {
  return role === 'reserve-released' ? 'reserve-held' : role;
}
