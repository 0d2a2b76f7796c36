/** The tie-out as it is printed: payouts side by side, then the accounts, the orders and the documents. Its verdict: `tie-out-verdict.ts`. */
import type { TieOut, TieOutPayout } from '../../contracts/tie-out/tie-out.ts';
import { renderItem } from '../../domain/decisions/render-item.ts';
import { kindOf, type Purpose } from '../../domain/documents/document-kinds.ts';
import { differenceFrom, parseMinor } from '../../domain/money/money.ts';
import { counted, renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { renderPeriod } from '../../domain/clocks/render-dates.ts';
import { NARROW_BELOW, renderFields, renderParts, renderTable, WIDE_FROM, type Field } from '../print/table.ts';
import { isZero, showAmount } from '../print/amounts.ts';
import { signedUnits } from '../../domain/stock/render-stock.ts';
import type { CloseReport } from '../../views/period/close-report.ts';
import type { StockReport } from '../../views/stock/stock-report.ts';
import type { RunParts } from '../../views/tie-out/run-parts.ts';
import { NAMES } from '../print/name-column.ts';

export function renderTieOut(
  tieOut: TieOut,
  title: string,
  width: number,
  { stock, close }: Omit<RunParts, 'open'> = {},
): string[] {
  const currencies = [...new Set(tieOut.payouts.map((payout) => payout.currency))];
  const lines = [
    ...renderParts(
      [
        `TIE-OUT · ${tieOut.connection}`,
        title,
        'invoice mode',
        ...(currencies.length > 0 ? [currencies.join(', ')] : []),
      ],
      width,
    ),
    '',
  ];
  const beside = payoutsBeside(tieOut.payouts, width);
  for (let start = 0; start < tieOut.payouts.length; start += beside)
    lines.push(...payoutColumns(tieOut.payouts.slice(start, start + beside), width), '');
  return [
    ...lines,
    ...accounts(tieOut, currencies.length > 1, width),
    '',
    ...(stock === undefined ? [] : [...stockOf(stock, width), '']),
    ...counts(tieOut, width),
    ...(close === undefined ? [] : closeOf(close, width)),
  ];
}

/** Payouts whose columns stand beside each other: four, six where there is room, fewer where their amounts are long; a narrow terminal shows one after the other. */
function payoutsBeside(payouts: readonly TieOutPayout[], width: number): number {
  if (width < NARROW_BELOW) return 1;
  const widest = Math.max(
    0,
    ...payouts.flatMap(({ settlementId, currency, total, journal }) => [
      settlementId.length,
      showAmount(total, currency).length,
      showAmount(journal.debit, currency).length,
    ]),
  );
  return Math.max(1, Math.min(width < WIDE_FROM ? 4 : 6, Math.floor((width - WIDEST_NAME) / (widest + 2))));
}

/** `Reserve opens = last closed` */
const WIDEST_NAME = 27;

function payoutColumns(payouts: readonly TieOutPayout[], width: number): string[] {
  const row = (name: string, value: (payout: TieOutPayout) => string) => [name, ...payouts.map(value)];
  const amount = (payout: TieOutPayout, text: string | null) =>
    text === null ? '–' : showAmount(text, payout.currency);
  const payoutMovement = (payout: TieOutPayout) => payout.movements.find((movement) => movement.kind === 'payout');
  return renderTable(
    [{ align: 'left' }, ...payouts.map(() => ({ align: 'right' as const }))],
    [
      row('Payout', (payout) => payout.settlementId),
      row('Period', (payout) => period(payout)),
      row('Rows in the report', (payout) => renderCount(payout.rows)),
      row('Sum of rows', (payout) => amount(payout, payout.sum)),
      row('Report total', (payout) => amount(payout, payout.total)),
      row('Journal, in transit', (payout) =>
        amount(payout, payout.journal.externalIds.length > 0 ? payout.journal.payoutLine : null),
      ),
      row('Journal, debits = credits', (payout) =>
        amount(payout, payout.journal.externalIds.length > 0 ? payout.journal.debit : null),
      ),
      row('Deposit', (payout) =>
        amount(payout, payoutMovement(payout)?.state === 'posted' ? payoutMovement(payout)!.amount : null),
      ),
      row('Bank line', (payout) =>
        payoutMovement(payout)?.state === 'returned'
          ? 'came back'
          : amount(payout, payoutMovement(payout)?.bankLine?.amount ?? null),
      ),
      row(
        'Reserve opens = last closed',
        (payout) =>
          amount(payout, payout.reserve.opens) +
          (payout.reserve.lastClosed !== null && payout.reserve.lastClosed !== payout.reserve.opens ? ' ≠' : ''),
      ),
      row('Difference', (payout) => difference(payout)),
      row(width < NARROW_BELOW ? 'Verdict' : '', (payout) => (payout.tied ? '✓ tied' : '≠ not tied')),
    ],
    width,
  );
}

/** What the rows, the report and the journal differ by. */
function difference(payout: TieOutPayout): string {
  const minor = (text: string) => parseMinor(text, payout.currency) ?? 0n;
  const off =
    payout.journal.externalIds.length > 0
      ? differenceFrom(minor(payout.total), minor(payout.journal.payoutLine))
      : differenceFrom(minor(payout.total), minor(payout.sum));
  return renderAmount(off, payout.currency);
}

/** Units of each pool on both sides, and what the difference is made of. */
function stockOf({ pools }: StockReport, width: number): string[] {
  return renderTable(
    [
      { align: 'left', head: 'Stock' },
      { align: 'right', head: 'Agree' },
      { align: 'right', head: 'Amazon' },
      { align: 'right', head: 'NetSuite' },
      { align: 'left', head: 'Difference', max: 60, gives: true },
    ],
    pools.map(({ name, items, agree, amazon, netsuite, terms }) => [
      name,
      `${agree} of ${items}`,
      renderCount(amazon.sellable + amazon.unsellable),
      renderCount(netsuite.sellable + netsuite.unsellable),
      Object.entries(terms)
        .filter(([, units]) => units !== 0)
        .map(([term, units]) => `${term} ${signedUnits(units)}`)
        .join(', ') || '–',
    ]),
    width,
  );
}

function accounts(tieOut: TieOut, severalCurrencies: boolean, width: number): string[] {
  const always = ['clearing', 'receivable', 'payouts-in-transit', 'reserve-held', 'bank'];
  const shown = tieOut.explained.filter(
    (balance) => always.includes(balance.role) || !isZero(balance.netsuite) || !isZero(balance.explained),
  );
  return renderTable(
    [
      { align: 'left', head: 'Account' },
      { align: 'right', head: 'NetSuite says' },
      { align: 'left', head: 'Explained by', max: 60, gives: true },
      { align: 'right', head: 'Difference' },
    ],
    shown.map((balance) => [
      severalCurrencies ? `${balance.role} ${balance.currency}` : balance.role,
      showAmount(balance.netsuite, balance.currency),
      isZero(balance.netsuite) && isZero(balance.explained) ? '–' : balance.by || '–',
      showAmount(balance.difference, balance.currency),
    ]),
    width,
  );
}

/** The last month that is over, and the beginning of what was signed. */
function closeOf({ hash, said }: CloseReport, width: number): string[] {
  return renderFields(width, NAMES, [['Close', [said, ...(hash === null ? [] : [`SHA-256 ${hash.slice(0, 12)}…`])]]]);
}

function counts({ orders, documents, duplicates, decisions }: TieOut, width: number): string[] {
  const of = (purpose: Purpose) => counted(documents[purpose] ?? 0, kindOf(purpose).name);
  const some = (purpose: Purpose) => ((documents[purpose] ?? 0) === 0 ? [] : [of(purpose)]);
  return renderFields(width, NAMES, [
    [
      'Orders',
      [
        `${renderCount(orders.seen)} seen`,
        counted(orders.salesOrders, 'sales order'),
        `${renderCount(orders.dispatched)} dispatched`,
        `${renderCount(orders.settled)} settled`,
      ],
    ],
    [
      '',
      [
        `${renderCount(orders.pending)} pending at Amazon`,
        `${renderCount(orders.cancelled)} cancelled`,
        `${renderCount(orders.waiting)} ${orders.waiting === 1 ? 'waits' : 'wait'}`,
      ],
    ],
    ['Documents', [of('SO'), of('IF'), of('INV'), of('CM')]],
    ['', [...some('OPN'), of('JE'), of('DEP'), ...some('CHG'), of('PAY'), of('RFD')]],
    ['', [counted(duplicates.length, 'duplicate')]],
    ...decisions.map((decision, index): Field => [
      index === 0 ? 'Decisions' : '',
      `${aboutOf(decision)} → ${decision.choice === null ? 'open' : `${decision.kind === 'sku' ? 'item ' : ''}${renderItem(decision.choice, decision.units)}`}`,
    ]),
  ]);
}

function aboutOf({ kind, key }: TieOut['decisions'][number]): string {
  switch (kind) {
    case 'sku':
      return `SKU ${String(key)}`;
    case 'amount':
      return Array.isArray(key) ? key.join(' / ') : key;
    case 'settleDifference':
      return `difference of ${String(key)}`;
    case 'correctTax':
      return `tax of ${String(key)}`;
    case 'confirmPrices':
      return `prices of ${String(key)}`;
    case 'placeSale':
      return `where order ${String(key)} went`;
    case 'mapFinances':
      return `${Array.isArray(key) ? key.join(' / ') : key} of Finances`;
    case 'matchDeposit':
      return `bank line of ${String(key)}`;
    case 'mapMovement':
      return `rows of ${String(key)} in the ledger`;
    case 'answerRows':
      return `rows of ${String(key)} without an answer`;
    case 'explainForeign':
      return `movement ${String(key)} in NetSuite`;
    case 'decideInbound':
      return `inbound shipment ${String(key)}`;
    case 'closeGap':
      return `gap of ${String(key)} in the ledger`;
    case 'approveAdjustment':
      return `adjustment ${String(key)}`;
  }
}

/** `1–14 Oct`: the year stands in the head. */
function period({ firstDay, lastDay }: TieOutPayout): string {
  return renderPeriod(firstDay, lastDay).replace(/ \d{4}$/, '');
}
