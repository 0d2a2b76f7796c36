import type {
  DecisionNetSuiteActivities,
  DecisionStoreActivities,
} from '../../contracts/decisions/decision-activities.ts';
import type { Bind } from '../bind.ts';
import { decideBookFeeInvoice } from './book-fee-invoice.ts';
import { decideBookRefund } from './book-refund.ts';
import { asPerson } from './as-person.ts';
import { checkItem } from './check-item.ts';
import { decideConfirmPrices } from './confirm-prices.ts';
import { decidePlaceSale } from './place-sale.ts';
import { decideCorrectTax } from './correct-tax.ts';
import { decideAmount, decideSku } from './decide.ts';
import { decideDeposit } from './match-deposit.ts';
import { decideOpenChain } from './open-chain.ts';
import { decideMoveTax } from './move-tax.ts';
import { decideNote } from './note-exception.ts';
import { decideReadAgain } from './read-again.ts';
import { decideStock } from './decide-stock.ts';
import { decideDifference } from './settle-difference.ts';
import { decideTryAgain, recordSignal } from './try-again.ts';

export const decisionStoreActivities = (bind: Bind): DecisionStoreActivities => ({
  decideSku: bind(asPerson('mapSku', decideSku)),
  decideAmount: bind(asPerson('mapAmount', decideAmount)),
  decideDifference: bind(asPerson('settleDifference', decideDifference)),
  decideDeposit: bind(asPerson('matchDeposit', decideDeposit)),
  decideOpenChain: bind(asPerson('openChain', decideOpenChain)),
  decideBookRefund: bind(asPerson('bookRefund', decideBookRefund)),
  decideCorrectTax: bind(asPerson('correctTax', decideCorrectTax)),
  decidePlaceSale: bind(asPerson('placeSale', decidePlaceSale)),
  decideConfirmPrices: bind(asPerson('confirmPrices', decideConfirmPrices)),
  decideMoveTax: bind(asPerson('moveTax', decideMoveTax)),
  decideBookFeeInvoice: bind(asPerson('bookFeeInvoice', decideBookFeeInvoice)),
  decideTryAgain: bind(asPerson('tryAgain', decideTryAgain)),
  decideNote: bind(asPerson('noteException', decideNote)),
  decideReadAgain: bind(asPerson('readAgain', decideReadAgain)),
  decideStock: bind(asPerson(({ decision }) => decision.kind, decideStock)),
  recordSignal: bind(recordSignal),
});

export const decisionNetSuiteActivities = (bind: Bind): DecisionNetSuiteActivities => ({
  checkItem: bind(checkItem),
});
