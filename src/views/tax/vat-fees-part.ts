/** The part of the VAT report about fees: Amazon's invoices, and the settled rows that they are for. */
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { marketplaceOf, timeZoneOf } from '../../config/time-zone.ts';
import { FEE_ROLES } from '../../domain/mapping/roles.ts';
import { addDays, dayIn, lastDayOfMonth, monthOf, type Day } from '../../domain/money/instant.ts';
import { formatMinor, type CurrencyCode } from '../../domain/money/money.ts';
import {
  feesBesideInvoices,
  grossOf,
  type BookedInvoice,
  type FeeInvoice,
  type FeeRows,
  type FeeStanding,
} from '../../domain/tax/fee-invoices.ts';
import { readMark } from '../../store/intake/marks.ts';
import { invoicesBookedIn, invoicesOf, settledFees } from '../../store/tax/fee-invoices.ts';
import type { ConnectionSource } from '../view-source.ts';

/** Amounts as decimal texts in `currency`. */
export interface FeeInvoiceView extends Omit<FeeInvoice, 'net' | 'tax' | 'marketplace'> {
  /** As `amazon.co.uk`. */
  marketplace: string;
  /** On which it is booked. */
  booked: Day;
  posted: boolean;
  net: string;
  tax: string;
  gross: string;
}

/** A cost is positive. Invoices are null where they are entered in NetSuite and none is known here. */
export interface FeeStandingView extends Pick<FeeStanding, 'month' | 'role' | 'currency' | 'isLate'> {
  marketplace: string;
  rows: string;
  invoices: string | null;
  open: string | null;
}

export interface VatFeesView {
  /** Who enters Amazon's fee invoices, by `tax.feeInvoices`. */
  entered: 'netsuite' | 'ours';
  /** Those that are booked in the month. */
  invoices: FeeInvoiceView[];
  /** Fees of the month, each marketplace and role. */
  standings: FeeStandingView[];
  /** Of the twelve months before, what has no invoice although 45 days have passed. */
  late: FeeStandingView[];
}

/** With the invoices themselves, of which a return's boxes are made. */
export async function feesPart(
  source: ConnectionSource,
  month: string,
): Promise<{ view: VatFeesView; invoices: BookedInvoice[] | null }> {
  const { settings } = source;
  const { db } = source.store;
  const { name } = settings;
  const entered = settings.tax?.feeInvoices ?? 'netsuite';
  const isOurs = entered === 'ours';
  const to = lastDayOfMonth(`${month}-01`);
  const from = `${monthOf(addDays(`${month}-01`, -364))}-01`;
  const rows = await feeRows(source, isOurs ? from : `${month}-01`, to);
  const booked = isOurs ? await invoicesBookedIn(db, name, { from: `${month}-01`, to }) : null;
  const read = await readMark(db, name, 'orders');
  const today = read === null || !isOurs ? null : dayIn(read, timeZoneOf(settings, null));
  const all = feesBesideInvoices(rows, isOurs ? await invoicesOf(db, name, { from, to }) : [], today);
  const shown = (standing: FeeStanding) => standingView(standing, isOurs);
  return {
    view: {
      entered,
      invoices: (booked ?? []).map(invoiceView),
      standings: all.filter((standing) => standing.month === month).map(shown),
      late: all.filter((standing) => standing.month !== month && standing.isLate).map(shown),
    },
    invoices: booked,
  };
}

/** By marketplace and month of its books; rows of no marketplace are of the first in their currency. */
async function feeRows({ store: { db }, settings }: ConnectionSource, from: Day, to: Day): Promise<FeeRows[]> {
  const window = { after: `${addDays(from, -1)}T00:00:00Z`, before: `${addDays(to, 2)}T00:00:00Z` };
  const found = await settledFees(db, settings.name, [...FEE_ROLES, 'tax-on-fees'], window);
  return found.flatMap(({ marketplaceName, postedAt, ...row }) => {
    const marketplace =
      marketplaceName === null ? firstIn(settings, row.currency) : marketplaceOf(settings, marketplaceName).id;
    const day = dayIn(postedAt, timeZoneOf(settings, marketplace));
    return day < from || day > to ? [] : [{ ...row, marketplace, month: monthOf(day) }];
  });
}

function firstIn({ marketplaces }: ConnectionSource['settings'], currency: CurrencyCode): string {
  const own = marketplaces.find(({ id }) => currencyOfMarketplace(marketplaceById(id)!) === currency);
  return (own ?? marketplaces[0]!).id;
}

const domainOf = (id: string): string => marketplaceById(id)?.domain ?? id;

function invoiceView(invoice: BookedInvoice): FeeInvoiceView {
  const { net, tax, number, day, booked, posted, marketplace, jurisdiction, role, treatment, currency } = invoice;
  const amount = (minor: bigint) => formatMinor(minor, currency);
  return {
    number,
    day,
    booked,
    posted,
    marketplace: domainOf(marketplace),
    jurisdiction,
    role,
    treatment,
    currency,
    net: amount(net),
    tax: amount(tax),
    gross: amount(grossOf(invoice)),
  };
}

function standingView(
  { marketplace, rows, invoices, open, ...standing }: FeeStanding,
  isOurs: boolean,
): FeeStandingView {
  const amount = (minor: bigint) => formatMinor(minor, standing.currency);
  return {
    ...standing,
    marketplace: domainOf(marketplace),
    rows: amount(rows),
    invoices: isOurs ? amount(invoices) : null,
    open: isOurs ? amount(open) : null,
  };
}
