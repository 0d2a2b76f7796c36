/** Tells a payout's steps, each once: found and broken down, journalled, applied, seen at the bank, deposited, tied. */
import { breakDown } from '../../domain/payouts/explain-breakdown.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderAmount, renderCount, renderMoney } from '../../domain/money/render-amount.ts';
import type { Store } from '../../store/database.ts';
import { payoutProgress } from '../../store/payouts/payout-progress.ts';
import { bankLines } from '../../store/payouts/applications.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { listSettlements, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { renderDayOfYear, renderSettlementPeriod } from '../print/dates.ts';
import type { Event } from './event.ts';

export class PayoutNarrator {
  readonly #store: Store;
  readonly #connection: string;
  readonly #timeZone: string;
  readonly #tell: (event: Event) => void;
  readonly #told = new Set<string>();

  /** `timeZone` is that of the books. */
  constructor(store: Store, connection: string, timeZone: string, tell: (event: Event) => void) {
    this.#store = store;
    this.#connection = connection;
    this.#timeZone = timeZone;
    this.#tell = tell;
  }

  async look(): Promise<void> {
    for (const settlement of await listSettlements(this.#store.db, this.#connection)) {
      if (!this.#told.has(`tied:${settlement.settlementId}`)) await this.#lookAt(settlement);
    }
  }

  async #lookAt(settlement: StoredSettlement): Promise<void> {
    const { settlementId, currency, total, rowCount } = settlement;
    const { db } = this.#store;
    const text = (minor: bigint) => formatMinor(minor, currency);
    const progress = await payoutProgress(db, this.#connection, settlementId);
    if (rowCount > 0 || settlement.state === 'refused') {
      this.#once(
        `found:${settlementId}`,
        'payout',
        `${settlementId} · ${renderSettlementPeriod(settlement, this.#timeZone).replace(/ \d{4}$/, '')} · ${renderCount(rowCount)} rows · ${renderMoney(total, currency)}`,
        `payout found settlement=${settlementId} rows=${rowCount} total=${text(total)} currency=${currency}`,
      );
    }
    if (progress.sums.size > 0)
      this.#once(
        `parts:${settlementId}`,
        '',
        partLines(progress.sums, total, currency).join('\n'),
        `payout classified settlement=${settlementId} ${plainParts(progress.sums, text)}`,
      );
    if (progress.journal.posted) {
      this.#once(
        `journal:${settlementId}`,
        'journal',
        `${settlementId} posted · debits = credits ${renderAmount(progress.journal.debit, currency)} ✓`,
        `journal posted settlement=${settlementId} debit=${text(progress.journal.debit)}`,
      );
    }
    const { invoices, creditMemos, planned } = progress.applied;
    if (planned > 0 && invoices + creditMemos === planned) {
      this.#once(
        `applied:${settlementId}:${planned}`,
        'payment',
        `${settlementId} · ${counted(invoices, 'invoice')} and ${counted(creditMemos, 'credit memo')} applied`,
        `payment applied settlement=${settlementId} invoices=${invoices} credit-memos=${creditMemos}`,
      );
    }
    await this.#lookAtMovements(settlement);
    if (settlement.state === 'waits-documents')
      this.#once(
        `documents:${settlementId}`,
        'payout',
        `${settlementId} waits for documents of its orders`,
        `payout waits settlement=${settlementId} for=documents`,
      );
    if (settlement.state === 'waits-bank')
      this.#once(
        `bank:${settlementId}`,
        'bank',
        `${settlementId} waits for its bank line`,
        `payout waits settlement=${settlementId} for=bank-line`,
      );
    if (settlement.state === 'tied') {
      this.#once(
        `tied:${settlementId}`,
        'tied',
        `✓ ${settlementId} · rows = total = journal = deposit = bank`,
        `payout tied settlement=${settlementId} rows=${rowCount} total=${text(total)} currency=${currency}`,
      );
    }
  }

  async #lookAtMovements({ settlementId, currency }: StoredSettlement): Promise<void> {
    const { db } = this.#store;
    const movements = await movementsOf(db, this.#connection, settlementId);
    if (movements.every((movement) => this.#told.has(`moved:${movement.externalId}`))) return;
    const lines = new Map(
      (await bankLines(db, this.#connection, { unmatched: false })).map((line) => [line.key, line]),
    );
    for (const movement of movements) {
      const line = lines.get(movement.bankLine ?? '');
      if (line) {
        const traced =
          movement.traceId !== null &&
          (line.transactionId === movement.traceId || line.description.includes(movement.traceId));
        this.#once(
          `line:${movement.externalId}`,
          line.account,
          `${renderDayOfYear(line.date)} ${line.description} ${renderAmount(line.amount, currency)} ✓${traced ? ` trace id ends ${movement.traceId!.slice(-4)}` : ' by amount and date'}`,
          `bank matched settlement=${settlementId} kind=${movement.kind} amount=${formatMinor(line.amount, currency)} date=${line.date}`,
        );
      }
      if (movement.state === 'posted') {
        const route = movement.kind === 'charge' ? 'charged' : 'in transit → bank';
        this.#once(
          `moved:${movement.externalId}`,
          movement.kind === 'charge' ? 'charge' : 'deposit',
          `${route} ${renderAmount(movement.amount, currency)}`,
          `${movement.kind === 'charge' ? 'charge' : 'deposit'} posted settlement=${settlementId} amount=${formatMinor(movement.amount, currency)}`,
        );
      }
    }
  }

  #once(key: string, area: string, words: string, plain: string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#tell({ area, alarm: false, words, plain });
  }
}

function partLines(sums: Parameters<typeof breakDown>[0], reportTotal: bigint, currency: string): string[] {
  const parts = breakDown(sums);
  const amount = (minor: bigint) => renderAmount(minor, currency);
  const rows: [string, string, string][] = [
    ['sales', amount(parts.sales), 'after promotions and refunds'],
    ['tax', amount(parts.tax), parts.tax === 0n ? 'collected = withheld' : 'collected and not withheld'],
    ['fees', amount(parts.fees), 'selling, fulfilment, storage, ads'],
    ['other', amount(parts.other), 'reimbursements and what was carried over'],
    ['reserve', amount(parts.reserve), `${amount(parts.released)} out, ${amount(-parts.held)} held`],
    [
      'total',
      amount(parts.total),
      parts.total === reportTotal ? '✓ = report total' : `≠ report total ${amount(reportTotal)}`,
    ],
  ];
  const width = Math.max(...rows.map(([, figure]) => figure.length));
  return rows.map(([name, figure, note]) => `  ${name.padEnd(9)}${figure.padStart(width)}  ${note}`);
}

function plainParts(sums: Parameters<typeof breakDown>[0], text: (minor: bigint) => string): string {
  const { sales, tax, fees, other, reserve } = breakDown(sums);
  return Object.entries({ sales, tax, fees, other, reserve })
    .map(([name, minor]) => `${name}=${text(minor)}`)
    .join(' ');
}
