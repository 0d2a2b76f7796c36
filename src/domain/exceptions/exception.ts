/** What is raised for a person: a code with its subject, the evidence, and what ends it. All of it is data; `render-*` says it. */
import type { AmountTriple } from '../settlement/fold-key.ts';
import type { ReadAgainWhat } from '../decisions/plan-read-again.ts';
import type { Role } from '../mapping/roles.ts';
import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { LedgerPlace } from '../stock/pools.ts';
import type { DecideInbound } from '../stock/stock-decisions.ts';
import type { ExceptionCode } from './catalogue.ts';

/** `movement` is an event type and reason of the ledger, `document` NetSuite's internal id or our external id. */
export type StockSubject = 'item' | 'shipment' | 'movement' | 'document' | 'country';
/** `id` of an amount is its triple as JSON, see {@link amountSubject}; of a place where Amazon's answers changed, a path; of a flow (a look at Amazon, an import, the decisions) its name. */
export interface Subject {
  kind:
    | 'sku'
    | 'amount'
    | 'order'
    | 'payout'
    | 'report'
    | 'marketplace'
    | 'setting'
    | 'vendor'
    | 'drift'
    | 'flow'
    | 'channel'
    | 'month'
    | StockSubject;
  id: string;
}

export interface Evidence {
  /** A sentence for people. */
  what: string;
  /** Minor units of `currency`; null where no amount can be named. */
  atStake: bigint | null;
  currency: CurrencyCode | null;
}

type InboundChoice = DecideInbound['choice'];

/** What ends an exception. `then` and `first` are what a person does outside of Tieout, as the beginning of a sentence. */
export type Remedy =
  /** `item` and its `units` as suggested. */
  | { kind: 'map-sku'; sku: string; item?: string; units?: number }
  /** `role` as suggested; `beginning` where the text carries an ASIN, a date or a period. */
  | { kind: 'map-amount'; key: AmountTriple; role: string | null; beginning: AmountTriple | null }
  /** What Finances tells: a kind of amount without a role. */
  | { kind: 'map-finances'; transactionType: string; path: string }
  /** Of a document, or of what a payout keeps in transit or on set-off; `leave`: of tax that is nobody's. */
  | { kind: 'settle-difference'; first: string; document: string; choice?: 'leave' }
  | { kind: 'settle-payout'; first: string; settlementId: string; choice?: 'leave' }
  /** Of a document whose total is off by just the tax; `orLeave`: the tax may be left, where nobody withheld it. */
  | { kind: 'correct-tax'; order: string; document: string; orLeave?: true }
  /** Where an order went whose sale is not in these books. */
  | { kind: 'place-sale'; order: string }
  /** How the prices of a marketplace are read; `marketplace` by its domain. */
  | { kind: 'confirm-prices'; first: string; marketplace: string }
  | { kind: 'match-deposit'; settlementId: string; movement: string }
  | { kind: 'open-chain'; settlementId: string }
  /** A refund that Finances does not tell, or not in full; null until a settlement pays it. */
  | { kind: 'book-refund'; orderId: string; settlementId: string | null }
  /** What kind of rows of the ledger these are; `lone`: halves of a change of identity, whose other half has not come. */
  | { kind: 'map-movement'; eventType: string; reason: string; lone?: true }
  /** Rows that nothing answers; `role` as suggested. */
  | { kind: 'answer-rows'; first: string; rows: readonly string[]; role: Role | null }
  /** A movement of NetSuite by its internal id. `answering`: it answers these rows, and is to be said to do so once more. */
  | { kind: 'explain-foreign'; first: string; document: string; answersNothing?: true; answering?: readonly string[] }
  /** `choices` in the order in which they are offered. `unlisted`: Amazon lists no such shipment, there are rows of the ledger alone. */
  | { kind: 'decide-inbound'; shipmentId: string; sku: string; choices: readonly InboundChoice[]; unlisted?: true }
  | { kind: 'close-gap'; pool: string; item: string; place: LedgerPlace; units: number }
  /** An adjustment that is held, by its external id; `item` where it is about one. */
  | { kind: 'approve-adjustment'; document: string; item?: string }
  | { kind: 'import'; first: string; file: 'settlement' | 'statement' }
  /** What Amazon told since an instant is read once more. */
  | { kind: 'read-again'; first: string; what: ReadAgainWhat; from: Instant }
  /** Of a posted document that somebody altered in NetSuite, by its external id. */
  | { kind: 'put-back'; document: string }
  | { kind: 'try-again'; first: string; of: 'payout' | 'order'; id: string }
  | { kind: 'status'; of: 'payout' | 'order'; id: string }
  /** A signed month whose figures are others by now. */
  | { kind: 'reopen'; period: string }
  /** A channel of alerts, once it is mended. */
  | { kind: 'test-alert'; first: string; channel: string }
  /** Something of the configuration or of a vendor's own pages. */
  | { kind: 'set-up'; where: string }
  /** It ends by itself; `until` says with what. */
  | { kind: 'wait'; until: string }
  | { kind: 'look'; where: string };

export interface RaisedException {
  code: ExceptionCode;
  /** Dedupes: raised again under the same code and key it is the same exception. The subject's id where nothing else is said. */
  key?: string;
  subject: Subject;
  /** The payout that it is about, where that is not the subject. */
  payout?: string;
  evidence: Evidence;
  remedy: Remedy;
}

export const orderSubject = (id: string): Subject => ({ kind: 'order', id });
export const payoutSubject = (id: string): Subject => ({ kind: 'payout', id });
/** `orderIntake` is the flow `order-intake`. */
export const flowSubject = (workflowType: string): Subject => ({
  kind: 'flow',
  id: workflowType.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
});
export const amountSubject = (key: AmountTriple): Subject => ({ kind: 'amount', id: JSON.stringify(key) });
