import type {
  DecisionNetSuiteActivities,
  DecisionStoreActivities,
} from '../../contracts/decisions/decision-activities.ts';
import type { Bind } from '../bind.ts';
import { decideBookFeeInvoice } from './book-fee-invoice.ts';
import { decideBookRefund } from './book-refund.ts';
import { checkItem } from './check-item.ts';
import { decideCorrectTax } from './correct-tax.ts';
import { decideAmount, decideSku } from './decide.ts';
import { decideDeposit } from './match-deposit.ts';
import { decideOpenChain } from './open-chain.ts';
import { decideMoveTax } from './move-tax.ts';
import { decideReadAgain } from './read-again.ts';
import { decideStock } from './decide-stock.ts';
import { decideDifference } from './settle-difference.ts';

export const decisionStoreActivities = (bind: Bind): DecisionStoreActivities => ({
  decideSku: bind(decideSku),
  decideAmount: bind(decideAmount),
  decideDifference: bind(decideDifference),
  decideDeposit: bind(decideDeposit),
  decideOpenChain: bind(decideOpenChain),
  decideBookRefund: bind(decideBookRefund),
  decideCorrectTax: bind(decideCorrectTax),
  decideMoveTax: bind(decideMoveTax),
  decideBookFeeInvoice: bind(decideBookFeeInvoice),
  decideReadAgain: bind(decideReadAgain),
  decideStock: bind(decideStock),
});

export const decisionNetSuiteActivities = (bind: Bind): DecisionNetSuiteActivities => ({
  checkItem: bind(checkItem),
});
