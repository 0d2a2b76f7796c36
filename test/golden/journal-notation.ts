/**
 * A journal in the accountant's notation, as `*.expected.journal.txt` beside the golden settlements has it: day, key and
 * currency of each entry, then account, role, debit, credit and memo of each line, and the totals. A line that begins with
 * `;` is a remark; below a posting it says how the figure comes about: `; 40.00 + 5.99 - 5.00`.
 */
import type { JournalPlan } from '../../src/domain/journal/journal-plan.ts';
import { renderAmount } from '../../src/domain/money/render-amount.ts';

export function renderJournal({ settlementId, currency, parts }: JournalPlan): string {
  const figure = (minor: bigint) => (minor === 0n ? '' : renderAmount(minor, currency)).padStart(12);
  const posting = (name: string, debit: bigint, credit: bigint, memo: string) =>
    `    ${name.padEnd(33)}${figure(debit)}${figure(credit)}  ${memo}`.trimEnd();
  return parts
    .map(({ part, date, lines }) => {
      const total = (side: 'debit' | 'credit') => lines.reduce((sum, line) => sum + line[side], 0n);
      return [
        `${date}  JE ${settlementId} ${part}  ${currency}`,
        ...lines.map(({ account, role, debit, credit, memo }) =>
          posting(`${(account ?? '').padEnd(10)}${role}`, debit, credit, memo),
        ),
        posting('total', total('debit'), total('credit'), ''),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** The entries of a text without its remarks, as {@link renderJournal} writes them. */
export function entriesOf(text: string): string {
  const lines = text.split('\n').filter((line) => !isRemark(line));
  return lines.join('\n').trimStart();
}

/** Each figure that says how it comes about, and what that comes to, in minor units. */
export function workedFigures(text: string): { line: string; figure: bigint; comesTo: bigint }[] {
  const lines = text.split('\n');
  return lines.flatMap((remark, index) => {
    if (!isRemark(remark) || !remark.startsWith(' ')) return [];
    const line = lines[index - 1]!;
    return [{ line, figure: minorOf(line.slice(37, 61)), comesTo: sumOf(remark) }];
  });
}

const isRemark = (line: string) => line.trimStart().startsWith(';');
const minorOf = (text: string) => BigInt(text.replace(/[\s,.]/g, ''));
const sumOf = (remark: string) =>
  [...remark.matchAll(/(-?) ?([\d,]+\.\d\d)/g)].reduce(
    (sum, [, sign, amount]) => (sign === '-' ? sum - minorOf(amount!) : sum + minorOf(amount!)),
    0n,
  );
