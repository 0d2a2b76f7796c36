import { isMultiChannelName } from '../identifiers/multi-channel.ts';
import { foldText } from '../settlement/fold-key.ts';
import type { ClearingRule } from '../posting-modes/posting-mode.ts';
import { POSTING_MODES, type PostingModeName } from '../posting-modes/posting-modes.ts';
import { isRevenueRole, type Role } from './roles.ts';
import type { AmountKey, SettlementRow } from '../settlement/settlement.ts';

/** What decides, besides its meaning, where a row is booked. */
export interface BookingContext {
  mode: ClearingRule;
  /** `other`: another system owns merchant-fulfilled sales; `ours`: they get documents like any sale. */
  merchantFulfilled: 'other' | 'ours';
  /** Whether another system is known to own the row's order, by what Amazon said of the order or its refund. Asked where the row does not say so itself. */
  isLeftAlone: (row: SettlementRow) => boolean;
  /** Whether the row is of a marketplace that the connection does not list, in a file that names listed ones too (`foreignRows: merchant-orders`). */
  isForeign: (row: SettlementRow) => boolean;
  /** Whether the row was posted before the cut-over: the old books have it, whatever it is. Null where the file begins after it. */
  isBeforeCutOver: ((row: SettlementRow) => boolean) | null;
  /** Whether the row belongs to a sale that was shipped before the cut-over and that the old books have. Asked only for sale rows. */
  isShippedBeforeCutOver: (row: SettlementRow) => boolean;
  /** Whether a credit memo of this order and amount exists. Asked only for A-to-z and chargeback rows. */
  hasCreditMemo: (row: SettlementRow) => boolean;
  /** Whether a document carries the tax of this row. Asked only for rows of marketplace tax. */
  carriesTax: (row: SettlementRow) => boolean;
}

const NEVER = () => false;

/** A context for looking at a file alone: no documents are known, nothing is from before a cut-over. */
export function bookingContext(mode: PostingModeName, known: Partial<BookingContext> = {}): BookingContext {
  return {
    mode: POSTING_MODES[mode],
    merchantFulfilled: 'other',
    isLeftAlone: NEVER,
    isForeign: NEVER,
    isBeforeCutOver: null,
    isShippedBeforeCutOver: NEVER,
    hasCreditMemo: NEVER,
    carriesTax: NEVER,
    ...known,
  };
}

const ORDER = foldText('Order');
const REFUND = foldText('Refund');
const CLAIMS = new Set([foldText('Chargeback Refund'), foldText('A-to-z Guarantee Refund')]);

/** Rows that an invoice or credit memo can own: those of Order and Refund. */
export function isOwnedType(transactionType: string): boolean {
  const type = foldText(transactionType);
  return type === ORDER || type === REFUND;
}

/** A row of an A-to-z claim or a chargeback on an order: the buyer's money went back without a refund of ours. */
export function isClaimRow(row: SettlementRow): boolean {
  return CLAIMS.has(foldText(row.transactionType));
}

/**
 * A row that stands against a document of the sale: an Order or Refund row whose meaning is a revenue role. Those
 * rows are tied and applied; the same orders' fees and tax are the journal's in every mode.
 */
export function isDocumentRow(meaning: Role, row: SettlementRow): boolean {
  return isRevenueRole(meaning) && isOwnedType(row.transactionType);
}

/** An Order or Refund row, tax rows included, of a sale that another system books: a merchant's that is not ours, a Multi-Channel one, or one of a foreign marketplace. */
export function isMerchantRow(
  meaning: Role,
  row: SettlementRow,
  context: Pick<BookingContext, 'merchantFulfilled' | 'isLeftAlone' | 'isForeign'>,
): boolean {
  return isOfSale(meaning) && isOwnedType(row.transactionType) && isOthersSale(row, context);
}

/** What a sale is made of in a report: its price, and the tax on it. */
function isOfSale(meaning: Role): boolean {
  return isRevenueRole(meaning) || meaning === 'marketplace-tax';
}

