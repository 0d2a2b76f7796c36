/** The VAT report of a month, with what it ties to (tax.md, *VAT report*): one document, asked of store, NetSuite and Amazon's file. */
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { TaxTie } from '../../contracts/tax/tax-tie.ts';
import { addDays, lastDayBefore, lastDayOfMonth, monthOf } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { percentOf } from '../../domain/tax/tax-rate.ts';
import type { ClaimTax } from '../../domain/tax/vat-claims.ts';
import type { Unfinished } from '../../domain/tax/explain-unfinished.ts';
import type { AmazonVatRow, VatFact } from '../../domain/tax/vat-facts.ts';
import { sellerSums, ukBoxes, vatLines, type UkBoxes, type VatLine } from '../../domain/tax/vat-lines.ts';
import { claimsOf, vatFactsOf, type TaxOfMonth } from '../../domain/tax/vat-month.ts';
import { taxBySettlement } from '../../domain/tax/vat-settled.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { loadVatReport } from '../../store/tax/vat-reports.ts';
import { settledAt, vatFactsOfMonth, vatFactsSettled } from '../../store/tax/vat-facts.ts';
import type { ConnectionSource } from '../view-source.ts';
import { amazonPart, type VatAmazonView } from './vat-amazon-part.ts';
import { feesPart, type VatFeesView } from './vat-fees-part.ts';
import { leftPart, type VatLeftView } from './vat-left-part.ts';
import { vatNotes } from './vat-notes.ts';
import { unfinishedOf } from './vat-unfinished.ts';

/** Amounts are decimal texts in `currency`; rates per cent as text. */
export interface VatLineView extends Omit<VatLine, 'rate' | 'net' | 'tax' | 'gross'> {
  rate: string | null;
  net: string;
  tax: string;
  gross: string;
}

export interface VatSumView {
  jurisdiction: string;
  currency: string;
  net: string;
  tax: string;
}

export interface SettledTaxView {
  jurisdiction: string;
  currency: string;
  documents: string;
  inMonth: string;
  earlier: string;
  notYet: string;
  ofOtherMonths: string;
}

export interface VatView {
  connection: string;
  /** `2026-10` */
  month: string;
  registrations: string[];
  /** A sentence where there is nothing to report. */
  nothing: string | null;
  /** Why figures of the month may still change; none where nothing of it is known to be left. */
  unfinished: Unfinished[];
  /** Of what NetSuite holds. */
  lines: VatLineView[];
  /** Of what is planned and not posted. */
  planned: VatLineView[];
  /** The seller's, of what NetSuite holds. */
  sums: VatSumView[];
  /** Boxes of a UK return; those of purchases are null where Amazon's fee invoices are entered in NetSuite. */
  boxes: { '1': string; '4': string | null; '6': string; '7': string | null } | null;
  /** Null where the seller owes tax nowhere. */
  fees: VatFeesView | null;
  /** Null where NetSuite was not asked. */
  accounts: TaxTie[] | null;
  settlements: SettledTaxView[];
  /** Null where Amazon's report was not given. */
  amazon: VatAmazonView | null;
  /** Tax of nobody that is left without a question, by marketplace. */
  left: VatLeftView[];
  /** What the figures do not say: sentences. */
  notes: string[];
}

export interface VatAsked {
  month: string;
  /** What NetSuite's accounts say; null where it was not asked. */
  netsuite: TaxTie[] | null;
  /** From a file; null: what Amazon gave by its API. */
  amazon: { file: string; rows: readonly AmazonVatRow[] } | null;
}

const NOTHING =
  'No jurisdiction stands under tax.registrations: no document carries tax, and what Amazon collects washes in the settlements.';

const NO_TAX: TaxOfMonth = { documents: [], moves: [], journalled: { parts: [], rows: [] }, sold: [], soldMoves: [] };

