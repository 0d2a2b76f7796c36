import type { CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';
import { redatedSentence, type PayoutFacts } from './checks.ts';

/**
 * Documents that were posted and that NetSuite does not hold as they were posted any more, by external id, each with a
 * sentence: nobody but a person can have done that, and nobody but a person undoes it.
 *
 * @param posted external ids of the payout's own documents, and of the invoices and memos that it settles
 * @param found those that NetSuite knows
 */
export function alteredDocuments(
  { planned, readBack, leftOpen, redated }: Pick<PayoutFacts, 'planned' | 'readBack' | 'leftOpen' | 'redated'>,
  posted: readonly string[],
  found: ReadonlySet<string>,
  currency: CurrencyCode,
): Map<string, string> {
  const altered = new Map<string, string>();
  for (const externalId of posted)
    if (!found.has(externalId)) altered.set(externalId, `NetSuite no longer holds ${externalId}`);
  for (const externalId of leftOpen)
    if (!altered.has(externalId))
      altered.set(externalId, `payments cover ${externalId}, and NetSuite shows an amount left on it`);
  for (const key of new Set([...planned.keys(), ...readBack.keys()])) {
    const [wanted, held] = [planned.get(key) ?? 0n, readBack.get(key) ?? 0n];
    const [externalId = '', account] = key.split(' ');
    if (wanted === held || altered.has(externalId) || !posted.includes(externalId)) continue;
    altered.set(
      externalId,
      `${externalId} has ${renderMoney(held, currency)} on the account with NetSuite's id ${account}, and was posted with ${renderMoney(wanted, currency)}`,
    );
  }
  for (const document of redated)
    if (!altered.has(document.externalId)) altered.set(document.externalId, redatedSentence(document));
  return altered;
}
