import type { AmountKey } from './settlement.ts';

/** An amount key as a list: transaction type, amount type, amount description. */
export type AmountTriple = [transactionType: string, amountType: string, amountDescription: string];

export function tripleOf({ transactionType, amountType, amountDescription }: AmountKey): AmountTriple {
  return [transactionType, amountType, amountDescription];
}

/**
 * Amazon spells one key in several ways over time and marketplaces (`FBAFees` beside `FBA Fees`): texts are
 * compared without case, blanks, `_` and `-`.
 */
export function foldText(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '');
}

/** The folded triple as one text; two keys are the same key exactly when these are equal. */
export function foldKey(key: AmountKey): string {
  return `${foldText(key.transactionType)}\t${foldText(key.amountType)}\t${foldText(key.amountDescription)}`;
}

/** A key of folded texts, from {@link foldKey}. */
export function keyOfFolded(folded: string): AmountKey {
  const [transactionType = '', amountType = '', amountDescription = ''] = folded.split('\t');
  return { transactionType, amountType, amountDescription };
}

/** `Order / ItemFees / Commission`: a key as people read it. */
export function keyText(key: AmountKey): string {
  return `${key.transactionType} / ${key.amountType} / ${key.amountDescription}`;
}
