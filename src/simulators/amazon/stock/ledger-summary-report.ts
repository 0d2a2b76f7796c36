import { americanDate, dayAfter, periodsBetween } from './ledger-calendar.ts';
import type { Period } from './ledger-calendar.ts';
import { wantsSku } from './ledger-filter.ts';
import { isKnown, MOVEMENT_COLUMNS } from './movement.ts';
import type { Movement } from './movement.ts';
import type { StockBook } from './stock-book.ts';
import type { StockPlace } from './stock-lines.ts';
import type { ReportRange } from './report-range.ts';
import { quotedTable } from './tables.ts';
import { titlesAt } from './titles.ts';

const COLUMNS = [
  'Date',
  'FNSKU',
  'ASIN',
  'MSKU',
  'Title',
  'Disposition',
  'Starting Warehouse Balance',
  'In Transit Between Warehouses',
  ...MOVEMENT_COLUMNS.slice(0, -1),
  'Ending Warehouse Balance',
  'Unknown Events',
  'Location',
  'Store',
] as const;

/** Units of a SKU in a disposition at a location, and everything that happened to them, in order of days. */
interface Account {
  sku: string;
  fnsku: string;
  disposition: string;
  location: string;
  opening: number;
  movements: Movement[];
  /** Units between centres by day: up when they leave from here, down when they arrive. */
  transit: { day: string; units: number }[];
}

/**
 * GET_LEDGER_SUMMARY_VIEW_DATA: a row for each SKU, disposition and location of a period that is told already. Columns
 * are signed, and Starting + columns = Ending. A day has a row only where something moved, so that the balance is
 * carried forward otherwise; weeks and months have one where units lay, too. Null when there is none.
 */
export function ledgerSummaryReport(book: StockBook, range: ReportRange): string | null {
  const opened = book.openedOn();
  if (opened === null) return null;
  const period = (range.options.aggregatedByTimePeriod ?? 'MONTHLY') as Period;
  const begin = book.calendar.dayOf(range.start);
  const periods = periodsBetween(begin > opened ? begin : opened, book.calendar.dayOf(range.end), period).filter(
    ({ last }) => book.calendar.summaryFrom(last, period) <= range.now,
  );
  const wanted = wantsSku(book, range.options);
  const title = titlesAt(book, range.now);
  const accounts = accountsOf(book, range).filter(wanted);
  const rows = periods.flatMap(({ first, last }) =>
    accounts.flatMap((account) => {
      const figures = figuresOf(account, { first, last });
      if ((period === 'DAILY' && !figures.moved) || !figures.any) return [];
      const { starting, ending, transit, columns } = figures;
      return [
        [
          americanDate(last),
          account.fnsku,
          book.lines.asinOf(account.sku),
          account.sku,
          title(account.sku),
          account.disposition,
          String(starting),
          String(transit),
          ...columns.slice(0, -1).map(String),
          String(ending),
          String(columns.at(-1) ?? 0),
          account.location,
          '',
        ],
      ];
    }),
  );
  return rows.length === 0 ? null : quotedTable([COLUMNS, ...rows]);
}

function figuresOf(
  account: Account,
  { first, last }: { first: string; last: string },
): { starting: number; ending: number; transit: number; columns: number[]; moved: boolean; any: boolean } {
  const before = dayAfter(first, -1);
  const until = (day: string): number =>
    account.movements.reduce((sum, movement) => (movement.day <= day ? sum + movement.units : sum), account.opening);
  const inPeriod = account.movements.filter(({ day }) => day > before && day <= last);
  const [starting, ending] = [until(before), until(last)];
  const transit = account.transit.reduce((sum, { day, units }) => (day <= last ? sum + units : sum), 0);
  const moved = inPeriod.length > 0 || account.transit.some(({ day }) => day > before && day <= last);
  const columns = MOVEMENT_COLUMNS.map((name) =>
    inPeriod.reduce((sum, { column, units }) => (column === name ? sum + units : sum), 0),
  );
  return { starting, ending, transit, columns, moved, any: moved || starting !== 0 || ending !== 0 || transit !== 0 };
}

function accountsOf(book: StockBook, range: ReportRange): Account[] {
  const accounts = new Map<string, Account>();
  const at = ({ sku, fnsku, country, centre, disposition }: StockPlace): Account => {
    const location = range.options.aggregateByLocation === 'FC' ? centre : country;
    const key = [sku, fnsku, disposition, location].join('\t');
    const known = accounts.get(key);
    if (known) return known;
    const account: Account = { sku, fnsku, disposition, location, opening: 0, movements: [], transit: [] };
    accounts.set(key, account);
    return account;
  };
  for (const line of book.lines.lines())
    at({ ...line, disposition: line.disposition ?? 'SELLABLE' }).opening += line.units;
  for (const movement of book.movements) {
    if (!isKnown(movement, 'inSummary', range.now)) continue;
    at(movement).movements.push(movement);
    if (movement.transitAt) at(movement.transitAt).transit.push({ day: movement.day, units: -movement.units });
  }
  return [...accounts.values()];
}
