import type { Company } from '../company.ts';
import { isFulfillableItem } from '../items.ts';
import { openAmount, type Document, type Transaction, type TransactionLine } from '../ledger/transaction.ts';
import { unitsReceived } from './in-transit.ts';
import { textOf } from './values.ts';

const NAMES: Record<string, Record<string, string>> = {
  SalesOrd: {
    A: 'Pending Approval',
    B: 'Pending Fulfillment',
    C: 'Cancelled',
    D: 'Partially Fulfilled',
    E: 'Pending Billing/Partially Fulfilled',
    F: 'Pending Billing',
    G: 'Billed',
    H: 'Closed',
  },
  RtnAuth: {
    A: 'Pending Approval',
    B: 'Pending Receipt',
    D: 'Partially Received',
    E: 'Pending Refund/Partially Received',
    F: 'Pending Refund',
    G: 'Refunded',
    H: 'Closed',
  },
  TrnfrOrd: {
    A: 'Pending Approval',
    B: 'Pending Fulfillment',
    C: 'Rejected',
    D: 'Partially Fulfilled',
    E: 'Pending Receipt/Partially Fulfilled',
    F: 'Pending Receipt',
    G: 'Received',
    H: 'Closed',
  },
  ItemShip: { A: 'Picked', B: 'Packed', C: 'Shipped' },
  CustInvc: { A: 'Open', B: 'Paid In Full' },
  CustCred: { A: 'Open', B: 'Fully Applied' },
  CustPymt: { B: 'Not Deposited', C: 'Deposited' },
  CustRfnd: { R: 'Issued' },
  Journal: { A: 'Pending Approval', B: 'Approved for Posting' },
};

/** The status letter, as SuiteQL gives it over REST; `A` where a type has no states that matter here. */
export function statusOf(company: Company, transaction: Transaction): string {
  switch (transaction.type) {
    case 'SalesOrd':
      return orderStatus(company, transaction);
    case 'RtnAuth':
      return authorisationStatus(company, transaction);
    case 'TrnfrOrd':
      return transferStatus(company, transaction);
    case 'ItemShip':
      return transaction.posting ? 'C' : (textOf(transaction.document.fields, 'shipStatus') ?? 'A');
    case 'CustInvc':
    case 'CustCred':
      return openAmount(transaction) > 0n ? 'A' : 'B';
    case 'CustPymt':
      return transaction.lines[0]?.account === company.masters.undepositedFunds ? 'B' : 'C';
    case 'CustRfnd':
      return 'R';
    case 'Journal':
      return transaction.posting ? 'B' : 'A';
    default:
      return 'A';
  }
}

/** `Invoice : Open`. */
export function statusName(title: string, type: string, letter: string): string {
  const name = NAMES[type]?.[letter];
  return name === undefined ? title : `${title} : ${name}`;
}

export function isFulfillable(company: Company, item: string | null): boolean {
  return isFulfillableItem(company.masters.items.get(item ?? ''));
}

function orderStatus(company: Company, order: Transaction): string {
  if (approvalOf(company, order.document) === 'A') return 'A';
  const lines = order.lines.filter(({ mainLine, kitMemberOf }) => !mainLine && kitMemberOf === null);
  const ordered = (line: TransactionLine): number => Math.abs(line.quantity ?? 0);
  const isBilled = (line: TransactionLine): boolean => line.progress.billed >= ordered(line);
  const goods = lines.filter((line) => isFulfillable(company, line.item));
  const allFulfilled = goods.every((line) => line.closed || line.progress.fulfilled >= ordered(line));
  if (allFulfilled && lines.every(isBilled)) return 'G';
  if (lines.every((line) => line.closed || isBilled(line))) return 'H';
  if (allFulfilled) return 'F';
  if (!goods.some((line) => line.progress.fulfilled > 0)) return 'B';
  return goods.some((line) => line.progress.fulfilled > line.progress.billed) ? 'E' : 'D';
}

function authorisationStatus(company: Company, authorisation: Transaction): string {
  if (approvalOf(company, authorisation.document) === 'A') return 'A';
  const lines = authorisation.lines.filter(({ mainLine, kitMemberOf }) => !mainLine && kitMemberOf === null);
  if (lines.every((line) => line.progress.credited >= Math.abs(line.quantity ?? 0))) return 'G';
  if (lines.every(({ closed }) => closed)) return 'H';
  const goods = lines.filter((line) => isFulfillable(company, line.item));
  if (!goods.some(({ progress }) => progress.received > 0)) return 'B';
  if (goods.every((line) => line.closed || line.progress.received >= Math.abs(line.quantity ?? 0))) return 'F';
  return goods.some(({ progress }) => progress.received > progress.credited) ? 'E' : 'D';
}

function transferStatus(company: Company, order: Transaction): string {
  if (approvalOf(company, order.document) === 'A') return 'A';
  const lines = order.lines
    .filter(({ transfer }) => transfer?.type === 'ITEM')
    .map(({ id, closed, quantity, progress: { fulfilled } }) => ({
      shipped: fulfilled,
      done: closed || fulfilled >= (quantity ?? 0),
      underWay: fulfilled > unitsReceived(company, order, id),
    }));
  const isUnderWay = lines.some(({ underWay }) => underWay);
  if (lines.every(({ done }) => done)) {
    if (isUnderWay) return 'F';
    return lines.some(({ shipped }) => shipped > 0) ? 'G' : 'H';
  }
  if (!lines.some(({ shipped }) => shipped > 0)) return 'B';
  return isUnderWay ? 'E' : 'D';
}

/** `A` pending approval, `B` approved. */
export function approvalOf(company: Company, { fields }: Document): string {
  return textOf(fields, 'orderStatus') ?? company.switches.defaultOrderStatus;
}
