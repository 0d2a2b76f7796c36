import { createHash } from 'node:crypto';
import { accountOf } from '../../config/connection.ts';
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { BookFeeInvoice } from '../../contracts/decisions/tax-decisions.ts';
import { TAX_LOOK } from '../../contracts/tax/tax-look.ts';
import { isFeeRole } from '../../domain/mapping/roles.ts';
import { dayIn, type Instant } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import {
  explainRefusedInvoice,
  feeInvoiceKey,
  feeJournal,
  invoiceNumber,
  renderInvoice,
  type FeeInvoice,
} from '../../domain/tax/fee-invoices.ts';
import type { Database } from '../../store/database.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { aloneOnInvoices, invoiceByNumber, storeInvoice } from '../../store/tax/fee-invoices.ts';
import type { Connection } from '../connection.ts';
import { wakeSchedule } from '../wake-schedule.ts';
import { refuseDecision } from './refuse-decision.ts';
import { refuseTax, taxAmountOf } from './refuse-tax.ts';
import { journalNamed, taxJournalId, writeTaxJournal, type DecidedJournal } from './write-tax-journal.ts';

/**
 * Enters one of Amazon's invoices for fees: where VAT is charged its journal is written down, dated the invoice, and the next
 * look at tax posts it. Idempotent: the same once more finds what was entered, by whom and when; the same number with other
 * figures is refused.
 * @throws ApplicationFailure `TAX_REFUSED`, `ACCOUNT_MISSING` with why; nothing is stored then
 */
export async function decideBookFeeInvoice(
  connection: Connection,
  { decision }: Deciding<BookFeeInvoice>,
): Promise<DecisionResult> {
  const at = await connection.now();
  const invoice = invoiceOf(connection, decision, at);
  const result = await aloneOnInvoices(connection.db, connection.name, (tx) =>
    take(tx, connection, invoice, { ...decision, at }),
  );
  await wakeSchedule(connection, TAX_LOOK);
  return result;
}

async function take(
  tx: Database,
  { name, settings }: Connection,
  invoice: FeeInvoice,
  { by, why, at }: { by: string; why: string; at: Instant },
): Promise<DecisionResult> {
  const { number, currency, net, tax, marketplace, day } = invoice;
  const before = await invoiceByNumber(tx, name, number);
  if (before !== null) {
    const again = { ...invoice, number: before.number };
    if (renderInvoice(before) !== renderInvoice(again) || before.marketplace !== marketplace)
      throw refuseTax(`Invoice ${number} was entered with other figures by ${before.by}: ${renderInvoice(before)}.`);
    return { ...said(name, before), audit: before.audit, already: { by: before.by, at: before.at } };
  }
  const journal = journalOf(name, invoice);
  const document = journal.plan === null ? null : taxJournalId(journal);
  const amounts = { net: formatMinor(net, currency), tax: formatMinor(tax, currency) };
  const audit = await recordAudit(tx, name, {
    action: 'book-fee-invoice',
    detail: { ...invoice, ...amounts, document },
    by,
    why,
    at,
  });
  await writeTaxJournal(tx, settings, journal, { day, currency, marketplace, orderId: null });
  await storeInvoice(tx, name, invoice, { document, by, at, audit });
  return { ...said(name, invoice), audit };
}

function journalOf(connection: string, invoice: FeeInvoice): DecidedJournal {
  const sha256 = createHash('sha256').update(invoice.number).digest('hex');
  return { connection, businessKey: feeInvoiceKey(invoice.number, sha256), plan: feeJournal(invoice) };
}

function said(connection: string, invoice: FeeInvoice): Omit<DecisionResult, 'audit'> {
  const detail = renderInvoice(invoice);
  return { released: 0, choice: invoice.treatment, detail, ...journalNamed(journalOf(connection, invoice)) };
}

function invoiceOf({ name, settings }: Connection, decision: BookFeeInvoice, at: Instant): FeeInvoice {
  const { date: day, jurisdiction, role, treatment } = decision;
  const number = invoiceNumber(decision.number);
  const { tax: policy } = settings;
  if (policy?.feeInvoices !== 'ours')
    throw refuseTax(
      `Amazon's fee invoices are entered in NetSuite as vendor bills (tax.feeInvoices: netsuite of ${name}): a journal would reclaim their tax twice. Set tax.feeInvoices: ours where nobody enters them there.`,
    );
  if (!policy.registrations.includes(jurisdiction))
    throw refuseTax(`The seller owes no tax in ${jurisdiction}: it is not among tax.registrations of ${name}.`);
  if (!isFeeRole(role)) throw refuseTax(`"${role}" is no role of fees.`);
  const marketplace = marketplaceOfInvoice(settings, decision);
  const zone = timeZoneOf(settings, marketplace);
  if (day > dayIn(at, zone)) throw refuseTax(`Invoice ${number} is of ${day}, which is still to come.`);
  if (day < dayIn(settings.cutOver, zone))
    throw refuseTax(`Invoice ${number} is of ${day}, before the cut-over: the books before have it.`);
  const currency = currencyOfMarketplace(marketplaceById(marketplace)!);
  const [net, tax] = [decision.net, decision.tax].map((text) => taxAmountOf(text, currency)) as [bigint, bigint];
  const rates = Object.values(taxPolicyOf(settings, marketplace).rates[jurisdiction] ?? {});
  const highest = rates.reduce((most, rate) => (rate > most ? rate : most), 0n);
  const problem = explainRefusedInvoice({ treatment, net, tax }, highest);
  if (problem !== null) throw refuseTax(problem);
  if (treatment === 'charged' && accountOf(settings, 'input-tax', currency, jurisdiction) === null)
    throw refuseDecision('ACCOUNT_MISSING', `The connection ${name} names no account for input-tax:${jurisdiction}.`);
  return { number, day, marketplace, jurisdiction, role, treatment, currency, net, tax };
}

/** The one that is named, else the one of the jurisdiction. */
function marketplaceOfInvoice(settings: Connection['settings'], { marketplace, jurisdiction }: BookFeeInvoice): string {
  const { name } = settings;
  const known = settings.marketplaces.map(({ id }) => id);
  if (marketplace !== undefined) {
    if (known.includes(marketplace)) return marketplace;
    throw refuseTax(`The connection ${name} has no marketplace ${marketplace}: it has ${known.join(', ')}.`);
  }
  const own = known.filter((id) => taxPolicyOf(settings, id).jurisdiction === jurisdiction);
  if (own.length === 1) return own[0]!;
  throw refuseTax(`Name the marketplace whose fees the invoice is for: ${known.join(', ')}.`);
}
