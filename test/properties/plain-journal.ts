/**
 * What the journal of a settlement must come to, reckoned in the plainest way from rows with their meanings: by day and
 * role, signed as in the report. It shares no code with the journal of the product, and follows accounting's words.
 */
import { folded } from './amount-kinds.ts';
import type { DocumentFact } from './settlement-facts.ts';

/** A row as far as its booking needs it; `null` roles are undecided keys. */
export interface BookableRow {
  type: string;
  role: string;
  minor: bigint;
  orderId: string;
  marketplace: string;
  merchant: boolean;
  /** Epoch seconds. */
  at: number;
}

export interface PlainJournalOptions {
  start: number;
  end: number;
  /** Time zone of the settlement and of every row. */
  zone: string;
  mode: 'invoice' | 'cash-sale' | 'summary';
  splitAtMonthEnds: boolean;
  /** Credit memos decide where claims go. */
  documents: readonly DocumentFact[];
}

const REVENUE = ['product-sales', 'shipping-income', 'gift-wrap', 'promotions', 'points', 'refunds'];
const COSTS = [
  'selling-fees',
  'fulfilment-fees',
  'storage',
  'inbound',
  'removal',
  'advertising',
  'subscription',
  'tax-on-fees',
  'reimbursements',
  'liquidation',
  'chargebacks-and-claims',
  'inventory-loss',
  'variance',
];

/** Sums by `{day} {role}`, zero ones left out; without the payout line and the bridges between parts. */
export function plainJournal(rows: readonly BookableRow[], options: PlainJournalOptions): Map<string, bigint> {
  // An end at midnight belongs to the day before.
  const endDay = dayOf(options.end - 1, options.zone);
  const startDay = dayOf(options.start, options.zone);
  const sums = new Map<string, bigint>();
  const add = (day: string, role: string, minor: bigint) =>
    sums.set(`${day} ${role}`, (sums.get(`${day} ${role}`) ?? 0n) + minor);
  const taxes = new Map<string, bigint>();
  for (const row of rows) {
    const role = bookedOn(row, rows, options);
    if (role === 'marketplace-tax') taxes.set(row.orderId, (taxes.get(row.orderId) ?? 0n) + row.minor);
    else if (options.splitAtMonthEnds && (COSTS.includes(role) || REVENUE.includes(role)))
      add(costDay(dayOf(row.at, options.zone), startDay, endDay), role, row.minor);
    else add(endDay, role, row.minor);
  }
  for (const left of taxes.values()) add(endDay, 'sales-tax-payable', left);
  return new Map([...sums].filter(([, minor]) => minor !== 0n));
}

/** The role that a row is booked on. */
export function bookedOn(
  row: BookableRow,
  rows: readonly BookableRow[],
  { mode, documents }: Pick<PlainJournalOptions, 'mode' | 'documents'>,
): string {
  const type = folded(row.type);
  // A sale that another system books, with its tax: the merchant's, or another shop's.
  const others = row.merchant || /^non-amazon|^si .*prod|^sim\d+\.stores\./i.test(row.marketplace.trim());
  if (
    others &&
    (type === 'order' || type === 'refund') &&
    (REVENUE.includes(row.role) || row.role === 'marketplace-tax')
  )
    return 'merchant-orders';
  if (REVENUE.includes(row.role)) {
    return mode === 'summary' && type !== 'refund' ? row.role : 'clearing';
  }
  const claim =
    row.role === 'chargebacks-and-claims' && (type === 'chargebackrefund' || type === 'atozguaranteerefund');
  return claim && hasMemo(row, rows, documents) ? 'clearing' : row.role;
}

/**
 * A claim's rows of one instant against a refund's document of that order and amount, or of that very second. One document
 * answers one of them: the refund rows of its second have it, unless only the claim comes to just its amount.
 */
function hasMemo(row: BookableRow, rows: readonly BookableRow[], documents: readonly DocumentFact[]): boolean {
  const together = rows.filter(
    (other) =>
      other.role === 'chargebacks-and-claims' &&
      folded(other.type).endsWith('refund') &&
      other.orderId === row.orderId &&
      other.at === row.at,
  );
  const sum = together.reduce((total, other) => total + other.minor, 0n);
  return documents.some(({ kind, of, orderId, total, at }) => {
    if (of !== 'refund' || orderId !== row.orderId) return false;
    const signed = kind === 'credit-memo' ? -total : total;
    const refunded = rows.filter(
      (other) =>
        folded(other.type) === 'refund' && REVENUE.includes(other.role) && other.orderId === orderId && other.at === at,
    );
    const isRefunds =
      refunded.length > 0 && (signed !== sum || refunded.reduce((all, other) => all + other.minor, 0n) === signed);
    return (signed === sum || at === row.at) && !isRefunds;
  });
}

function costDay(posted: string, startDay: string, endDay: string): string {
  const day = posted < startDay ? startDay : posted;
  if (day.slice(0, 7) >= endDay.slice(0, 7)) return endDay;
  const [year, month] = day.split('-').map(Number) as [number, number];
  const days =
    month === 2
      ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
        ? 29
        : 28
      : [4, 6, 9, 11].includes(month)
        ? 30
        : 31;
  return `${day.slice(0, 8)}${days}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayOf(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        calendar: 'iso8601',
        numberingSystem: 'latn',
      })),
    );
  const part = Object.fromEntries(format.formatToParts(at * 1000).map(({ type, value }) => [type, value]));
  return `${part['year']!.padStart(4, '0')}-${part['month']}-${part['day']}`;
}
