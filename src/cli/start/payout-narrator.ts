/** Tells a payout's steps, each once: found and broken down, journalled, applied, seen at the bank, deposited, tied. */
import { renderDayOfYear, renderSettlementPeriod } from '../../domain/clocks/render-dates.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';

import {
  payoutProgressViews,
  type MovementProgress,
  type PayoutParts,
  type PayoutProgressView,
} from '../../views/payouts/payout-progress-view.ts';
import { isZero, showAmount, showMoney } from '../print/amounts.ts';
import type { ViewSource } from '../../views/view-source.ts';
import type { Event } from './event.ts';

export class PayoutNarrator {
  readonly #store: ViewSource['store'];
  readonly #connection: string;
  readonly #timeZone: string;
  readonly #tell: (event: Event) => void;
  readonly #told = new Set<string>();

  /** `timeZone` is that of the books. */
  constructor(store: ViewSource['store'], connection: string, timeZone: string, tell: (event: Event) => void) {
    this.#store = store;
    this.#connection = connection;
    this.#timeZone = timeZone;
    this.#tell = tell;
  }

  async look(): Promise<void> {
    const told = (settlementId: string) => this.#told.has(`tied:${settlementId}`);
    for (const payout of await payoutProgressViews(this.#store.db, this.#connection, told)) this.#lookAt(payout);
  }

  #lookAt(payout: PayoutProgressView): void {
    const { settlementId, currency, total, rows, state, parts, journal, applied, movements } = payout;
    if (rows > 0 || state === 'refused') {
      this.#once(
        `found:${settlementId}`,
        'payout',
        `${settlementId} · ${renderSettlementPeriod(payout, this.#timeZone).replace(/ \d{4}$/, '')} · ${renderCount(rows)} rows · ${showMoney(total, currency)}`,
        `payout found settlement=${settlementId} rows=${rows} total=${total} currency=${currency}`,
      );
    }
    if (parts !== null)
      this.#once(
        `parts:${settlementId}`,
        '',
        partLines(parts, total, currency).join('\n'),
        `payout classified settlement=${settlementId} ${plainParts(parts)}`,
      );
    if (journal.posted) {
      this.#once(
        `journal:${settlementId}`,
        'journal',
        `${settlementId} posted · debits = credits ${showAmount(journal.debit, currency)} ✓`,
        `journal posted settlement=${settlementId} debit=${journal.debit}`,
      );
    }
    const { invoices, creditMemos, planned } = applied;
    if (planned > 0 && invoices + creditMemos === planned) {
      this.#once(
        `applied:${settlementId}:${planned}`,
        'payment',
        `${settlementId} · ${counted(invoices, 'invoice')} and ${counted(creditMemos, 'credit memo')} applied`,
        `payment applied settlement=${settlementId} invoices=${invoices} credit-memos=${creditMemos}`,
      );
    }
    for (const movement of movements) this.#lookAtMovement(movement, payout);
    if (state === 'waits-documents')
      this.#once(
        `documents:${settlementId}`,
        'payout',
        `${settlementId} waits for documents of its orders`,
        `payout waits settlement=${settlementId} for=documents`,
      );
    if (state === 'waits-bank')
      this.#once(
        `bank:${settlementId}`,
        'bank',
        `${settlementId} waits for its bank line`,
        `payout waits settlement=${settlementId} for=bank-line`,
      );
    if (state === 'tied') {
      this.#once(
        `tied:${settlementId}`,
        'tied',
        `✓ ${settlementId} · rows = total = journal = deposit = bank`,
        `payout tied settlement=${settlementId} rows=${rows} total=${total} currency=${currency}`,
      );
    }
  }

  #lookAtMovement(
    { externalId, kind, amount, state, traceId, line }: MovementProgress,
    { settlementId, currency }: PayoutProgressView,
  ): void {
    if (line !== null) {
      const by = line.traced ? ` trace id ends ${traceId!.slice(-4)}` : ' by amount and date';
      this.#once(
        `line:${externalId}`,
        line.account,
        `${renderDayOfYear(line.date)} ${line.description} ${showAmount(line.amount, currency)} ✓${by}`,
        `bank matched settlement=${settlementId} kind=${kind} amount=${line.amount} date=${line.date}`,
      );
    }
    if (state === 'posted') {
      const area = kind === 'charge' ? 'charge' : 'deposit';
      this.#once(
        `moved:${externalId}`,
        area,
        `${kind === 'charge' ? 'charged' : 'in transit → bank'} ${showAmount(amount, currency)}`,
        `${area} posted settlement=${settlementId} amount=${amount}`,
      );
    }
  }

  #once(key: string, area: string, words: string, plain: string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#tell({ area, alarm: false, words, plain });
  }
}

function partLines(parts: PayoutParts, reportTotal: string, currency: string): string[] {
  const amount = (text: string) => showAmount(text, currency);
  const rows: [string, string, string][] = [
    ['sales', amount(parts.sales), 'after promotions and refunds'],
    ['tax', amount(parts.tax), isZero(parts.tax) ? 'collected = withheld' : 'collected and not withheld'],
    ['fees', amount(parts.fees), 'selling, fulfilment, storage, ads'],
    ['other', amount(parts.other), 'reimbursements and what was carried over'],
    ['reserve', amount(parts.reserve), `${amount(parts.released)} out, ${amount(parts.held)} held`],
    [
      'total',
      amount(parts.total),
      parts.total === reportTotal ? '✓ = report total' : `≠ report total ${amount(reportTotal)}`,
    ],
  ];
  const width = Math.max(...rows.map(([, figure]) => figure.length));
  return rows.map(([name, figure, note]) => `  ${name.padEnd(9)}${figure.padStart(width)}  ${note}`);
}

function plainParts({ sales, tax, fees, other, reserve }: PayoutParts): string {
  return Object.entries({ sales, tax, fees, other, reserve })
    .map(([name, text]) => `${name}=${text}`)
    .join(' ');
}
