/** A transaction as the books hold it: what was asked (the document) and what follows from it (lines, applications). */
import type { Json } from '../json.ts';

/** A body after reading: references are ids, amounts decimal text, quantities numbers. */
export type FieldValue = string | number | Json;
export type FieldValues = Record<string, FieldValue>;
export interface Document {
  fields: FieldValues;
  sublists: Record<string, FieldValues[]>;
}

/** What a line takes from the line that it came from. */
export type Progress = 'fulfilled' | 'picked' | 'billed' | 'authorised' | 'received' | 'credited';

export interface StockMovement {
  location: string | null;
  /** Positive when stock rises. */
  quantity: number;
  /** Minor units of the base currency, signed as the quantity. Costing sets it, and the amounts, where it is not given. */
  value: bigint;
  /** Whether the document says what it costs, it leaves at the average, or comes in as it left on another line. */
  cost: 'given' | 'average' | Origin;
  /** The line that posts the other side; null where the document moves value from place to place only. */
  offset: number | null;
  /** Goes from place to place, and is costed between the increases and the reductions of its day. */
  transfer?: true;
}

/** The line that units left on, and how many of its units others have brought in before. */
export interface Origin {
  transaction: string;
  line: number;
  before: number;
}

/** A transfer order has three lines for each of its items: as it was entered, what leaves, and what comes in. */
export interface TransferLine {
  type: 'ITEM' | 'SHIPPING' | 'RECEIVING';
  /** Id of the line as it was entered. */
  itemLine: number;
}

export interface TransactionLine {
  transaction: Transaction | null;
  id: number;
  mainLine: boolean;
  /** The posting account; null on lines that post nothing. */
  account: string | null;
  /** Minor units of the transaction's currency, debit positive. */
  amount: bigint;
  /** Minor units of the base currency, where they do not follow from `amount`: a revaluation changes them alone. */
  base?: bigint;
  item: string | null;
  /** As SuiteQL shows it: what leaves is negative. Null where there is none. */
  quantity: number | null;
  rate: string | null;
  entity: string | null;
  location: string | null;
  department: string | null;
  class: string | null;
  memo: string | null;
  costOfGoods: boolean;
  closed: boolean;
  source: { transaction: string; line: number; progress: Progress } | null;
  stock: StockMovement | null;
  /** The line whose stock it corrects the cost of; costing makes such lines and takes them away again. */
  corrects: number | null;
  /** The line of the kit that this one is a member of. */
  kitMemberOf: number | null;
  /** Tax that the account's tax code adds. */
  tax?: true;
  /** On transfer orders only. */
  transfer: TransferLine | null;
  custom: Record<string, string>;
  /** How much of this line later documents have taken; replaced, never written into. */
  progress: Readonly<Record<Progress, number>>;
}

/** Takes `amount` (above zero) off what is open on another document. */
export interface Application {
  target: string;
  amount: bigint;
}

export interface Transaction {
  id: string;
  record: string;
  type: string;
  tranId: string;
  externalId: string | null;
  date: string;
  period: string | null;
  posting: boolean;
  memo: string | null;
  otherRefNum: string | null;
  currency: string;
  exchangeRate: string;
  entity: string | null;
  createdFrom: string | null;
  /** The A/R account of invoices, credit memos, payments and refunds; the bank account of the others. */
  account: string | null;
  /** Signed as SuiteQL's `foreigntotal`: the main line's amount. */
  total: bigint;
  /** What others can settle (invoices, credit memos) or what it has to give (payments); null for the rest. */
  settleable: bigint | null;
  /** How much of `settleable` is used. */
  settled: bigint;
  lines: TransactionLine[];
  applications: Application[];
  document: Document;
  createdAt: number;
  modifiedAt: number;
}

/** What building a document gives; the books add identity and progress. */
export type Draft = Pick<
  Transaction,
  | 'date'
  | 'period'
  | 'posting'
  | 'currency'
  | 'exchangeRate'
  | 'entity'
  | 'account'
  | 'total'
  | 'settleable'
  | 'lines'
  | 'applications'
>;

export function openAmount(transaction: Transaction): bigint {
  return transaction.settleable === null ? 0n : transaction.settleable - transaction.settled;
}

/** Shared by the many lines that have none of it: a month holds hundreds of thousands of lines. */
const NO_PROGRESS: TransactionLine['progress'] = Object.freeze({
  fulfilled: 0,
  picked: 0,
  billed: 0,
  authorised: 0,
  received: 0,
  credited: 0,
});
const NO_CUSTOM: Record<string, string> = Object.freeze({});

type LineStart = Partial<Omit<TransactionLine, 'id'>> & { id: number };

/** A line with everything that is not given left empty. */
export function line(start: LineStart): TransactionLine {
  return {
    transaction: null,
    mainLine: false,
    account: null,
    amount: 0n,
    item: null,
    quantity: null,
    rate: null,
    entity: null,
    location: null,
    department: null,
    class: null,
    memo: null,
    costOfGoods: false,
    closed: false,
    source: null,
    stock: null,
    corrects: null,
    kitMemberOf: null,
    transfer: null,
    custom: NO_CUSTOM,
    progress: NO_PROGRESS,
    ...start,
  };
}
