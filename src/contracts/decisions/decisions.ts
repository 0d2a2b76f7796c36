import type { UpdateDefinition } from '@temporalio/common';
import { defineUpdate } from '@temporalio/workflow';
import { decisionsWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';
import type { ApproveOpeningBalance, CloseDecisions, MapFinances } from '../period/close-decisions.ts';
import type { NoteException } from './note-exception.ts';
import type { StockDecisionKind, StockDecisions } from './stock-decisions.ts';
import type { BookFeeInvoice, ConfirmPrices, CorrectTax, MoveTax, PlaceSale, TaxDecisions } from './tax-decisions.ts';

export interface DecisionsInput extends Telling {
  /** Decisions after which it continues as new; a test lowers it. */
  decisionsPerRun: number;
}

/** `item` is NetSuite's itemid, `units` how many of it one of the SKU is: 1 where nothing is said, 3 for a pack of three. */
export interface MapSku {
  sku: string;
  item: string;
  units?: number;
  by: string;
  why: string;
}
/**
 * An amount key means a `role`, or it is a new spelling of a key that the amount map knows (`sameAs`: transaction type, amount
 * type, description), and then all that follows from that one follows from it; exactly one of the two. Amount type or description
 * may end in `…`: then it holds for every key that begins so.
 */
export interface MapAmount {
  transactionType: string;
  amountType: string;
  amountDescription: string;
  role?: string;
  sameAs?: [string, string, string];
  by: string;
  why: string;
}
/**
 * Exactly one of both: `document` is the external id of an invoice or credit memo that was settled for more or for less than
 * it is; `settlementId` a payout: what it keeps in transit or on set-off goes to `variance`, tax that is nobody's or left over is left where it
 * stands by `leave`. An approved action says why.
 */
export interface SettleDifference {
  document?: string;
  settlementId?: string;
  choice: 'variance' | 'leave';
  by: string;
  why: string;
}
/** A line of a statement: by its number in `tieout bank lines`, or as the statement writes it. */
export type NamedBankLine = { number: number } | { date: string; amount: string; description: string };
/** Statement lines of any date that are a movement of a payout: `payout`, `micro-{n}`, `charge-{n}` or `return`. */
export interface MatchDeposit {
  settlementId: string;
  movement: string;
  lines: NamedBankLine[];
  by: string;
  why: string;
}
/** A settlement begins a chain although something speaks of an earlier one: its opening entry is posted. */
export interface OpenChain {
  settlementId: string;
  by: string;
  why: string;
}

/** A refund that Finances does not tell, or not in full, is booked from the rows of the settlement that pays it. */
export interface BookRefund {
  orderId: string;
  settlementId: string;
  by: string;
  why: string;
}

/** What Amazon told since an instant is read once more: the mark of a source is set back. */
export interface ReadAgain {
  what: 'orders' | 'shipments' | 'refunds' | 'settlements';
  from: string;
  by: string;
  why: string;
}

/** Of a document its external id: it is read back from NetSuite. */
export const TRY_AGAIN = ['order', 'payout', 'document'] as const;
/** What stopped an order or a payout, or was altered of a document, has been mended: it goes on. It decides nothing, so it need not say why. */
export interface TryAgain {
  of: (typeof TRY_AGAIN)[number];
  id: string;
  by: string;
  why?: string;
}

/** Every decision that a person can take, by the name of its update. */
export interface Decisions extends StockDecisions, TaxDecisions, CloseDecisions {
  mapSku: MapSku;
  mapAmount: MapAmount;
  settleDifference: SettleDifference;
  matchDeposit: MatchDeposit;
  openChain: OpenChain;
  bookRefund: BookRefund;
  readAgain: ReadAgain;
  tryAgain: TryAgain;
  noteException: NoteException;
}

/** From where to where a source is read again, in how many requests, how much of it is known, and since when Amazon lists it where that is later. */
export interface ReadAgainResult {
  from: string;
  to: string;
  pieces: number;
  known: number;
  listedSince: string | null;
}

/** What a decision did: its number in the audit record, who was released, and words about the choice. */
export interface DecisionResult {
  audit: number;
  released: number;
  choice: string;
  detail: string;
  /** Who took it before, and when, where it was decided just so already: nothing was changed. */
  already?: { by: string; at: string };
  /** What it leaves out, or does not do as it was meant, as a sentence. */
  note?: string;
  /** The connection only plans (`posting: plan`): what it makes is planned, and posted once the connection is live. */
  isPlanned?: boolean;
  /** External id of the journal that the next look at tax posts; left out where there is none. */
  document?: string;
  /** External ids of the journals that are posted right after it, in that order; left out where there are none. */
  journals?: string[];
  readAgain?: ReadAgainResult;
}

/** Why a decision is refused: the type of the failure, whose message is a sentence. */
export const DECISION_FAILURES = [
  'ITEM_UNKNOWN',
  'ITEM_INACTIVE',
  'DECISION_SHAPE',
  'DIFFERENCE_UNKNOWN',
  'CHAIN_NOT_BROKEN',
  'REFUND_NOT_BOOKABLE',
  /** No marketplace of the connection, none whose prices are proven, or other settings agree with more sales. */
  'PRICES_NOT_OPEN',
  /** A row, item, pool, document or shipment that stock does not know. */
  'STOCK_UNKNOWN',
  /** It is known, and what is decided cannot hold for it. */
  'STOCK_NOT_OPEN',
  'ACCOUNT_MISSING',
  /** Nothing of that name is at work or waits. */
  'NOT_AT_WORK',
  /** No exception of that number is open. */
  'EXCEPTION_NOT_OPEN',
  /** A day to which it cannot be put aside, or nobody of that name. */
  'NOTE_REFUSED',
  /** Whoever sent it has not the role that it wants. */
  'NOT_ALLOWED',
  /** A month that cannot be signed, carried or reopened so. */
  'CLOSE_REFUSED',
  /** Tax that is not there, not the seller's, or was answered otherwise before. */
  'TAX_REFUSED',
] as const;
export type DecisionFailure = (typeof DECISION_FAILURES)[number];
export const isDecisionFailure = (type: string | null | undefined): type is DecisionFailure =>
  DECISION_FAILURES.some((known) => known === type);

/** Takes the decisions of a connection, for ever. */
export type DecisionsWorkflow = (input: DecisionsInput) => Promise<void>;
export const DECISIONS = workflowContract<DecisionsWorkflow>('decisions', decisionsWorkflowId);

export const mapSku = defineUpdate<DecisionResult, [MapSku]>('mapSku');
export const mapAmount = defineUpdate<DecisionResult, [MapAmount]>('mapAmount');
export const settleDifference = defineUpdate<DecisionResult, [SettleDifference]>('settleDifference');
export const matchDeposit = defineUpdate<DecisionResult, [MatchDeposit]>('matchDeposit');
export const openChain = defineUpdate<DecisionResult, [OpenChain]>('openChain');
export const bookRefund = defineUpdate<DecisionResult, [BookRefund]>('bookRefund');
export const readAgain = defineUpdate<DecisionResult, [ReadAgain]>('readAgain');

export const noteException = defineUpdate<DecisionResult, [NoteException]>('noteException');
export const tryAgainUpdate = defineUpdate<DecisionResult, [TryAgain]>('tryAgain');

export const correctTax = defineUpdate<DecisionResult, [CorrectTax]>('correctTax');
export const confirmPrices = defineUpdate<DecisionResult, [ConfirmPrices]>('confirmPrices');
export const placeSale = defineUpdate<DecisionResult, [PlaceSale]>('placeSale');
export const moveTax = defineUpdate<DecisionResult, [MoveTax]>('moveTax');
export const bookFeeInvoice = defineUpdate<DecisionResult, [BookFeeInvoice]>('bookFeeInvoice');

export const approveOpeningBalance = defineUpdate<DecisionResult, [ApproveOpeningBalance]>('approveOpeningBalance');
export const mapFinances = defineUpdate<DecisionResult, [MapFinances]>('mapFinances');

export const STOCK_UPDATES: {
  readonly [K in StockDecisionKind]: UpdateDefinition<DecisionResult, [StockDecisions[K]]>;
} = {
  mapMovement: defineUpdate('mapMovement'),
  answerRows: defineUpdate('answerRows'),
  explainForeign: defineUpdate('explainForeign'),
  decideInbound: defineUpdate('decideInbound'),
  closeGap: defineUpdate('closeGap'),
  approveOpening: defineUpdate('approveOpening'),
  approveAdjustment: defineUpdate('approveAdjustment'),
};
