/** Amazon's invoices for its fees, as a person enters them, beside the rows that settled the fees (tax.md, *Fees*). */
import type { FeeRole, Role } from '../mapping/roles.ts';
import { addDays, lastDayOfMonth, monthOf, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';
import { twoLines, type TaxJournalPlan } from './tax-journal.ts';
import type { Jurisdiction } from './tax-policy.ts';
import { renderRate, taxOn, type Rate } from './tax-rate.ts';

/** `charged`: VAT is on it, to be reclaimed; `zero`: none is due; `reverse`: the seller accounts for it himself. */
export type Treatment = 'charged' | 'zero' | 'reverse';

/** A credit note has negative amounts. */
export interface FeeInvoice {
  /** As Amazon numbers it. */
  number: string;
  day: Day;
  /** Id of the marketplace whose fees it is for. */
  marketplace: string;
  jurisdiction: Jurisdiction;
  role: FeeRole;
  treatment: Treatment;
  currency: CurrencyCode;
  net: bigint;
  tax: bigint;
}

/** An invoice as it is stored. */
export interface BookedInvoice extends FeeInvoice {
  /** On which it is booked: its own day, or the first open day after it. */
  booked: Day;
  posted: boolean;
}

export const grossOf = ({ net, tax }: Pick<FeeInvoice, 'net' | 'tax'>): bigint => net + tax;

/**
 * A sentence where its amounts do not go with its treatment, or with the rates: net and tax may have been exchanged.
 * @param highest rate of its jurisdiction
 */
export function explainRefusedInvoice(
  { treatment, net, tax }: Pick<FeeInvoice, 'treatment' | 'net' | 'tax'>,
  highest: Rate,
): string | null {
  if (net === 0n) return 'The net of the invoice is zero.';
  if (treatment !== 'charged' && tax !== 0n)
    return `An invoice that is ${treatment} has no tax on it; where Amazon charges some it is charged.`;
  if (treatment === 'charged' && tax === 0n)
    return 'An invoice that is charged has tax on it; else it is zero or reverse.';
  if (treatment === 'charged' && net < 0n !== tax < 0n)
    return 'Net and tax have the same sign: both positive of an invoice, both negative of a credit note.';
  if (size(tax) > taxOn(size(net), highest) + size(net) / ROUNDED)
    return `The tax is more than ${renderRate(highest)} of the net, the highest rate of its country. The net is without tax.`;
  return null;
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
/** An invoice rounds line by line: a hundredth of its net is left for that. */
const ROUNDED = 100n;

/** The number as it is kept: a space before, behind or doubled is none. */
export const invoiceNumber = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** Business key of its journal. Characters that a key may not hold, and what might be a move's key, are told by the hash. */
export function feeInvoiceKey(number: string, sha256: string): string {
  if (/^[A-Za-z0-9-]+$/.test(number) && !/-m\d+$/.test(number)) return number;
  return `${number.replace(/[^A-Za-z0-9-]/g, '-')}-h${sha256.slice(0, 12)}`;
}

/** Input tax against the fee that holds it; null where nothing is reclaimed. */
export function feeJournal({ number, jurisdiction, role, treatment, tax }: FeeInvoice): TaxJournalPlan | null {
  if (treatment !== 'charged') return null;
  return {
    lines: twoLines(
      { role: 'input-tax', jurisdiction },
      { role },
      tax,
      `VAT ${jurisdiction} of Amazon's invoice ${number}`,
    ),
  };
}

export function renderInvoice({ number, day, role, treatment, net, tax, currency }: FeeInvoice): string {
  return `invoice ${number} of ${day}: ${role} ${renderMoney(net, currency)} and ${renderMoney(tax, currency)} of tax, ${treatment}`;
}

/** Settled rows of fees, summed by what they are called. */
export interface FeeRows {
  /** Id of the connection's marketplace. */
  marketplace: string;
  currency: CurrencyCode;
  month: string;
  role: Role;
  transactionType: string;
  amountType: string;
  /** As settled: a cost is negative. */
  amount: bigint;
}

/** Fees of a marketplace, role and month beside Amazon's invoices for them. A cost is positive. */
export interface FeeStanding {
  marketplace: string;
  currency: CurrencyCode;
  month: string;
  role: Role;
  /** With their `Tax on fee` rows. */
  rows: bigint;
  /** Gross. */
  invoices: bigint;
  /** `rows` less `invoices`: what has no invoice. */
  open: bigint;
  /** Whether 45 days have passed since the month, and something is open. */
  isLate: boolean;
}

const INVOICED_WITHIN_DAYS = 45;

/** @param today null where it is not known: nothing is late then */
export function feesBesideInvoices(
  rows: readonly FeeRows[],
  invoices: readonly FeeInvoice[],
  today: Day | null,
): FeeStanding[] {
  const roleOf = rolesOfTaxRows(rows);
  const sides = [
    ...rows.map((row) => ({ ...row, role: roleOf(row), rows: -row.amount, invoices: 0n })),
    ...invoices.map((invoice) => ({
      ...invoice,
      month: monthOf(invoice.day),
      rows: 0n,
      invoices: grossOf(invoice),
    })),
  ];
  const groups = new Map<string, typeof sides>();
  for (const side of sides) {
    const key = [side.month, side.marketplace, side.role, side.currency].join(' ');
    const group = groups.get(key);
    if (group) group.push(side);
    else groups.set(key, [side]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const { marketplace, currency, month, role } = group[0]!;
      const settled = sumMinor(group.map((side) => side.rows));
      const invoiced = sumMinor(group.map((side) => side.invoices));
      const due = addDays(lastDayOfMonth(`${month}-01`), INVOICED_WITHIN_DAYS);
      const open = settled - invoiced;
      const isLate = open !== 0n && today !== null && today > due;
      return { marketplace, currency, month, role, rows: settled, invoices: invoiced, open, isLate };
    });
}

/** `Tax on fee` rows are of the fee of their amount type; where no row of it is known they stand for themselves. */
function rolesOfTaxRows(rows: readonly FeeRows[]): (row: FeeRows) => Role {
  const named = (row: FeeRows) =>
    JSON.stringify([row.transactionType, row.amountType].map((text) => text.toLowerCase()));
  const fees = new Map<string, Role>();
  for (const row of rows) if (row.role !== 'tax-on-fees') fees.set(named(row), row.role);
  return (row) => (row.role === 'tax-on-fees' ? (fees.get(named(row)) ?? row.role) : row.role);
}
