/** The record types, and what of NetSuite's list is not built. */
import { check, creditCardCharge } from './charges.ts';
import { creditMemo } from './credit-memo.ts';
import { customerPayment } from './customer-payment.ts';
import { customerRefund } from './customer-refund.ts';
import { deposit } from './deposit.ts';
import { inventoryAdjustment } from './inventory-adjustment.ts';
import { invoice } from './invoice.ts';
import { itemFulfilment } from './item-fulfilment.ts';
import { journalEntry } from './journal-entry.ts';
import type { RecordKind } from './record-kind.ts';
import { returnAuthorisation } from './return-authorisation.ts';
import { salesOrder } from './sales-order.ts';

const KINDS: readonly RecordKind[] = [
  salesOrder, itemFulfilment, invoice, returnAuthorisation, creditMemo, customerPayment, customerRefund, journalEntry, deposit, check, creditCardCharge, inventoryAdjustment,
];

/** NetSuite's REST record names (2026.1) that are not built here: they answer 501. */
const NOT_BUILT = [
  'cashSale', 'cashRefund', 'itemReceipt', 'customerDeposit', 'depositApplication', 'intercompanyJournalEntry', 'advIntercompanyJournalEntry',
  'inventoryTransfer', 'transferOrder', 'fulfillmentRequest', 'inboundShipment', 'vendorBill', 'vendorCredit', 'vendorPayment', 'purchaseOrder', 'estimate',
  'opportunity', 'bankingTransaction', 'transactionMatch', 'bankRecSuggestion', 'department', 'classification', 'discountItem', 'otherChargeSaleItem',
  'serviceSaleItem', 'kitItem', 'assemblyItem', 'lotNumberedInventoryItem', 'serializedInventoryItem', 'inventoryStatus', 'contact', 'employee', 'term', 'taxType',
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

export function isKnownButNotBuilt(name: string): boolean {
  return NOT_BUILT.some((known) => known.toLowerCase() === name.toLowerCase());
}
