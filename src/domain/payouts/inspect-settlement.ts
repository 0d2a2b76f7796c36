import { JournalBuilder } from '../journal/build-journal.ts';
import type { JournalLine } from '../journal/journal-plan.ts';
import type { TaxResidual } from '../journal/marketplace-tax.ts';
import { AMOUNT_MAP_VERSION } from '../mapping/amount-map.ts';
import { bookedRole, bookingContext, type BookingContext } from '../mapping/booked-role.ts';
import { createClassifier, type AmountOverrides } from '../mapping/classify.ts';
import { ROLES, type PostingMode, type Role } from '../mapping/roles.ts';
import { formatMinor, type CurrencyCode } from '../money/money.ts';
import { MovementCollector, type ExpectedMovements } from '../settlement/expected-movements.ts';
import { SettlementParser } from '../settlement/parse-settlement.ts';
import type { AmountKey, SettlementHeader, SettlementRow } from '../settlement/settlement.ts';

export interface InspectionOptions {
  /** `invoice` when absent. */
  mode?: PostingMode;
  overrides?: AmountOverrides;
  /** Account of a role in the report's currency; without a connection there is none. */
  account?: (role: Role, currency: CurrencyCode) => string | null;
  booking?: Partial<BookingContext>;
  /** Character set of the file, `utf-8` when absent. */
  encoding?: string;
}

/** One key of the report as it is spelled there; several spellings of one key stand side by side. */
export interface InspectedKey extends AmountKey {
  /** Number of amounts, signed sum in minor units. */
  rows: number;
  amount: bigint;
  /** Its meaning, null when the key is unknown. */
  role: Role | null;
}

export interface InspectedRole {
  /** What the rows are booked as, null for those of unknown keys. */
  role: Role | null;
  rows: number;
  amount: bigint;
}

/** Everything that can be said about one settlement report by itself. */
export interface Inspection {
  header: SettlementHeader;
  rows: number;
  sum: bigint;
  byKey: InspectedKey[];
  unknown: InspectedKey[];
  byRole: InspectedRole[];
  /** Null while a key is unknown. */
  journal: { lines: JournalLine[]; residuals: TaxResidual[] } | null;
  movements: ExpectedMovements;
}

/**
 * Reads, checks, classifies and journals one settlement report without server or database: `push` the chunks of the
 * (unpacked) file, then `finish`. There are no accounting periods here, so the journal is whole.
 * @throws ReportError from `push` and `finish` when the report is refused.
 */
export class SettlementInspection {
  readonly #options: InspectionOptions;
  readonly #booking: BookingContext;
  readonly #classify: ReturnType<typeof createClassifier>;
  readonly #parser: SettlementParser;
  #journal: JournalBuilder | null = null;
  #movements: MovementCollector | null = null;
  readonly #keys = new Map<string, InspectedKey>();
  readonly #roles = new Map<Role | null, InspectedRole>();

  constructor(options: InspectionOptions = {}) {
    this.#options = options;
    this.#booking = bookingContext(options.mode ?? 'invoice', options.booking);
    this.#classify = createClassifier(options.overrides);
    this.#parser = new SettlementParser({
      onHeader: (header) => this.#header(header), onRow: (row) => this.#row(row),
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    });
  }

  push(chunk: Uint8Array): void {
    this.#parser.push(chunk);
  }

  /** Currency of the report, once its summary row was read; null before. */
  get currency(): CurrencyCode | null {
    return this.#parser.header?.currency ?? null;
  }

  /** The last line that was read. */
  get line(): number {
    return this.#parser.line;
  }

  finish(): Inspection {
    const { header, rows, sum } = this.#parser.finish();
    const byKey = [...this.#keys.values()];
    const unknown = byKey.filter((key) => key.role === null);
    const built = unknown.length > 0 ? null : this.#journal!.finish();
    return {
      header, rows, sum, byKey, unknown,
      byRole: [...this.#roles.values()].sort((a, b) => rank(a.role) - rank(b.role)),
      journal: built && { lines: built.plan.parts.flatMap((part) => part.lines), residuals: built.residuals },
      movements: this.#movements!.finish(),
    };
  }

  #header(header: SettlementHeader): void {
    const { account } = this.#options;
    this.#movements = new MovementCollector(header);
    this.#journal = new JournalBuilder({
      header, mode: this.#booking.mode, mapVersion: AMOUNT_MAP_VERSION, timeZoneOf: () => 'UTC',
      splitAtMonthEnds: false, ...(account ? { account: (role) => account(role, header.currency) } : {}),
    });
  }

  #row(row: SettlementRow): void {
    const meaning = this.#classify(row)?.role ?? null;
    const booked = meaning && bookedRole(meaning, row, this.#booking);
    this.#count(row, meaning, booked);
    if (meaning === null || booked === null) return;
    this.#journal!.add(row, meaning, booked);
    this.#movements!.add(row, meaning);
  }

  #count(row: SettlementRow, meaning: Role | null, booked: Role | null): void {
    const { transactionType, amountType, amountDescription } = row;
    const id = `${transactionType}\t${amountType}\t${amountDescription}`;
    let key = this.#keys.get(id);
    if (!key) this.#keys.set(id, (key = { transactionType, amountType, amountDescription, rows: 0, amount: 0n, role: meaning }));
    let role = this.#roles.get(booked);
    if (!role) this.#roles.set(booked, (role = { role: booked, rows: 0, amount: 0n }));
    for (const count of [key, role]) {
      count.rows += 1;
      count.amount += row.amount;
    }
  }
}

/** Unknown rows come last. */
function rank(role: Role | null): number {
  return role === null ? ROLES.length : ROLES.indexOf(role);
}

/**
 * The inspection as `tieout settlement inspect --json` writes it: amounts as decimal strings with the currency's
 * digits, instants in ISO 8601 UTC. `byKey.role` is the meaning, `journal.lines.role` what the mode books.
 */
export function inspectionDocument({ header, rows, sum, byKey, unknown, journal }: Inspection) {
  const { settlementId, currency, start, end, depositDate, total } = header;
  const amount = (minor: bigint) => formatMinor(minor, currency);
  const key = (entry: InspectedKey) => ({
    transactionType: entry.transactionType, amountType: entry.amountType, amountDescription: entry.amountDescription,
    rows: entry.rows, amount: amount(entry.amount), role: entry.role,
  });
  return {
    settlementId, currency, start, end, depositDate, total: amount(total), sum: amount(sum), rows, balanced: sum === total,
    byKey: byKey.map(key),
    unknown: unknown.map(key),
    journal: journal && {
      lines: journal.lines.map((line) => ({
        role: line.role, account: line.account, debit: amount(line.debit), credit: amount(line.credit), memo: line.memo, payout: line.payout,
      })),
    },
  };
}
