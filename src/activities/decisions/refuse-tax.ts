import type { ApplicationFailure } from '@temporalio/common';
import { parseMinor } from '../../domain/money/money.ts';
import { refuseDecision } from './refuse-decision.ts';

/** A decision about tax that cannot be taken. */
export const refuseTax = (sentence: string): ApplicationFailure => refuseDecision('TAX_REFUSED', sentence);

/** An amount of a decision, in minor units. @throws ApplicationFailure `TAX_REFUSED` for a text that is none of its currency */
export function taxAmountOf(text: string, currency: string): bigint {
  const minor = parseMinor(text, currency);
  if (minor === null) throw refuseTax(`"${text}" is no amount of ${currency}.`);
  return minor;
}
