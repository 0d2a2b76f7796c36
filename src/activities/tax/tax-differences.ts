/** What a settled document proves of its tax: who owes it, and how Amazon splits it. */
import { owesTax, taxPolicyOf } from '../../config/tax-policy.ts';
import { payoutSubject, type RaisedException } from '../../domain/exceptions/exception.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { differenceOf, type DocumentStanding } from '../../domain/payouts/document-standing.ts';
import { ROUNDING } from '../../domain/payouts/settled-by.ts';
import { splitOf, taxStandingOf, type CollectorFound, type TaxStanding } from '../../domain/tax/collector-differs.ts';
import type { Database } from '../../store/database.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import type { SalesDocument } from '../../store/documents/sales-documents.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { taxFactsOf } from '../../store/tax/tax-standings.ts';
import type { Connection } from '../connection.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';

/** By external id; none where the seller owes tax nowhere. */
export async function taxesProven(
  db: Database,
  { name, settings }: Pick<Connection, 'name' | 'settings'>,
  documents: readonly SalesDocument[],
): Promise<ReadonlyMap<string, TaxStanding>> {
  if (!owesTax(settings)) return new Map();
  const facts = await taxFactsOf(db, name, documents);
  return new Map([...facts].map(([externalId, fact]) => [externalId, taxStandingOf(fact)]));
}

/**
 * A document whose total is off by exactly the tax.
 * @param correctable whether it can be owed as its rows say: a refund gives back no tax that its sale has not, and a sale loses none that was given back
 */
export function collectorDiffers(
  { settlement: { settlementId, currency } }: PayoutSetup,
  { externalId, orderId }: SalesDocument,
  standing: DocumentStanding,
  { owedBy, amount, items }: CollectorFound,
  correctable: boolean,
): RaisedException {
  const tax = renderMoney(amount, currency);
  return {
    code: 'tax-collector-differs',
    key: externalId,
    subject: payoutSubject(settlementId),
    evidence: {
      what:
        !correctable && owedBy === 'amazon'
          ? `${externalId} carries ${tax} of tax as the seller's, Amazon withheld it, and refunds have given back of it before`
          : !correctable
            ? `${externalId} carries no tax, nor does its sale so much of the seller's, and its rows give back ${tax} of it that Amazon did not withhold`
            : owedBy === 'amazon'
              ? `${externalId} carries ${tax} of tax as the seller's, and Amazon withheld it`
              : `${externalId} carries no tax${items === null ? '' : ` of ${items.length === 1 ? 'one item' : `${items.length} items`}`}, and Amazon hands over ${tax} of it that nobody withheld`,
      atStake: -differenceOf(standing),
      currency,
    },
    remedy: correctable
      ? { kind: 'correct-tax', order: orderId, document: externalId, ...(owedBy === 'seller' ? { orLeave: true } : {}) }
      : {
          kind: 'settle-difference',
          first:
            owedBy === 'amazon'
              ? `Have Amazon give back what it withheld of order ${orderId}: refunds have given tax of it back as the seller's, so that taking it off would give it back twice; until it does it stays on sales-tax-payable`
              : `Look in Seller Central why the refund of order ${orderId} gives back tax that its sale has not as the seller's: where it was Amazon's, have Amazon put it right; until it does, and where the sale's own stands there, it stays on sales-tax-payable`,
          document: externalId,
          choice: 'leave',
        },
  };
}

/** Amazon rounds a line otherwise: written down once, so that it can be counted. */
async function countRounding(
  connection: Connection,
  settlementId: string,
  document: string,
  amount: string,
): Promise<void> {
  const { db, name } = connection;
  if ((await lastAuditOf(db, name, 'tax-rounding', { document })) !== null) return;
  const why = 'net and tax that Amazon rounds otherwise';
  const detail = { document, settlementId, amount };
  await recordAudit(db, name, { action: 'tax-rounding', detail, by: ROUNDING, why, at: await connection.now() });
}

/**
 * Settled for just its total, and Amazon splits it otherwise into net and tax: beyond a minor unit a line it is raised, and
 * holds nothing up. Where Amazon calculates no tax there is nothing to compare.
 */
export async function raiseSplits(
  { connection, settlement: { settlementId, currency } }: PayoutSetup,
  documents: readonly SalesDocument[],
  standings: ReadonlyMap<string, DocumentStanding>,
  taxes: ReadonlyMap<string, TaxStanding>,
): Promise<void> {
  if (taxes.size === 0) return;
  const { db, name, settings } = connection;
  const open = new Set(await openKeys(db, name, 'tax-split-differs'));
  for (const { externalId, orderId, of, marketplaceId, marketplaceName } of documents) {
    const tax = taxes.get(externalId)!;
    const split = splitOf(standings.get(externalId)!, tax);
    // A refund of a sale from before Amazon calculated is told as that was: with its tax in the price.
    const isInPrice = of === 'refund' && tax.settled === 0n && tax.withheld === 0n;
    const calculates = !isInPrice && taxPolicyOf(settings, marketplaceId ?? marketplaceName).calculatedBy === 'amazon';
    if (split.isRounding || !calculates) {
      if (calculates && split.amount !== 0n)
        await countRounding(connection, settlementId, externalId, formatMinor(split.amount, currency));
      if (open.has(externalId))
        await connection.resolve('tax-split-differs', externalId, 'its rows have just its tax now');
      continue;
    }
    await connection.raise({
      code: 'tax-split-differs',
      key: externalId,
      subject: payoutSubject(settlementId),
      evidence: {
        what: `${externalId} has ${renderMoney(tax.documented, currency)} of tax, and the rows that settle it ${renderMoney(tax.settled, currency)}; the total is the same`,
        atStake: split.amount,
        currency,
      },
      remedy: {
        kind: 'look',
        where: `Compare order ${orderId} with Amazon's VAT report: rates and classes under tax in the configuration may be wrong for it`,
      },
    });
  }
}
