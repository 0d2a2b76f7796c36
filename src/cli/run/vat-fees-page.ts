/** Fees on the page of the VAT report: Amazon's invoices, and the settled rows that they are for. */
import { renderDayOfYear } from '../../domain/clocks/render-dates.ts';
import type { FeeStandingView, VatFeesView } from '../../views/tax/vat-fees-part.ts';
import type { CsvOptions } from '../command-options.ts';
import { showAmount } from '../print/amounts.ts';
import { shortened } from '../print/long-list.ts';
import { renderTable } from '../print/table.ts';

export function feeLines(fees: VatFeesView | null, width: number, options: CsvOptions): string[] {
  if (fees === null) return [];
  const { invoices, standings, late } = fees;
  return [
    ...(invoices.length === 0 ? [] : ['', ...invoiceTable(fees, width)]),
    ...(standings.length === 0 ? [] : ['', ...standingTable('Fees', standings, width)]),
    ...lateTable(late, width, options),
  ];
}

function invoiceTable({ invoices }: VatFeesView, width: number): string[] {
  return renderTable(
    [
      { align: 'left', head: 'Fee invoice', key: true },
      { align: 'left', head: 'Day', key: true },
      { align: 'left', head: 'Where', key: true },
      { align: 'left', head: 'Case', key: true },
      { align: 'left', head: 'Role' },
      { align: 'right', head: 'Net' },
      { align: 'right', head: 'Tax' },
      { align: 'right', head: 'Gross' },
      { align: 'left', head: '' },
      { align: 'left', head: '' },
    ],
    invoices.map(({ number, day, jurisdiction, treatment, role, net, tax, gross, currency, posted }) => [
      number,
      renderDayOfYear(day),
      jurisdiction,
      treatment,
      role,
      showAmount(net, currency),
      showAmount(tax, currency),
      showAmount(gross, currency),
      currency,
      posted ? '' : 'planned',
    ]),
    width,
  );
}

function lateTable(late: readonly FeeStandingView[], width: number, options: CsvOptions): string[] {
  if (late.length === 0) return [];
  const { shown, more } = shortened(late, options);
  return ['', ...standingTable('No invoice after 45 days', shown, width), ...more];
}

function standingTable(head: string, standings: readonly FeeStandingView[], width: number): string[] {
  return renderTable(
    [
      { align: 'left', head, key: true },
      { align: 'left', head: 'Month', key: true },
      { align: 'left', head: 'Role', key: true },
      { align: 'right', head: 'Settled' },
      { align: 'right', head: 'Invoices' },
      { align: 'right', head: 'Open' },
      { align: 'left', head: '' },
    ],
    standings.map(({ marketplace, month, role, rows, invoices, open, currency }) => [
      marketplace,
      month,
      role,
      showAmount(rows, currency),
      invoices === null ? '–' : showAmount(invoices, currency),
      open === null ? '–' : showAmount(open, currency),
      currency,
    ]),
    width,
  );
}
