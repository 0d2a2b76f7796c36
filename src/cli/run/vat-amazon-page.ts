/** The third tie on the page: Amazon's VAT Transactions Report beside our documents. */
import { renderDayOfYear } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import type {
  ProposedMoveView,
  VatAmazonView,
  VatDifferenceView,
  VatSideView,
} from '../../views/tax/vat-amazon-part.ts';
import type { CsvOptions } from '../command-options.ts';
import { showAmount, showMoney } from '../print/amounts.ts';
import { shortened } from '../print/long-list.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';

const KINDS: Record<VatDifferenceView['kind'], string> = {
  differs: 'differs',
  'only-ours': 'no row of Amazon',
  'only-amazon': 'no document',
  'other-month': 'other month',
  'other-system': 'another system',
};

const REASONS: Record<VatAmazonView['zero'][number]['reason'], string> = {
  'foreign-stock': 'from stock abroad',
  export: 'exports',
  business: 'business buyers',
  'zero-rated': 'goods of rate zero',
  'not-told': 'no row of Amazon',
};

export function amazonLines(amazon: VatAmazonView | null, width: number, options: CsvOptions): string[] {
  if (amazon === null) return ['', "Amazon's VAT report was not read: --avtr FILE compares order by order."];
  const { file, rows, agree, ties, counts, differences, moves, zero } = amazon;
  const { shown, more } = shortened(differences, options);
  return [
    '',
    ...renderParts(
      [
        `Amazon ${ties ? '✓' : '≠'} ${file}`,
        counted(rows, 'row'),
        `${agree} agree`,
        ...(Object.keys(KINDS) as VatDifferenceView['kind'][])
          .filter((kind) => counts[kind] > 0)
          .map((kind) => `${counts[kind]} ${KINDS[kind]}`),
      ],
      width,
    ),
    ...(shown.length === 0 ? [] : differing(shown, width)),
    ...more,
    ...moves.flatMap((move) => proposed(move, width)),
    ...(zero.length === 0
      ? []
      : [
          '',
          ...renderTable(
            [
              { align: 'left', head: 'Zero', key: true },
              { align: 'left', head: 'Why', key: true },
              { align: 'right', head: 'Net' },
              { align: 'left', head: '' },
            ],
            zero.map(({ jurisdiction, reason, net, currency }) => [
              jurisdiction,
              REASONS[reason],
              showAmount(net, currency),
              currency,
            ]),
            width,
          ),
        ]),
  ];
}

/** What would make an order's documents say what Amazon says. */
function proposed({ orderId, from, to, command }: ProposedMoveView, width: number): string[] {
  return renderParagraph(
    command === null
      ? `order ${orderId}: Amazon has its VAT in ${to}, which is not among tax.registrations`
      : `order ${orderId}: Amazon has its VAT in ${to}, not ${from}; where that is right: ${command}`,
    width,
    2,
  );
}

function differing(shown: readonly VatDifferenceView[], width: number): string[] {
  return renderTable(
    [
      { align: 'left', head: 'Order', key: true },
      { align: 'left', head: 'Event', key: true },
      { align: 'left', head: 'SKU', key: true, gives: true },
      { align: 'left', head: 'What', gives: true },
      { align: 'left', head: 'Document', gives: true },
      { align: 'left', head: 'Amazon', gives: true },
    ],
    shown.map(({ orderId, event, sku, kind, what, day, ours, amazon, currency }) => [
      orderId,
      event,
      sku,
      what.length === 0 ? KINDS[kind] : what.join(', '),
      day === null ? '–' : `${renderDayOfYear(day)} ${side(ours, currency)}`,
      side(amazon, currency),
    ]),
    width,
  );
}

/** `seller GB 20 %: 30.00 on 150.00 GBP` */
function side(told: VatSideView | null, currency: string): string {
  if (told === null) return '–';
  const { collector, jurisdiction, rate, net, tax } = told;
  const who = [collector, jurisdiction ?? '?', rate === null ? '' : `${rate} %`]
    .filter((word) => word !== '')
    .join(' ');
  return `${who}: ${showAmount(tax, currency)} on ${showMoney(net, currency)}`;
}
