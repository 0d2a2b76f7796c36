/**
 * The kinds of NetSuite documents that are ours, each told once: what it is there, how it is found and compared, whose it
 * is. Whoever wants to know something of a kind asks here; only what makes a kind names it. Adding one: CONTRIBUTING.md,
 * *A new kind of document*. Rules: accounting.md, *Identity* and *Dates*; stock.md, *Documents*; record names and types
 * of NetSuite: RB26.1/records, and the enum of `type` in RB26.1/schemas/deposit.
 */

import type { DocumentKind } from './document-kind.ts';

export const DOCUMENT_KINDS = {
  SO: {
    name: 'sales order',
    of: 'order',
    recordTypes: ['salesOrder'],
    suiteqlTypes: ['SalesOrd'],
    lines: { sublist: 'item', side: 'credit' },
    compared: 'total',
    locks: null,
    plan: 'order',
  },
  IF: {
    name: 'fulfilment',
    of: 'order',
    recordTypes: ['itemFulfillment'],
    suiteqlTypes: ['ItemShip'],
    lines: { sublist: 'item', side: 'none' },
    compared: 'units',
    locks: 'general',
    plan: 'fulfilment',
  },
  INV: {
    name: 'invoice',
    of: 'order',
    recordTypes: ['invoice'],
    suiteqlTypes: ['CustInvc'],
    lines: { sublist: 'item', side: 'credit' },
    compared: 'total',
    locks: 'receivables',
    plan: 'bill',
    settledBy: 'PAY',
  },
  CS: {
    name: 'cash sale',
    of: 'order',
    recordTypes: ['cashSale'],
    suiteqlTypes: ['CashSale'],
    lines: { sublist: 'item', side: 'credit' },
    compared: 'total',
    locks: 'general',
    plan: null,
  },
  RA: {
    name: 'return authorisation',
    of: 'order',
    recordTypes: ['returnAuthorization'],
    suiteqlTypes: ['RtnAuth'],
    lines: { sublist: 'item', side: 'debit' },
    compared: 'total',
    locks: null,
    plan: 'return',
  },
  CM: {
    name: 'credit memo',
    of: 'order',
    recordTypes: ['creditMemo'],
    suiteqlTypes: ['CustCred'],
    lines: { sublist: 'item', side: 'debit' },
    compared: 'total',
    locks: 'receivables',
    plan: 'credit',
    settledBy: 'RFD',
  },
  CR: {
    name: 'cash refund',
    of: 'order',
    recordTypes: ['cashRefund'],
    suiteqlTypes: ['CashRfnd'],
    lines: { sublist: 'item', side: 'debit' },
    compared: 'total',
    locks: 'general',
    plan: null,
  },
  IR: {
    name: 'item receipt',
    of: 'stock',
    recordTypes: ['itemReceipt'],
    suiteqlTypes: ['ItemRcpt'],
    lines: { sublist: 'item', side: 'none' },
    compared: 'units',
    locks: 'general',
    plan: 'receipt',
  },
  JE: {
    name: 'journal',
    of: 'payout',
    recordTypes: ['journalEntry'],
    suiteqlTypes: ['Journal'],
    lines: { sublist: 'line', side: 'each' },
    compared: 'lines',
    locks: 'general',
    plan: 'journal',
  },
  OPN: {
    name: 'opening',
    of: 'payout',
    recordTypes: ['journalEntry'],
    suiteqlTypes: ['Journal'],
    lines: { sublist: 'line', side: 'each' },
    compared: 'lines',
    locks: 'general',
    plan: 'journal',
  },
  DEP: {
    name: 'deposit',
    of: 'payout',
    recordTypes: ['deposit'],
    suiteqlTypes: ['Deposit'],
    lines: { sublist: 'other', side: 'credit' },
    compared: 'total',
    locks: 'general',
    plan: 'movement',
  },
  CHG: {
    name: 'charge',
    of: 'payout',
    recordTypes: ['check', 'creditCardCharge'],
    suiteqlTypes: ['Check', 'CardChrg'],
    lines: { sublist: 'expense', side: 'debit' },
    compared: 'total',
    locks: 'general',
    plan: 'movement',
  },
  PAY: {
    name: 'payment',
    of: 'payout',
    recordTypes: ['customerPayment'],
    suiteqlTypes: ['CustPymt'],
    lines: { sublist: 'apply', side: 'credit' },
    compared: 'settled',
    locks: 'receivables',
    plan: 'payment',
  },
  RFD: {
    name: 'refund',
    of: 'payout',
    recordTypes: ['customerRefund'],
    suiteqlTypes: ['CustRfnd'],
    lines: { sublist: 'apply', side: 'debit' },
    compared: 'settled',
    locks: 'receivables',
    plan: 'payment',
  },
  ADJ: {
    name: 'adjustment',
    of: 'stock',
    recordTypes: ['inventoryAdjustment'],
    suiteqlTypes: ['InvAdjst'],
    lines: { sublist: 'inventory', side: 'none' },
    compared: 'units',
    locks: 'general',
    plan: 'adjustment',
  },
  TRF: {
    name: 'transfer',
    of: 'stock',
    recordTypes: ['inventoryTransfer'],
    suiteqlTypes: ['InvTrnfr'],
    lines: { sublist: 'inventory', side: 'none' },
    compared: 'units',
    locks: 'general',
    plan: 'transfer',
  },
  FTX: {
    name: 'tax journal',
    of: 'tax',
    recordTypes: ['journalEntry'],
    suiteqlTypes: ['Journal'],
    lines: { sublist: 'line', side: 'each' },
    compared: 'lines',
    locks: 'general',
    plan: 'tax-journal',
  },
  ACR: {
    name: 'accrual',
    of: 'month',
    recordTypes: ['journalEntry'],
    suiteqlTypes: ['Journal'],
    lines: { sublist: 'line', side: 'each' },
    compared: 'lines',
    locks: 'general',
    plan: 'accrual',
    staysOnItsDay: true,
  },
} as const satisfies Record<string, DocumentKind>;

