/** The VAT report as a page: lines, boxes, and the three ties below each other. */
import { renderDayOfYear } from '../../domain/clocks/render-dates.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import type { TaxTie } from '../../contracts/tax/tax-tie.ts';
import type { VatLineView, VatSumView, VatView } from '../../views/tax/vat-view.ts';
import type { CsvOptions } from '../command-options.ts';
import { showAmount, showMoney } from '../print/amounts.ts';
import { shortened } from '../print/long-list.ts';
import { renderFields, renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { amazonLines } from './vat-amazon-page.ts';
import { feeLines } from './vat-fees-page.ts';

export function vatPage(view: VatView, width: number, options: CsvOptions): string[] {
  const { connection, month, registrations, nothing, notes } = view;
  if (nothing !== null) return [connection, ...renderParagraph(nothing, width), ''];
  return [
    ...renderParts([connection, `VAT of ${month}`, `registered in ${registrations.join(', ')}`], width),
    ...unfinished(view, width),
    ...(view.lines.length === 0
      ? ['', 'No document of this month is in NetSuite.']
      : ['', ...lines(view.lines, width)]),
    ...(view.planned.length === 0 ? [] : ['', 'Planned, not posted', ...lines(view.planned, width)]),
    ...owed(view, width),
    ...feeLines(view.fees, width, options),
    ...boxes(view, width),
    ...accounts(view, width, options),
    ...settlements(view, width),
    ...amazonLines(view.amazon, width, options),
    '',
    ...notes.flatMap((note) => renderParagraph(note, width)),
    '',
  ];
}

function unfinished({ unfinished: all, month }: VatView, width: number): string[] {
  if (all.length === 0) return [`Nothing of ${month} is known to be left.`];
  return [
    ...renderParagraph(`UNFINISHED: figures of ${month} may still change.`, width),
    ...all.flatMap(({ what }) => renderParagraph(`· ${what}`, width, 2)),
  ];
}

function lines(all: readonly VatLineView[], width: number): string[] {
  return renderTable(
    [
      { align: 'left', head: 'Where', key: true },
      { align: 'left', head: 'Owed by', key: true },
      { align: 'left', head: 'Case', key: true },
      { align: 'right', head: 'Rate', key: true },
      { align: 'left', head: 'Document', key: true },
      { align: 'right', head: 'Count' },
      { align: 'right', head: 'Net' },
      { align: 'right', head: 'Tax' },
      { align: 'right', head: 'Gross' },
      { align: 'left', head: '' },
    ],
    all.map(({ jurisdiction, collector, case: why, rate, type, count, net, tax, gross, currency }) => [
      jurisdiction,
      collector,
      why,
      rate === null ? '–' : `${rate} %`,
      type,
      renderCount(count),
      showAmount(net, currency),
      showAmount(tax, currency),
      showAmount(gross, currency),
      currency,
    ]),
    width,
  );
}

function owed({ sums }: VatView, width: number): string[] {
  if (sums.length === 0) return [];
  const words = ({ jurisdiction, tax, net, currency }: VatSumView) =>
    `${jurisdiction} ${showAmount(tax, currency)} on ${showMoney(net, currency)}`;
  return ['', ...renderParts(['Owed by the seller', ...sums.map(words)], width)];
}

function boxes({ boxes: all }: VatView, width: number): string[] {
  if (all === null) return [];
  return [
    '',
    ...renderFields(width, 10, [
      ['UK box 1', `${showMoney(all['1'], 'GBP')}  VAT due on sales`],
      ['UK box 4', purchases(all['4'], "VAT on Amazon's fee invoices")],
      ['UK box 6', `${showMoney(all['6'], 'GBP')}  sales without VAT`],
      ['UK box 7', purchases(all['7'], 'those invoices without VAT')],
    ]),
  ];
}

function purchases(amount: string | null, what: string): string {
  return amount === null ? 'from your purchases' : `${showMoney(amount, 'GBP')}  ${what}`;
}

function accounts({ accounts: ties }: VatView, width: number, options: CsvOptions): string[] {
  if (ties === null) return ['', 'NetSuite was not asked.'];
  if (ties.length === 0) return ['', 'Nothing moved the accounts of tax in NetSuite.'];
  return [
    '',
    ...renderTable(
      [
        { align: 'left', head: 'NetSuite', key: true },
        { align: 'left', head: 'Account', key: true },
        { align: 'right', head: 'Documents' },
        { align: 'right', head: 'Booked' },
        { align: 'right', head: 'Difference' },
        { align: 'left', head: '' },
        { align: 'left', head: '' },
      ],
      ties.map(({ jurisdiction, account, documents, booked, difference, currency, ties: same }) => [
        jurisdiction,
        account ?? `set tax.items.${jurisdiction}`,
        showAmount(documents, currency),
        showAmount(booked, currency),
        showAmount(difference, currency),
        currency,
        same ? '✓' : '≠',
      ]),
      width,
    ),
    ...ties.flatMap((tie) => differing(tie, width, options)),
  ];
}

function differing(tie: TaxTie, width: number, options: CsvOptions): string[] {
  const { differing: all, differingCount, others, othersCount, foreign, jurisdiction, currency } = tie;
  const unlike = shortened(all, options);
  const moved = shortened(others, options);
  return [
    ...unlike.shown.flatMap(({ document, documents, booked }) =>
      renderParagraph(
        `≠ ${jurisdiction} ${document}: tax ${showAmount(documents, currency)}, booked ${showMoney(booked, currency)}${seenBy(document)}`,
        width,
        2,
      ),
    ),
    ...unlike.more,
    ...notListed(differingCount - all.length),
    ...(othersCount === 0
      ? []
      : [
          `${counted(othersCount, 'movement')} of others on the account of ${jurisdiction}: ${showMoney(foreign, currency)}`,
        ]),
    ...moved.shown.flatMap(({ name, type, day, amount }) =>
      renderParagraph(`  ${renderDayOfYear(day)} ${type} ${name}: ${showMoney(amount, currency)}`, width, 4),
    ),
    ...moved.more,
    ...notListed(othersCount - others.length),
  ];
}

/** What shows a document with its number in NetSuite, where it is looked at. */
function seenBy(document: string): string {
  const { purpose, businessKey = '' } = parseExternalId(document) ?? {};
  const [order] = /^\d{3}-\d{7}-\d{7}/.exec(businessKey) ?? [];
  if (order !== undefined) return `; look: npx tieout status order ${order}`;
  return purpose === 'JE' ? `; look: npx tieout status payout ${businessKey.split('-', 1)[0]}` : '';
}

function notListed(count: number): string[] {
  return count === 0 ? [] : [`… and ${renderCount(count)} that are not listed`];
}

function settlements({ settlements: all, month }: VatView, width: number): string[] {
  if (all.length === 0) return [];
  return [
    '',
    ...renderTable(
      [
        { align: 'left', head: 'Settled', key: true },
        { align: 'right', head: `In ${month}` },
        { align: 'right', head: 'Earlier' },
        { align: 'right', head: 'Not yet' },
        { align: 'right', head: 'Documents' },
        { align: 'right', head: 'Of other months', wide: true },
        { align: 'left', head: '' },
      ],
      all.map(({ jurisdiction, inMonth, earlier, notYet, documents, ofOtherMonths, currency }) => [
        jurisdiction,
        showAmount(inMonth, currency),
        showAmount(earlier, currency),
        showAmount(notYet, currency),
        showAmount(documents, currency),
        showAmount(ofOtherMonths, currency),
        currency,
      ]),
      width,
    ),
  ];
}
