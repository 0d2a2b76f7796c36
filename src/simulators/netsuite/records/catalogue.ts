/** The record types that are built. */
import { check, creditCardCharge } from './charges.ts';
import { creditMemo } from './credit-memo.ts';
import { customerPayment } from './customer-payment.ts';
import { customerRefund } from './customer-refund.ts';
import { deposit } from './deposit.ts';
import { inventoryAdjustment } from './inventory-adjustment.ts';
import { inventoryTransfer } from './inventory-transfer.ts';
import { invoice } from './invoice.ts';
import { itemFulfilment } from './item-fulfilment.ts';
import { journalEntry } from './journal-entry.ts';
import { itemReceipt } from './item-receipt.ts';
import type { RecordKind } from './record-kind.ts';
import { returnAuthorisation } from './return-authorisation.ts';
import { salesOrder } from './sales-order.ts';
import { transferOrder } from './transfer-order.ts';

const KINDS: readonly RecordKind[] = [
  salesOrder,
  itemFulfilment,
  invoice,
  returnAuthorisation,
  itemReceipt,
  creditMemo,
  customerPayment,
  customerRefund,
  journalEntry,
  deposit,
  check,
  creditCardCharge,
  inventoryAdjustment,
  inventoryTransfer,
  transferOrder,
];

/** Names are taken in any case, as NetSuite does. */
export function kindNamed(name: string): RecordKind | undefined {
  return KINDS.find(({ record }) => record.toLowerCase() === name.toLowerCase());
}

export function kindOfType(type: string): RecordKind {
  const kind = KINDS.find((candidate) => candidate.type === type);
  if (!kind) throw new Error(`simulator bug: there is no record of type ${type}`);
  return kind;
}

/** What NetSuite makes itself and no record service takes. */
const OWN_TITLES: Record<string, string> = { FxReval: 'Currency Revaluation' };

/** How a type of transaction is shown. */
export function titleOfType(type: string): string {
  return OWN_TITLES[type] ?? kindOfType(type).title;
}
