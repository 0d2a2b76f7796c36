import type { ConnectionSettings } from '../../config/connection.ts';
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { withConnections, type RunningConnections } from '../../operations/running-connection.ts';
import { readVatFile } from '../../operations/tax/read-vat-file.ts';
import { taxTieOf } from '../../operations/tax/tax-tie.ts';
import type { FeeInvoiceView } from '../../views/tax/vat-fees-part.ts';
import { vatView, type VatLineView, type VatView } from '../../views/tax/vat-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { CsvOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { asJson } from '../print/document.ts';
import { vatPage } from './vat-page.ts';

export interface VatOptions extends CsvOptions {
  avtr?: string;
}

export async function showVat(io: CommandIo, month: string, options: VatOptions): Promise<void> {
  const views = await withConnections(options.connection, (running) => viewsOf(running, month, options));
  if (options.json) return io.out(asJson(views));
  if (options.csv) return io.out(csv(views));
  io.out(inCharactersOf(io, views.map((view) => vatPage(view, io.width, options).join('\n')).join('\n')));
}

/** NetSuite is asked where there is tax to ask for. */
async function viewsOf(running: RunningConnections, month: string, { avtr }: VatOptions): Promise<VatView[]> {
  const { world, connections, store } = running;
  const taxed = connections.filter(isRegistered);
  if (avtr !== undefined && taxed.length !== 1) throw whose(avtr, taxed);
  const views: VatView[] = [];
  for (const settings of connections) {
    const own = isRegistered(settings);
    const amazon =
      own && avtr !== undefined
        ? { file: avtr, rows: await readVatFile(avtr, { month, currencies: currenciesOf(settings) }) }
        : null;
    const netsuite = own ? await taxTieOf(world, settings.name, month) : null;
    views.push(await vatView({ store, world, settings }, { month, netsuite, amazon }));
  }
  return views;
}

function isRegistered({ tax }: ConnectionSettings): boolean {
  return tax !== undefined && tax.registrations.length > 0;
}

function currenciesOf({ marketplaces }: ConnectionSettings): string[] {
  return [...new Set(marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)))].sort();
}

/** A file of Amazon's is one seller's. */
function whose(file: string, taxed: readonly ConnectionSettings[]): TieoutError {
  return new TieoutError({
    code: 'usage',
    what:
      taxed.length === 0
        ? 'No connection asked for has sales tax to compare.'
        : "Amazon's VAT report is one connection's, and several have sales tax.",
    notDone: 'Nothing is shown.',
    where: [file, ...taxed.map(({ name }) => name)],
    do: [
      taxed.length === 0
        ? 'leave --avtr out, or name where the seller owes tax under tax.registrations'
        : 'name one: --connection NAME',
    ],
  });
}

const CSV_HEAD = [
  'connection',
  'month',
  'state',
  'currency',
  'jurisdiction',
  'collector',
  'case',
  'rate',
  'document',
  'count',
  'net',
  'tax',
  'gross',
  'note',
];

function csv(views: readonly VatView[]): string {
  return asCsv(
    CSV_HEAD,
    views.flatMap((view) => [
      ...view.unfinished.map(({ what }) => unfinishedRow(view, what)),
      ...view.lines.map((line) => csvRow(view, 'posted', line)),
      ...view.planned.map((line) => csvRow(view, 'planned', line)),
      ...(view.fees?.invoices ?? []).map((invoice) => invoiceRow(view, invoice)),
    ]),
  );
}

/** On top: without figures, so that it is in no sum. */
function unfinishedRow({ connection, month }: VatView, what: string): (string | number | null)[] {
  return [connection, month, 'unfinished', ...Array<null>(CSV_HEAD.length - 4).fill(null), what];
}

function csvRow(
  { connection, month }: VatView,
  state: string,
  { currency, jurisdiction, collector, case: why, rate, type, count, net, tax, gross }: VatLineView,
): (string | number | null)[] {
  return [connection, month, state, currency, jurisdiction, collector, why, rate, type, count, net, tax, gross, null];
}

/** Tax that is reclaimed, in the columns of tax that is owed: `case` is the treatment, `rate` the role. */
function invoiceRow(
  { connection, month }: VatView,
  { posted, currency, jurisdiction, treatment, role, number, net, tax, gross }: FeeInvoiceView,
): (string | number | null)[] {
  const state = posted ? 'posted' : 'planned';
  return [connection, month, state, currency, jurisdiction, 'fee', treatment, role, number, 1, net, tax, gross, null];
}
