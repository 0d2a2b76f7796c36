import { JournalBuilder } from '../journal/build-journal.ts';
import type { JournalLine } from '../journal/journal-plan.ts';
import { isWithheldTaxRow, type TaxResidual } from '../journal/marketplace-tax.ts';
import { AMOUNT_MAP_VERSION } from '../mapping/amount-map.ts';
import { bookingContext, bookingOf, type BookingContext } from '../mapping/booked-role.ts';
import { classify, type AmountOverrides } from '../mapping/classify.ts';
import { ROLES, type Role } from '../mapping/roles.ts';
import type { PostingModeName } from '../posting-modes/posting-modes.ts';
import { formatMinor, sumMinor, type CurrencyCode } from '../money/money.ts';
import { AmountSum } from '../money/amount-sum.ts';
import { isMovement, MovementCollector, type ExpectedMovements } from '../matching/expected-movements.ts';
import type { ReportKey } from '../settlement/reading/key-table.ts';
import { SettlementParser } from '../settlement/parse-settlement.ts';
import type { RowView } from '../settlement/reading/row-view.ts';
import type { AmountKey, SettlementHeader, SettlementRow } from '../settlement/settlement.ts';

export interface InspectionOptions {
  /** `invoice` when absent. */
  mode?: PostingModeName;
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

/** Rows of one key that are booked alike. */
interface Tally {
  known: AmountKey;
  /** Null when the key is unknown. */
  booked: Role | null;
  rows: number;
  sum: AmountSum;
}

/** What is decided once for all rows of a key, and what they come to: one tally, or a few where rows decide. */
interface KeyTallies {
  key: AmountKey;
  /** The key whose mechanics its rows have: itself, but where a person said that it is a new spelling of a known one. */
  known: AmountKey;
  meaning: Role | null;
  /** What its rows are booked as, null when the key is unknown, or what is asked of each. */
  booking: Role | null | ((row: SettlementRow) => Role);
  /** Whether its rows say that Amazon withheld tax. */
  withheld: boolean;
  /** Whether its rows show up on a statement. */
  moves: boolean;
  byRole: Tally[];
}

/**
 * Reads, checks, classifies and journals one settlement report without server or database: `push` the chunks of the
 * (unpacked) file, then `finish`. There are no accounting periods here, so the journal is whole.
 * @throws ReportError from `push` and `finish` when the report is refused.
 */
export class SettlementInspection {
  readonly #options: InspectionOptions;
  readonly #booking: BookingContext;
  readonly #parser: SettlementParser;
  #journal: JournalBuilder | null = null;
  #movements: MovementCollector | null = null;
  /** By the number of the key. */
  readonly #tallies: KeyTallies[] = [];
  /** All tallies in the order of their first rows. */
  readonly #inOrder: Tally[] = [];

  constructor(options: InspectionOptions = {}) {
    this.#options = options;
    this.#booking = bookingContext(options.mode ?? 'invoice', options.booking);
    this.#parser = new SettlementParser({
      onHeader: (header) => this.#header(header),
      onView: (row) => this.#row(row),
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
    const byKey = this.#tallies.map(inspectedKey);
    const unknown = byKey.filter((key) => key.role === null);
    return {
      header,
      rows,
      sum,
      byKey,
      unknown,
      byRole: inspectedRoles(this.#inOrder),
      journal: unknown.length > 0 ? null : this.#build(this.#journal!),
      movements: this.#movements!.finish(),
    };
  }

  #build(journal: JournalBuilder): Inspection['journal'] {
    for (const { known, booked, rows, sum } of this.#inOrder)
      journal.addSum(booked!, known.amountType, rows, sum.total);
    const { plan, residuals } = journal.finish();
    return { lines: plan.parts.flatMap((part) => part.lines), residuals };
  }

  #header(header: SettlementHeader): void {
    const { account } = this.#options;
    this.#movements = new MovementCollector(header);
    this.#journal = new JournalBuilder({
      header,
      mode: this.#booking.mode,
      mapVersion: AMOUNT_MAP_VERSION,
      timeZoneOf: () => 'UTC',
      splitAtMonthEnds: false,
      ...(account ? { account: (role) => account(role, header.currency) } : {}),
    });
  }

  #row(row: RowView): void {
    const tallies = this.#tallies[row.key.number] ?? this.#open(row.key);
    const { meaning, booking } = tallies;
    const booked = typeof booking === 'function' ? booking(row) : booking;
    const tally = tallyFor(tallies.byRole, booked) ?? this.#openTally(tallies, booked);
    tally.rows += 1;
    tally.sum.add(row.minor);
    if (meaning === null) return;
    if (booked === 'marketplace-tax')
      this.#journal!.addTax(row.orderNumber ?? row.orderId, row.minor, tallies.withheld);
    else if (tallies.moves) this.#movements!.add(row, meaning, tallies.known);
  }

  #open({ number, ...key }: ReportKey): KeyTallies {
    const { role: meaning = null, known = key } = classify(key, this.#options.overrides) ?? {};
    const tallies = {
      key,
      known,
      meaning,
      booking: meaning && bookingOf(meaning, known, this.#booking),
      byRole: [],
      withheld: isWithheldTaxRow(known),
      moves: meaning !== null && isMovement(meaning),
    };
    this.#tallies[number] = tallies;
    return tallies;
  }

  #openTally({ known, byRole }: KeyTallies, booked: Role | null): Tally {
    const tally = { known, booked, rows: 0, sum: new AmountSum() };
    byRole.push(tally);
    this.#inOrder.push(tally);
    return tally;
  }
}

function tallyFor(byRole: readonly Tally[], booked: Role | null): Tally | undefined {
  for (const tally of byRole) if (tally.booked === booked) return tally;
  return undefined;
}

function inspectedKey({ key, meaning, byRole }: KeyTallies): InspectedKey {
  return { ...key, ...total(byRole), role: meaning };
}

function inspectedRoles(tallies: readonly Tally[]): InspectedRole[] {
  const roles = [...new Set(tallies.map(({ booked }) => booked))].sort((a, b) => rank(a) - rank(b));
  return roles.map((role) => ({ role, ...total(tallies.filter(({ booked }) => booked === role)) }));
}

function total(tallies: readonly Tally[]): { rows: number; amount: bigint } {
  return {
    rows: tallies.reduce((sum, { rows }) => sum + rows, 0),
    amount: sumMinor(tallies.map(({ sum }) => sum.total)),
  };
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
    transactionType: entry.transactionType,
    amountType: entry.amountType,
    amountDescription: entry.amountDescription,
    rows: entry.rows,
    amount: amount(entry.amount),
    role: entry.role,
  });
  return {
    settlementId,
    currency,
    start,
    end,
    depositDate,
    total: amount(total),
    sum: amount(sum),
    rows,
    balanced: sum === total,
    byKey: byKey.map(key),
    unknown: unknown.map(key),
    journal: journal && {
      lines: journal.lines.map((line) => ({
        role: line.role,
        account: line.account,
        debit: amount(line.debit),
        credit: amount(line.credit),
        memo: line.memo,
        payout: line.payout,
      })),
    },
  };
}