export async function vatView(source: ConnectionSource, { month, netsuite, amazon }: VatAsked): Promise<VatView> {
  const { settings } = source;
  const { db } = source.store;
  const connection = settings.name;
  const registrations = settings.tax?.registrations ?? [];
  const period = { from: `${month}-01`, to: lastDayOfMonth(`${month}-01`) };
  const booked = registrations.length === 0 ? NO_TAX : await vatFactsOfMonth(db, connection, period);
  const facts = vatFactsOf(booked, (marketplace) => taxPolicyOf(settings, marketplace));
  const posted = facts.filter((fact) => fact.posted);
  const fees = registrations.length === 0 ? null : await feesPart(source, month);
  const boxes = registrations.includes('GB') ? ukBoxes(posted, fees?.invoices ?? null) : null;
  const told = amazon ?? (await storedReport(source, month));
  const comparison = told === null || registrations.length === 0 ? null : await amazonPart(source, month, facts, told);
  const left = registrations.length === 0 ? [] : await leftPart(source, period);
  const planned = vatLines(facts.filter((fact) => !fact.posted)).map(lineView);
  return {
    connection,
    month,
    registrations: [...registrations],
    nothing: registrations.length === 0 ? NOTHING : null,
    unfinished: registrations.length === 0 ? [] : await unfinishedOf(source, month, facts, fees?.view ?? null),
    lines: vatLines(posted).map(lineView),
    planned,
    sums: sellerSums(posted).map(({ jurisdiction, currency, net, tax }) => ({
      jurisdiction,
      currency,
      net: formatMinor(net, currency),
      tax: formatMinor(tax, currency),
    })),
    boxes: boxes === null ? null : boxesView(boxes),
    fees: fees?.view ?? null,
    accounts: netsuite,
    settlements: await settlementParts(source, month, posted, claimsOf(booked)),
    amazon: comparison,
    left,
    notes:
      registrations.length === 0
        ? []
        : vatNotes({
            facts,
            boxes,
            fees: fees?.view ?? null,
            amazon: comparison,
            isPlanned: planned.length > 0,
            settings: await wrongSettings(source),
            left,
          }),
  };
}

/** Tax items that the last start found on another account than the settings name. */
async function wrongSettings({ store: { db }, settings }: ConnectionSource): Promise<string[]> {
  const open = await openExceptions(db, settings.name);
  return open
    .filter(({ code, subject }) => code === 'setting-unknown' && subject.id.startsWith('tax.items.'))
    .map(({ evidence }) => evidence.what);
}

/** What Amazon gave by its API, where no file is given: the close has it, too. */
async function storedReport({ store: { db }, settings }: ConnectionSource, month: string): Promise<VatAsked['amazon']> {
  const stored = await loadVatReport(db, settings.name, month);
  return stored === null ? null : { file: `VAT report of ${stored.madeAt}`, rows: stored.rows };
}

function boxesView({ box1, box4, box6, box7 }: UkBoxes): NonNullable<VatView['boxes']> {
  const pounds = (minor: bigint) => formatMinor(minor, 'GBP');
  return {
    '1': pounds(box1),
    '4': box4 === null ? null : pounds(box4),
    '6': pounds(box6),
    '7': box7 === null ? null : pounds(box7),
  };
}

function lineView({ rate, net, tax, gross, ...line }: VatLine): VatLineView {
  const amount = (minor: bigint) => formatMinor(minor, line.currency);
  return {
    ...line,
    rate: rate === null ? null : percentOf(rate),
    net: amount(net),
    tax: amount(tax),
    gross: amount(gross),
  };
}

/** Settlements end within a day of these instants in any zone of the books. */
function around(month: string): { after: string; before: string } {
  const first = `${month}-01`;
  return { after: `${addDays(first, -2)}T00:00:00Z`, before: `${addDays(lastDayOfMonth(first), 3)}T00:00:00Z` };
}

async function settlementParts(
  { store: { db }, settings }: ConnectionSource,
  month: string,
  facts: readonly VatFact[],
  claims: readonly ClaimTax[],
): Promise<SettledTaxView[]> {
  if (settings.tax === undefined || settings.tax.registrations.length === 0) return [];
  const settled = await vatFactsSettled(db, settings.name, around(month));
  const all = [...facts, ...settled.filter((fact) => fact.posted && monthOf(fact.day) !== month)];
  const ends = await settledAt(db, settings.name, [...new Set(all.map(({ document }) => document))]);
  for (const { journal, taxes, settledAt: end } of claims)
    for (const document of [journal, ...taxes.map((tax) => tax.journal)]) ends.set(document, end);
  const zone = timeZoneOf(settings, null);
  const days = new Map([...ends].map(([document, end]) => [document, lastDayBefore(end, zone)]));
  return taxBySettlement(month, all, days).map(({ jurisdiction, currency, ...amounts }) => ({
    jurisdiction,
    currency,
    documents: formatMinor(amounts.documents, currency),
    inMonth: formatMinor(amounts.inMonth, currency),
    earlier: formatMinor(amounts.earlier, currency),
    notYet: formatMinor(amounts.notYet, currency),
    ofOtherMonths: formatMinor(amounts.ofOtherMonths, currency),
  }));
}
