/** Balances at the end of a day as the terminal lays them out (terminal.md): accounts, what differs, what is left, Amazon's own. */
import type { AccountOnDayView, BalancesOnView } from '../../views/period/balances-on-view.ts';
import type { ListOptions } from '../command-options.ts';
import { isZero, showAmount } from '../print/amounts.ts';
import { shortened } from '../print/long-list.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';

export function balancesPage(view: BalancesOnView, width: number, options: ListOptions): string[] {
  const { connection, day, sentence, unfinished, accounts } = view;
  const findings = accounts.flatMap((account) => account.findings);
  return [
    ...renderParts([connection, `balances at the end of ${day}`], width),
    ...renderParagraph(sentence, width),
    ...unfinished.flatMap((line) => renderParagraph(`! ${line}`, width)),
    ...(accounts.length === 0 ? [] : ['', ...accountTable(accounts, width)]),
    ...(findings.length === 0 ? [] : ['', 'What differs']),
    ...findings.flatMap(({ what, act }) => renderParagraph(`≠ ${what}${act === null ? '' : `: ${act}`}`, width, 2)),
    ...leftLines(accounts, width, options),
    ...amazonLines(view, width),
    ...(view.agrees === false ? [`Next: npx tieout close ${day.slice(0, 7)}`] : []),
    '',
  ];
}

function accountTable(accounts: readonly AccountOnDayView[], width: number): string[] {
  return renderTable(
    [
      { align: 'left', head: '' },
      { align: 'left', head: 'Account', key: true, gives: true },
      { align: 'left', head: 'Watch', wide: true },
      { align: 'left', head: '', key: true },
      { align: 'right', head: 'Opening' },
      { align: 'right', head: 'Documents' },
      { align: 'right', head: 'Left' },
      { align: 'right', head: 'NetSuite' },
      { align: 'right', head: 'Difference' },
    ],
    accounts.map((one) => {
      const { account, watch, currency, opening, documents, left, netsuite, difference, agrees } = one;
      const amounts = [opening.documents, documents, left, netsuite].map((text) => showAmount(text, currency));
      const differs = isZero(difference) ? '' : showAmount(difference, currency);
      return [agrees ? '✓' : '≠', account, watch, currency, ...amounts, differs];
    }),
    width,
  );
}

/** What is left on each account, the oldest first. */
function leftLines(accounts: readonly AccountOnDayView[], width: number, options: ListOptions): string[] {
  const rows = accounts.flatMap(({ account, currency, residues }) =>
    residues.map(({ subject, amount, since, age }) => ({ account, currency, subject, amount, since, age })),
  );
  if (rows.length === 0) return [];
  const { shown, more } = shortened(rows, options);
  return [
    '',
    ...renderTable(
      [
        { align: 'left', head: 'Left on', key: true },
        { align: 'left', head: 'Of', gives: true },
        { align: 'left', head: 'Since' },
        { align: 'right', head: 'Days' },
        { align: 'right', head: 'Amount' },
        { align: 'left', head: '' },
      ],
      shown.map(({ account, currency, subject, amount, since, age }) => [
        account,
        subject,
        since,
        String(age),
        showAmount(amount, currency),
        currency,
      ]),
      width,
    ),
    ...more,
  ];
}

function amazonLines({ amazon: { told, beside }, agrees, day }: BalancesOnView, width: number): string[] {
  if (agrees === null) return [];
  const none = told.length === 0 ? "were not read: it is asked for a month's last day" : 'have no total';
  if (beside.length === 0) return ['', ...renderParagraph(`Amazon's own balances of ${day} ${none}.`, width)];
  return [
    '',
    ...renderTable(
      [
        { align: 'left', head: "Amazon's own", key: true },
        { align: 'right', head: 'Amazon' },
        { align: 'right', head: 'Receivable and reserve' },
        { align: 'right', head: 'Difference' },
      ],
      beside.map(({ currency, amazon, books, difference }) => [
        currency,
        showAmount(amazon, currency),
        showAmount(books, currency),
        showAmount(difference, currency),
      ]),
      width,
    ),
    'It stands beside the books and raises nothing.',
  ];
}
