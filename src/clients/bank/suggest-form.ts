/** What a CSV with headers of its own seems to say, to be offered to a person: never used without being asked for. */
import type { StatementColumn, StatementForm } from '../../config/statement-form.ts';
import { CURRENCY_NAME, foldHeader } from './csv-columns.ts';
import type { CsvRow, CsvRows } from './csv-rows.ts';
import type { SuggestedForm } from '../../config/statement-problem.ts';

/** Names by which banks call a column, in the order in which they are preferred. */
const NAMES: Readonly<Record<Exclude<StatementColumn, 'description'> | 'party' | 'purpose', readonly RegExp[]>> = {
  date: [
    /^date$/,
    /^(booking|posting|posted|transaction|entry|post) ?date$/,
    /^buchungs(tag|datum)$/,
    /^buchung$/,
    /^booked( on)?$/,
    /^date (de l')?op[ée]ration$/,
    /^datum$/,
    /^fecha/,
    /^data( contabile)?$/,
    /date|datum|fecha/,
  ],
  amount: [/^amount$/, /^betrag$/, /^umsatz$/, /^(amount|betrag|umsatz|montant|importo|importe|bedrag)\b/],
  debit: [/^(debit|soll|paid out|money out|withdrawals?|belastung|lastschrift|d[ée]bit)\b(?!.*card)/],
  credit: [/^(credit|haben|paid in|money in|deposits?|gutschrift|cr[ée]dit)\b(?!.*card)/],
  currency: [CURRENCY_NAME],
  'transaction-id': [/^transaction[ -]?(id|number|reference)$/, /^(fitid|bank reference|reference number)$/],
  party: [/^(begünstigter|beguenstigter|auftraggeber|zahlungsempfänger|payee|counterparty|name)\b/],
  purpose: [
    /^description$/,
    /^verwendungszweck/,
    /^(transaction )?description|^memo$|^narrative|^buchungstext|^text$|^libell[ée]|^concepto|^descrizione|^omschrijving/,
    /^details$|^reference$/,
  ],
};

const DATE_FORMS = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD.MM.YY',
  'MM/DD/YYYY',
  'DD/MM/YYYY',
  'YYYY/MM/DD',
  'DD-MM-YYYY',
  'MM-DD-YYYY',
  'DD/MM/YY',
  'MM/DD/YY',
  'YYYYMMDD',
  'DD MMM YYYY',
  'DD-MMM-YYYY',
  'DD MMM YY',
];

interface NamedRow {
  rows: readonly CsvRow[];
  row: number;
  names: readonly string[];
}

/** The row that looks most like a header, and which of the needed columns it lacks, by the names that were looked for. */
export function headersOf(
  readings: readonly CsvRows[],
  needed: readonly (readonly [StatementColumn, string])[],
): { headers: string[]; at: number; missing: string[] } {
  const wanted = needed.map(([, header]) => header);
  const best = bestRow(
    readings,
    (names) => 10 * wanted.filter((header) => names.includes(foldHeader(header))).length + known(names),
  );
  const folded = best?.names ?? [];
  const cells = best?.rows[best.row] ?? [];
  return {
    headers: cells.map(({ text }) => text.trim()).filter(Boolean),
    at: cells[0]?.at ?? 0,
    missing: wanted.filter((header) => !folded.includes(foldHeader(header))),
  };
}

/** @param reads whether a form reads the whole file @returns null where names or fields do not say enough */
export function suggestForm(
  readings: readonly CsvRows[],
  reads: (form: StatementForm) => boolean,
): SuggestedForm | null {
  const header = bestRow(readings, known);
  const columns = header === null ? null : columnsOf(header);
  if (header === null || columns === null) return null;
  const decimals = decimalsOf(header, columns);
  const found: StatementForm[] = [];
  for (const decimal of decimals) {
    for (const dateForm of DATE_FORMS) {
      const currency =
        columns.currency === undefined
          ? {
              currency: dateForm.startsWith('MM/')
                ? 'USD'
                : decimal === ','
                  ? 'EUR'
                  : dateForm.startsWith('DD/')
                    ? 'GBP'
                    : 'USD',
            }
          : {};
      const form: StatementForm = { columns, dateForm, decimal, ...currency };
      if (reads(form)) found.push(form);
    }
  }
  const [form, ...others] = found;
  if (form === undefined) return null;
  return { form, doubts: doubtsOf(form, others) };
}