/** An id that is not Amazon's is no evidence here: it may be damaged, and money is not booked elsewhere for that. */
function isOthersSale(
  row: SettlementRow,
  {
    merchantFulfilled,
    isLeftAlone,
    isForeign,
  }: Pick<BookingContext, 'merchantFulfilled' | 'isLeftAlone' | 'isForeign'>,
): boolean {
  if (isMultiChannelName(row.marketplaceName) || isForeign(row)) return true;
  return row.fulfillmentId?.toUpperCase() === 'MFN' ? merchantFulfilled === 'other' : isLeftAlone(row);
}

/**
 * The role that a row is booked on: its meaning, except where a document owns the amount. Each amount has one owner.
 *
 * - Rows posted before the cut-over, in the file that begins before it: `opening-balance`, whatever they are.
 * - Sales that another system books (merchant-fulfilled ones unless they are ours, Multi-Channel ones, those of marketplaces
 *   that the connection does not list): the price and the tax of Order and Refund rows go to `merchant-orders` in every mode, since booking them here would count the sale
 *   twice and the other system's receivable is gross. Fees of the same orders stay where they are: Amazon charges them
 *   here and nowhere else. Claims stay `chargebacks-and-claims`: no document of ours can exist for one.
 * - Sales shipped before the cut-over, when the old books recognised them: price and tax of Order rows go to
 *   `opening-balance`, against the receivable brought forward. A refund after the cut-over is a new event and gets
 *   its credit memo like any other; fees are charged at settlement, so the old books cannot have had them.
 * - A-to-z and chargeback rows clear where a credit memo of that order and amount exists, in every mode.
 * - Tax that a document carries clears with it; the rest of it is `marketplace-tax` (washes, or `sales-tax-payable`).
 * - What documents own becomes `clearing`: revenue roles, or those of transaction type Refund alone (`posting-modes/`).
 */
export function bookedRole(meaning: Role, row: SettlementRow, context: BookingContext): Role {
  const booking = bookingOf(meaning, row, context);
  return typeof booking === 'string' ? booking : booking(row);
}

/** {@link bookedRole} as far as the key decides it: the role, or what is left to ask of each row of the key. */
export function bookingOf(
  meaning: Role,
  key: AmountKey,
  context: BookingContext,
): Role | ((row: SettlementRow) => Role) {
  const booking = afterCutOver(meaning, key, context);
  const { isBeforeCutOver } = context;
  if (isBeforeCutOver === null) return booking;
  return (row) => (isBeforeCutOver(row) ? 'opening-balance' : typeof booking === 'string' ? booking : booking(row));
}

function afterCutOver(meaning: Role, key: AmountKey, context: BookingContext): Role | ((row: SettlementRow) => Role) {
  const type = foldText(key.transactionType);
  if (meaning === 'chargebacks-and-claims' && CLAIMS.has(type))
    return (row) => (context.hasCreditMemo(row) ? 'clearing' : meaning);
  if (!isOfSale(meaning)) return meaning;
  const booked =
    !isRevenueRole(meaning) || (context.mode.owned === 'refunds' && type !== REFUND) ? meaning : 'clearing';
  const cleared = (row: SettlementRow) =>
    booked === 'marketplace-tax' && context.carriesTax(row) ? 'clearing' : booked;
  if (!isOwnedType(key.transactionType)) return booked === 'marketplace-tax' && CLAIMS.has(type) ? cleared : booked;
  return (row) => {
    if (isOthersSale(row, context)) return 'merchant-orders';
    return type === ORDER && context.isShippedBeforeCutOver(row) ? 'opening-balance' : cleared(row);
  };
}

/**
 * The role whose account a role is booked on: the reserve has two meanings and one account, and the two are
 * configured and reported as `reserve-held`.
 */
export function accountRole(role: Role): Role {
  return role === 'reserve-released' ? 'reserve-held' : role;
}
