import type { PersonRole } from '../../domain/people/roles.ts';
import type { Decisions } from './decisions.ts';

/**
 * What each act of a person wants at least (console.md, *Actions and roles*). What is not listed there is by its kind:
 * what holds up single orders and units is an operator's, what books by a person's word a controller's.
 */
export const LEAST_ROLE: Readonly<Record<keyof Decisions | 'importStatement' | 'importSettlement', PersonRole>> = {
  mapSku: 'operator',
  tryAgain: 'operator',
  readAgain: 'operator',
  noteException: 'operator',
  importStatement: 'operator',
  importSettlement: 'operator',
  mapMovement: 'operator',
  explainForeign: 'operator',
  decideInbound: 'operator',
  answerRows: 'controller',
  closeGap: 'controller',
  approveOpening: 'controller',
  approveAdjustment: 'controller',
  mapAmount: 'controller',
  settleDifference: 'controller',
  matchDeposit: 'controller',
  openChain: 'controller',
  bookRefund: 'controller',
  correctTax: 'controller',
  confirmPrices: 'controller',
  moveTax: 'controller',
  placeSale: 'controller',
  bookFeeInvoice: 'controller',
  carryItem: 'controller',
  approveAccrual: 'controller',
  signOff: 'controller',
  reopen: 'controller',
  approveOpeningBalance: 'controller',
  mapFinances: 'controller',
};
