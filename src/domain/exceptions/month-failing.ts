/** A month that cannot be worked out, while all others are: what it is, in the words of an exception. */
import { renderPeriod, type Period } from '../period/calendar.ts';
import type { RaisedException } from './exception.ts';
import { safeLine } from './step-failing.ts';

/** `close`: its items. `profit`: what each SKU earned in it. */
export type OfMonthWorkedOut = 'close' | 'profit';

/** One exception a month and what of it fails, however often. */
export const monthFailingKey = (of: OfMonthWorkedOut, period: Period): string => `${of} ${period}`;

/** `The profit of October 2026 cannot be worked out: …` @param text of the failure; it is cut and censored here */
export function renderFailingMonth(of: OfMonthWorkedOut, period: Period, text: string): string {
  return `The ${of} of ${renderPeriod(period)} cannot be worked out: ${safeLine(text)}`;
}

export function explainFailingMonth(of: OfMonthWorkedOut, period: Period, text: string): RaisedException {
  return {
    code: 'month-failing',
    key: monthFailingKey(of, period),
    subject: { kind: 'month', id: period },
    evidence: { what: renderFailingMonth(of, period, text), atStake: null, currency: null },
    remedy: {
      kind: 'look',
      where:
        'Mend what the sentence names, or update Tieout, or report it with the number of this exception. What is shown of the month is what was worked out last; each look tries it again, and the first success ends this',
    },
  };
}
