/** Whether a decision has the right shape: a sentence that says what is wrong, or null. Synchronous, no look-ups. */
import { DIFFERENCE_CHOICES } from '../payouts/document-standing.ts';
import { epochMsOf, instantOf } from '../money/instant.ts';
import { explainRefusedBeginning } from '../mapping/beginnings.ts';
import { explainRefusedRole } from '../mapping/chosen-role.ts';
import { explainRefusedUnits } from './explain-units.ts';
import { READ_AGAIN } from './plan-read-again.ts';

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 500;
}

function isKey(value: unknown): value is [string, string, string] {
  return Array.isArray(value) && value.length === 3 && value.every(isText);
}

export function decideMapSkuShape(decision: unknown): string | null {
  const { sku, item, units = 1, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(sku)) return 'mapSku needs `sku`, the seller SKU as Amazon writes it.';
  if (!isText(item)) return 'mapSku needs `item`, the itemid of a NetSuite item.';
  if (!isText(by)) return 'mapSku needs `by`, who decides.';
  if (!isText(why)) return 'mapSku needs `why`: what a SKU is stays in the audit record with its reason.';
  const refused = explainRefusedUnits(units);
  return refused === null ? null : `${refused}.`;
}

/**
 * Revenue roles, which items own, can be chosen: the mode decides what is booked. Roles with mechanics of their own cannot.
 * Whether it can stand beside the amount map is asked when it is taken (`explainRefusedMapping`).
 */
export function decideMapAmountShape(decision: unknown): string | null {
  const { transactionType, amountType, amountDescription, role, sameAs, by, why } = (decision ?? {}) as Record<
    string,
    unknown
  >;
  if (!isText(transactionType) || !isText(amountType) || !isText(amountDescription)) {
    return 'mapAmount needs `transactionType`, `amountType` and `amountDescription`, as the report writes them.';
  }
  if ((role === undefined) === (sameAs === undefined))
    return 'mapAmount needs one of `role` and `sameAs`, and not both.';
  if (sameAs !== undefined && !isKey(sameAs))
    return 'mapAmount needs as `sameAs` a known key: transaction type, amount type and description, as a report writes them.';
  const refused = role === undefined ? null : explainRefusedRole(String(role));
  if (refused !== null) return refused;
  if (!isText(by)) return 'mapAmount needs `by`, who decides.';
  if (!isText(why)) return 'mapAmount needs `why`: what an amount means is only said by an approved action.';
  return explainRefusedBeginning({ transactionType, amountType, amountDescription });
}

export function decideSettleDifferenceShape(decision: unknown): string | null {
  const { document, settlementId, choice, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (isText(document) === isText(settlementId))
    return "settleDifference needs one of `document`, the external id of an invoice or credit memo, and `settlementId`, a payout that keeps something in transit, or tax that is nobody's.";
  if (!DIFFERENCE_CHOICES.some((known) => known === choice))
    return `"${String(choice)}" is not a choice; there are ${DIFFERENCE_CHOICES.join(' and ')}.`;
  if (!isText(by)) return 'settleDifference needs `by`, who decides.';
  if (!isText(why)) return 'settleDifference needs `why`: a difference is only booked or left by an approved action.';
  return null;
}

/** A line by its number, or by date, amount and description as its statement writes them. */
function isNamedLine(value: unknown): boolean {
  const { number, date, amount, description } = (value ?? {}) as Record<string, unknown>;
  return number === undefined
    ? isText(date) && isText(amount) && typeof description === 'string'
    : Number.isInteger(number) && Number(number) > 0;
}

export function decideMatchDepositShape(decision: unknown): string | null {
  const { settlementId, movement, lines, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(settlementId)) return 'matchDeposit needs `settlementId`, the payout that the lines belong to.';
  if (!isText(movement) || !/^(payout|return|(micro|charge)-[1-9]\d*)$/.test(movement))
    return `"${String(movement)}" is not a movement; it is payout, return, micro-{n} or charge-{n}.`;
  if (!Array.isArray(lines) || lines.length === 0 || !lines.every(isNamedLine))
    return 'matchDeposit needs `lines`, each {number} or {date, amount, description}.';
  if (!isText(by)) return 'matchDeposit needs `by`, who decides.';
  if (!isText(why)) return 'matchDeposit needs `why`: a line is only assigned by an approved action.';
  return null;
}

export function decideOpenChainShape(decision: unknown): string | null {
  const { settlementId, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(settlementId)) return 'openChain needs `settlementId`, the settlement that begins the chain.';
  if (!isText(by)) return 'openChain needs `by`, who decides.';
  if (!isText(why)) return 'openChain needs `why`: a chain is only opened by an approved action.';
  return null;
}

export function decideBookRefundShape(decision: unknown): string | null {
  const { orderId, settlementId, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(orderId)) return 'bookRefund needs `orderId`, the order that was refunded.';
  if (!isText(settlementId)) return 'bookRefund needs `settlementId`, the settlement whose rows pay the refund.';
  if (!isText(by)) return 'bookRefund needs `by`, who decides.';
  if (!isText(why))
    return 'bookRefund needs `why`: a refund that Amazon does not tell is only booked by an approved action.';
  return null;
}

export function decideCorrectTaxShape(decision: unknown): string | null {
  const { document, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(document)) return 'correctTax needs `document`, the external id of an invoice or credit memo.';
  if (!isText(by)) return 'correctTax needs `by`, who decides.';
  if (!isText(why)) return 'correctTax needs `why`: tax is only corrected by an approved action.';
  return null;
}

export function decideConfirmPricesShape(decision: unknown): string | null {
  const { marketplace, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(marketplace)) return 'confirmPrices needs `marketplace`, its id or its domain.';
  if (!isText(by)) return 'confirmPrices needs `by`, who decides.';
  if (!isText(why)) return 'confirmPrices needs `why`: prices are only confirmed by an approved action.';
  return null;
}

export function decideReadAgainShape(decision: unknown): string | null {
  const { what, from, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!READ_AGAIN.some((known) => known === what))
    return `"${String(what)}" cannot be read again; there are ${READ_AGAIN.join(', ')}.`;
  if (!isText(from) || !isInstant(from))
    return 'readAgain needs `from`, an instant in UTC to the second, such as 2026-10-01T00:00:00Z.';
  if (!isText(by)) return 'readAgain needs `by`, who decides.';
  if (!isText(why)) return 'readAgain needs `why`: a mark is only set back by an approved action.';
  return null;
}

export function decideTryAgainShape(decision: unknown): string | null {
  const { of, id, by } = (decision ?? {}) as Record<string, unknown>;
  if (of !== 'order' && of !== 'payout' && of !== 'document') return 'tryAgain needs `of`, order, payout or document.';
  if (!isText(id))
    return 'tryAgain needs `id`, the order id as Amazon writes it, the settlement id, or the external id of the document.';
  return isText(by) ? null : 'tryAgain needs `by`, who has mended it.';
}

/** There is no 30th of February. */
function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) &&
    !Number.isNaN(epochMsOf(text)) &&
    instantOf(epochMsOf(text)) === text
  );
}
