import type { OfConnection, Telling } from '../activity-inputs.ts';
import type { SentStockDecision } from './stock-decisions.ts';
import type { NoteException } from './note-exception.ts';
import type { BookFeeInvoice, ConfirmPrices, CorrectTax, MoveTax, PlaceSale } from './tax-decisions.ts';
import type {
  BookRefund,
  DecisionResult,
  MapAmount,
  MapSku,
  MatchDeposit,
  OpenChain,
  ReadAgain,
  SettleDifference,
  TryAgain,
} from './decisions.ts';

/** A decision on its way into the store, and to those that wait for it. */
export interface Deciding<Decision> extends Telling {
  decision: Decision;
}

/** A signal that somebody sent to a workflow by hand: `act` tells it from every other one. */
export interface HandSent extends OfConnection {
  signal: string;
  workflow: string;
  by: string | null;
  why: string | null;
  act: string;
}

/** What NetSuite says of an item: its internal id and its itemid, and what makes it of no use here. */
export interface ItemCheck {
  id: string;
  itemId: string;
  problem: { type: 'ITEM_UNKNOWN' | 'ITEM_INACTIVE'; sentence: string } | null;
}

export interface DecisionNetSuiteActivities {
  checkItem(input: OfConnection & { item: string }): Promise<ItemCheck>;
}

/** Each stores one kind of decision and tells those that wait. @throws ApplicationFailure a {@link DecisionFailure} */
export interface DecisionStoreActivities {
  decideSku(input: Deciding<MapSku>): Promise<Omit<DecisionResult, 'detail'>>;
  decideAmount(input: Deciding<MapAmount>): Promise<DecisionResult>;
  decideDifference(input: Deciding<SettleDifference>): Promise<DecisionResult>;
  decideDeposit(input: Deciding<MatchDeposit>): Promise<DecisionResult>;
  decideOpenChain(input: Deciding<OpenChain>): Promise<DecisionResult>;
  decideBookRefund(input: Deciding<BookRefund>): Promise<DecisionResult>;
  decideCorrectTax(input: Deciding<CorrectTax>): Promise<DecisionResult>;
  decideConfirmPrices(input: Deciding<ConfirmPrices> & { act: string }): Promise<DecisionResult>;
  decideMoveTax(input: Deciding<MoveTax> & { act: string }): Promise<DecisionResult>;
  decidePlaceSale(input: Deciding<PlaceSale>): Promise<DecisionResult>;
  decideBookFeeInvoice(input: Deciding<BookFeeInvoice>): Promise<DecisionResult>;
  decideTryAgain(input: Deciding<TryAgain> & { act: string }): Promise<DecisionResult>;
  decideNote(input: OfConnection & { decision: NoteException; act: string }): Promise<DecisionResult>;
  /** `act` tells it from every other one. */
  decideReadAgain(input: OfConnection & { decision: ReadAgain; act?: string }): Promise<DecisionResult>;
  recordSignal(input: HandSent): Promise<void>;
  decideStock(input: OfConnection & { decision: SentStockDecision }): Promise<DecisionResult>;
}
