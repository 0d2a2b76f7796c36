import { isDecidedBy, type FinancesDecision } from '../period/map-finances.ts';
import type { TakenDecision } from '../stock/stock-decisions.ts';
import type { ExceptionCode } from './catalogue.ts';
import type { Remedy, Subject } from './exception.ts';
import { amountKeyOf } from './render-exception.ts';

/** Decisions about stock that end exceptions; an opening waits beside them. */
type StockRemedyDecision = Exclude<TakenDecision['kind'], 'approveOpening'>;

/** A decision that a run waits for, as its report lists it: two in the words of a file of decisions, the others by the name of their update. */
export interface OpenDecision {
  kind:
    | 'sku'
    | 'amount'
    | 'settleDifference'
    | 'correctTax'
    | 'confirmPrices'
    | 'placeSale'
    | 'mapFinances'
    | 'matchDeposit'
    | StockRemedyDecision;
  key: string | string[];
}

/** Exceptions that stay open after their decision, until it is carried out. */
const OUTLIVE_THEIR_DECISION: readonly ExceptionCode[] = [
  'sku-unknown',
  'unknown-amount',
  'document-differs',
  'tax-collector-differs',
  'set-off-open',
  'shipment-unbooked',
  'fulfilment-unseen',
  'receipt-unknown',
  'inbound-short',
  'inbound-over',
  'ledger-unknown',
  'ledger-gap',
  'receipt-not-restocked',
  'adjustment-large',
  'movement-foreign',
];

/** Decided, and not carried out yet: it ends by itself. */
export function isDecided({ code, remedy }: Pick<Raised, 'code' | 'remedy'>): boolean {
  return remedy.kind === 'wait' && OUTLIVE_THEIR_DECISION.includes(code);
}

interface Raised {
  code: ExceptionCode;
  key: string;
  subject: Subject;
  payout: string | null;
  remedy: Remedy;
}

/**
 * The decision that ends an exception, or null where books are wrong or something is missing and no decision mends that:
 * a run that waits for decisions alone is undecided (exit 3, terminal.md), one with a gap before a payout is wrong.
 *
 * @param linesNameAmazon whether lines that nobody has taken name Amazon: else there is nothing to choose for a movement
 */
export function openDecisionOf(
  { code, key, subject, payout, remedy }: Raised,
  linesNameAmazon: boolean,
): OpenDecision | null {
  switch (code) {
    // What is decided, and not taken up by all who wait, asks nobody any more.
    case 'sku-unknown':
      return remedy.kind === 'map-sku' ? { kind: 'sku', key } : null;
    case 'unknown-amount':
      return remedy.kind === 'map-amount' ? { kind: 'amount', key: amountKeyOf({ subject }) ?? key } : null;
    // Somebody else's document under our key has the same code, and is mended in NetSuite.
    case 'document-differs':
      return remedy.kind === 'settle-difference' ? { kind: 'settleDifference', key } : null;
    case 'tax-collector-differs':
      if (remedy.kind === 'settle-difference') return { kind: 'settleDifference', key };
      return remedy.kind === 'correct-tax' ? { kind: 'correctTax', key } : null;
    case 'prices-differ':
      return remedy.kind === 'confirm-prices' ? { kind: 'confirmPrices', key: remedy.marketplace } : null;
    case 'sale-unplaced':
      return remedy.kind === 'place-sale' ? { kind: 'placeSale', key: remedy.order } : null;
    case 'finances-unknown':
      return remedy.kind === 'map-finances'
        ? { kind: 'mapFinances', key: [remedy.transactionType, remedy.path] }
        : null;
    case 'report-reissued':
    case 'tax-of-nobody':
      return remedy.kind === 'settle-payout' ? { kind: 'settleDifference', key: remedy.settlementId } : null;
    case 'bank-line-missing':
      return linesNameAmazon && payout !== null ? { kind: 'matchDeposit', key: payout } : null;
    default: {
      const kind = STOCK_DECISIONS[remedy.kind];
      return kind === undefined ? null : { kind, key };
    }
  }
}

const STOCK_DECISIONS: { readonly [K in Remedy['kind']]?: StockRemedyDecision } = {
  'map-movement': 'mapMovement',
  'answer-rows': 'answerRows',
  'explain-foreign': 'explainForeign',
  'decide-inbound': 'decideInbound',
  'close-gap': 'closeGap',
  'approve-adjustment': 'approveAdjustment',
};

/** Whether a decision about Finances' words answers what a remedy asks. */
export function isMappedBy(remedy: Remedy, decision: FinancesDecision): boolean {
  return remedy.kind === 'map-finances' && isDecidedBy(decision, remedy.transactionType, remedy.path);
}

/** Whether a decision about stock answers all that a remedy asks. */
export function isAnsweredBy(remedy: Remedy, decision: TakenDecision): boolean {
  switch (remedy.kind) {
    case 'map-movement':
      return (
        decision.kind === 'mapMovement' && decision.eventType === remedy.eventType && decision.reason === remedy.reason
      );
    case 'answer-rows':
      return 'rows' in decision && remedy.rows.every((row) => decision.rows.includes(row));
    case 'explain-foreign':
      return decision.kind === 'explainForeign' && decision.document === remedy.document;
    case 'decide-inbound':
      return (
        decision.kind === 'decideInbound' &&
        decision.shipmentId === remedy.shipmentId &&
        decision.sku === remedy.sku &&
        remedy.choices.includes(decision.choice)
      );
    case 'close-gap':
      return (
        decision.kind === 'closeGap' &&
        decision.pool === remedy.pool &&
        decision.item === remedy.item &&
        decision.place === remedy.place &&
        decision.units === remedy.units
      );
    case 'approve-adjustment':
      return decision.kind === 'approveAdjustment' && decision.document === remedy.document;
    default:
      return false;
  }
}
