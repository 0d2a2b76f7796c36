import { TieoutError } from '../../errors/tieout-error.ts';
import { renderAmount, renderCount } from '../money/render-amount.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { ReportError } from './report-error.ts';

/**
 * A refused report as people are told of it, with the name of its file (or whatever names the document) and, where
 * its summary row was read, the currency for the figures.
 */
export function reportNotice(error: ReportError, file: string, currency: CurrencyCode | null): TieoutError {
  const { code, what, evidence, why, remedy } = error.problem;
  return new TieoutError(
    {
      code,
      what,
      notDone: 'Nothing was posted.',
      where: [`${file}${place(error)}${figures(error, currency)}`, ...evidence],
      ...(why === null ? {} : { why }),
      do: [remedy],
    },
    { cause: error },
  );
}

/** `, line 812, column "amount" (byte 118,204)`. */
function place({ problem: { line, column, byteOffset, figures } }: ReportError): string {
  if (figures !== null || line === null) return '';
  const byte = byteOffset === null ? '' : ` (byte ${renderCount(byteOffset)})`;
  return `, line ${renderCount(line)}${column === null ? '' : `, column "${column}"`}${byte}`;
}

function figures({ problem }: ReportError, currency: CurrencyCode | null): string {
  const text = renderFigures(problem, currency);
  return text === null ? '' : `: ${text}`;
}

/** `12 rows sum to 1,000.00, total-amount on line 2 says 999.00; difference 1.00`; null where it is not about a sum. */
export function renderFigures(problem: ReportError['problem'], currency: CurrencyCode | null): string | null {
  if (problem.figures === null || currency === null) return null;
  const { rows, sum, total, difference } = problem.figures;
  const amount = (minor: bigint) => renderAmount(minor, currency);
  return (
    `${renderCount(rows)} rows sum to ${amount(sum)}, ${problem.column} on line ${problem.line} says ${amount(total)}; ` +
    `difference ${amount(difference)}`
  );
}