type Kinds = typeof DOCUMENT_KINDS;
export type Purpose = keyof Kinds;
/** Purposes whose row says this of one of its columns. */
type PurposeWhere<Column extends keyof DocumentKind, Value> = {
  [P in Purpose]: Column extends keyof Kinds[P] ? (Kinds[P][Column] extends Value ? P : never) : never;
}[Purpose];

export type RecordType = Kinds[Purpose]['recordTypes'][number];
export type PlanName = NonNullable<Kinds[Purpose]['plan']>;
export type PurposeOf<Plan extends PlanName> = PurposeWhere<'plan', Plan>;
/** Of a document that owns rows of a settlement. */
export type SalesPurpose = PurposeWhere<'settledBy', string>;
/** Of what settles such. */
export type SettlingPurpose = PurposeOf<'payment'>;
export type JournalPurpose = PurposeOf<'journal'>;
export type MovementPurpose = PurposeOf<'movement'>;

export const PURPOSES = Object.keys(DOCUMENT_KINDS) as Purpose[];

/** The row of a purpose. */
export function kindOf(purpose: Purpose): DocumentKind {
  return DOCUMENT_KINDS[purpose];
}

export function isSalesPurpose(purpose: Purpose): purpose is SalesPurpose {
  return kindOf(purpose).settledBy !== undefined;
}
export function isSettlingPurpose(purpose: Purpose): purpose is SettlingPurpose {
  return kindOf(purpose).plan === 'payment';
}
export function isJournalPurpose(purpose: Purpose): purpose is JournalPurpose {
  return kindOf(purpose).plan === 'journal';
}

/** Documents that own rows of settlements. */
export const SALES_PURPOSES = PURPOSES.filter(isSalesPurpose);
/** Documents that settle those. */
export const SETTLING_PURPOSES = PURPOSES.filter(isSettlingPurpose);
export const PAYOUT_PURPOSES = PURPOSES.filter((purpose) => kindOf(purpose).of === 'payout');
/** Whether a document of a sale bills a buyer; the others credit him. */
export function isBill(purpose: SalesPurpose): boolean {
  return kindOf(purpose).lines.side === 'credit';
}

/** Documents of one shipment: what left the shelf, and what it was sold for. */
export const SHIPMENT_PURPOSES: readonly Purpose[] = [
  ...PURPOSES.filter((purpose) => kindOf(purpose).plan === 'fulfilment'),
  ...SALES_PURPOSES,
];
/** Documents whose plan says which accounts they move: journals of every kind, deposits and charges. */
export const POSTS_BY_PLAN = PURPOSES.filter((purpose) =>
  ['journal', 'movement', 'tax-journal', 'accrual'].includes(kindOf(purpose).plan ?? ''),
);
/** Records that something posts. */
export const POSTED_RECORD_TYPES = [
  ...new Set(PURPOSES.filter((purpose) => kindOf(purpose).plan !== null).flatMap(recordTypesOf)),
];

function recordTypesOf(purpose: Purpose): readonly RecordType[] {
  return DOCUMENT_KINDS[purpose].recordTypes;
}

/** The record of a kind that is always the same one. */
export function recordTypeOf<P extends Purpose>(purpose: P): Kinds[P]['recordTypes'][0] {
  return DOCUMENT_KINDS[purpose].recordTypes[0];
}

/** What settles a document. */
export function settlingOf<P extends SalesPurpose>(purpose: P): Kinds[P]['settledBy'] {
  return DOCUMENT_KINDS[purpose].settledBy;
}

/** An amount of a settlement as the document shows it that owns the row, and back: what was credited to a buyer is positive there. */
export function asShown(purpose: SalesPurpose | SettlingPurpose, amount: bigint): bigint {
  return DOCUMENT_KINDS[purpose].lines.side === 'credit' ? amount : -amount;
}