/** What a person must look at before giving the form. */
function doubtsOf(form: StatementForm, others: readonly StatementForm[]): string[] {
  const dates = [...new Set(others.map(({ dateForm }) => dateForm))].filter((dateForm) => dateForm !== form.dateForm);
  const marks = [...new Set(others.map(({ decimal }) => decimal))].filter((decimal) => decimal !== form.decimal);
  return [
    ...(dates.length === 0 ? [] : [`the dates may as well be ${dates.join(' or ')}`]),
    ...(marks.length === 0 ? [] : [`the decimal mark may as well be ${marks.join(' or ')}`]),
    ...(form.currency === undefined ? [] : [`no column names the currency, ${form.currency} is a guess`]),
  ];
}

function columnsOf({ names, rows, row }: NamedRow): StatementForm['columns'] | null {
  const header = (at: number): string => rows[row]![at]!.text.trim();
  const find = (column: keyof typeof NAMES): string | undefined => {
    for (const pattern of NAMES[column]) {
      const at = names.findIndex((name) => pattern.test(name));
      if (at >= 0 && names.indexOf(names[at]!) === names.lastIndexOf(names[at]!)) return header(at);
    }
    return undefined;
  };
  const [date, amount, debit, credit, currency, id, party, purpose] = (
    ['date', 'amount', 'debit', 'credit', 'currency', 'transaction-id', 'party', 'purpose'] as const
  ).map(find);
  // `+` joins: a header that has one stands alone.
  const words = [purpose, party].filter((name) => name !== undefined);
  const description = words.some((name) => name.includes('+')) ? words[0]! : words.reverse().join('+');
  // Where a file has all three, the single amount is often that of a foreign original and blank.
  const amounts =
    debit !== undefined && credit !== undefined ? { debit, credit } : amount === undefined ? null : { amount };
  if (date === undefined || amounts === null || description === '') return null;
  return {
    date,
    ...amounts,
    description,
    ...(currency === undefined ? {} : { currency }),
    ...(id === undefined ? {} : { 'transaction-id': id }),
  };
}

/** The marks that the amounts leave possible, the likelier first. */
function decimalsOf({ names, rows, row }: NamedRow, columns: StatementForm['columns']): ('.' | ',')[] {
  const places = (['amount', 'debit', 'credit'] as const).flatMap((column) =>
    columns[column] === undefined ? [] : [names.indexOf(foldHeader(columns[column]))],
  );
  const texts = rows.slice(row + 1).flatMap((cells) => places.map((at) => cells[at]?.text.trim() ?? ''));
  return texts.some((text) => /,\d{1,2}\D*$/.test(text)) ? [',', '.'] : ['.', ','];
}

function bestRow(readings: readonly CsvRows[], score: (names: readonly string[]) => number): NamedRow | null {
  const rows = readings.flatMap(({ rows: all }) =>
    all
      .slice(0, 60)
      .map((cells, row): NamedRow => ({ rows: all, row, names: cells.map(({ text }) => foldHeader(text)) })),
  );
  // Of equals the one with more fields, then the first.
  return rows.reduce<NamedRow | null>(
    (best, one) =>
      best === null ||
      score(one.names) > score(best.names) ||
      (score(one.names) === score(best.names) && one.names.length > best.names.length)
        ? one
        : best,
    null,
  );
}

/** How many kinds of columns a row's fields could be the names of. */
function known(names: readonly string[]): number {
  return Object.values(NAMES).filter((patterns) => names.some((name) => patterns.some((pattern) => pattern.test(name))))
    .length;
}
