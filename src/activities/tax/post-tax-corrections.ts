import { owesTax } from '../../config/tax-policy.ts';
import type { TaxCorrectionPlan } from '../../domain/tax/correct-tax.ts';
import { loadDocument, type StoredDocument } from '../../store/documents/documents.ts';
import { openCorrections } from '../../store/tax/corrections.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';
import { tieSettlement } from '../payouts/tie-settlement.ts';
import { postDocument } from '../posting/post-document.ts';
import { standAloneCall } from '../posting/stand-alone-call.ts';
import type { StoppedPosting } from '../posting/stopped-posting.ts';
import { raiseUnclearTax } from './unclear-tax.ts';

/**
 * Posts what people have decided about the tax of documents that this payout settles, and gives each its rows: a credit memo
 * that takes tax off, or an invoice that adds it. Idempotent: by `AMZ_…_CM_{orderId}-{shipmentId}-t1_1` or `AMZ_…_INV_…-t1_1`;
 * one that has its rows is done.
 */
export async function postTaxCorrections(setup: PayoutSetup): Promise<{ result: 'done' } | StoppedPosting> {
  const { connection, settlement } = setup;
  const { db, name, settings } = connection;
  if (!owesTax(settings)) return { result: 'done' };
  const open = await openCorrections(db, name, settlement.settlementId);
  for (const { externalId } of open.filter(({ isPosted }) => !isPosted)) {
    const document = await loadDocument(db, externalId);
    if (!isCorrection(document)) throw new Error(`bug: ${externalId} corrects no tax`);
    const posting = await postDocument(connection, { ...document, compared: true }, (dated) =>
      standAloneCall(connection, document.plan, document.plan.marketplace, dated),
    );
    if (posting.result === 'stopped') return posting;
    await raiseUnclearTax(connection, document.key, document.plan);
  }
  if (open.length > 0) await tieSettlement(connection, { connection: name, settlementId: settlement.settlementId });
  return { result: 'done' };
}

type StoredCorrection = StoredDocument<'bill' | 'credit'> & { plan: TaxCorrectionPlan };

function isCorrection(document: StoredDocument | null): document is StoredCorrection {
  return document !== null && 'corrects' in document.plan;
}
