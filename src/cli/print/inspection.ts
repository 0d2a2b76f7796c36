import { counted, renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { suggestRole } from '../../domain/mapping/suggest-role.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import type { InspectedKey, Inspection } from '../../domain/payouts/inspect-settlement.ts';
import { renderDay, renderMinute } from '../../domain/clocks/render-dates.ts';
import { renderFields, renderParts, renderTable } from './table.ts';
import { differenceFrom, sumMinor, sumsByKey } from '../../domain/money/money.ts';

/** What `tieout settlement inspect` shows: the file, its roles, what is unknown, and the journal. */
export function renderInspection(inspection: Inspection, sha256: string, width: number): string {
  const { header, rows, sum } = inspection;
  const amount = (minor: bigint) => renderAmount(minor, header.currency);
  return [
    ...renderParts(
      [
        `Settlement ${header.settlementId}`,
        header.currency,
        `${renderMinute(header.start)} to ${renderMinute(header.end)}`,
      ],
      width,
    ),
    ...renderParts(
      [
        `Deposit ${renderDay(header.depositDate)}`,
        `flat file ${header.variant}, ${header.columns} columns`,
        `sha256 ${sha256.slice(0, 4)}…${sha256.slice(-4)}`,
      ],
      width,
    ),
    '',
    ...renderParts(
      [
        `Rows ${renderCount(rows)}`,
        `sum ${amount(sum)}`,
        `total-amount ${amount(header.total)}`,
        `difference ${amount(differenceFrom(header.total, sum))} ✓`,
      ],
      width,
    ),
    '',
    ...roleTable(inspection, amount, width),
    '',
    ...(inspection.journal === null
      ? unknownKeys(inspection.unknown, amount, width)
      : journalTable(inspection, amount, width)),
    '',
  ].join('\n');
}

/** Rows and amounts by what they are booked as; the reserve held and released is one balance and one line. */
function roleTable({ byRole, header, byKey }: Inspection, amount: (minor: bigint) => string, width: number): string[] {
  const named = byRole.map((one) => ({ ...one, name: one.role === null ? 'no role' : shownName(one.role) }));
  const sums = sumsByKey(named, ({ name, amount: minor }) => ({ key: name, amount: minor }));
  const lines = Array.from(sums, ([name, minor]) => [
    name,
    renderCount(named.filter((one) => one.name === name).reduce((count, { rows }) => count + rows, 0)),
    amount(minor),
    name === 'no role' ? '! journalled to nothing' : '',
  ]);
  const amounts = byKey.reduce((count, key) => count + key.rows, 0);
  return renderTable(
    [
      { align: 'left', head: 'Role' },
      { align: 'right', head: 'Rows' },
      { align: 'right', head: 'Amount' },
      { align: 'left' },
    ],
    [...lines, ['', renderCount(amounts), amount(header.total)]],
    width,
  );
}

function shownName(role: Role): string {
  return role === 'reserve-held' || role === 'reserve-released' ? 'reserve' : role;
}

function unknownKeys(unknown: readonly InspectedKey[], amount: (minor: bigint) => string, width: number): string[] {
  return renderFields(width, 13, [
    ...unknown.flatMap((key): [string, string][] => {
      const suggestion = suggestRole(key);
      return [
        [
          'Unknown key',
          `${key.transactionType} / ${key.amountType} / ${key.amountDescription} · ${counted(key.rows, 'row')} · ${amount(key.amount)}`,
        ],
        ['Suggestion', suggestion ? `${suggestion.role}: ${suggestion.reason}` : 'none'],
      ];
    }),
    ['Journal', 'none while a key is unknown (exit 3)'],
  ]);
}

function journalTable({ journal }: Inspection, amount: (minor: bigint) => string, width: number): string[] {
  const { lines, residuals } = journal!;
  const side = (minor: bigint) => (minor === 0n ? '' : amount(minor));
  const total = sumMinor(lines.map(({ debit }) => debit));
  const tax = sumMinor(residuals.map((residual) => residual.amount));
  return [
    ...renderTable(
      [
        { align: 'left', head: 'Journal' },
        { align: 'left', max: 30 },
        { align: 'right', head: 'Debit' },
        { align: 'right', head: 'Credit' },
      ],
      [
        ...lines.map((line) => [
          line.role,
          line.payout ? `${line.account ?? ''} (payout line)`.trim() : (line.account ?? ''),
          side(line.debit),
          side(line.credit),
        ]),
        ['', '', amount(total), amount(total)],
      ],
      width,
    ),
    ...(residuals.length === 0
      ? []
      : [
          '',
          ...renderFields(width, 13, [
            ['Tax left', `${counted(residuals.length, 'order')} · ${amount(tax)} on sales-tax-payable`],
          ]),
        ]),
  ];
}
