import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf, memoStart } from '../../domain/identifiers/external-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { lineDescription } from '../../domain/orders/sales-order.ts';
import type { TaxCorrectionPlan } from '../../domain/tax/correct-tax.ts';
import { loadDocument, type StoredDocument } from '../../store/documents/documents.ts';
import { openCorrections } from '../../store/tax/corrections.ts';
import type { Connection } from '../connection.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';
import { tieSettlement } from '../payouts/tie-settlement.ts';
import { postDocument } from '../posting/post-document.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import {
  accountReference,
  commonFields,
  currencyReference,
  customerReference,
  serviceItemReference,
} from '../posting/references.ts';
import type { StoppedPosting } from '../posting/stopped-posting.ts';
import { raiseUnclearTax } from './unclear-tax.ts';

/**
 * Posts what people have decided about the tax of documents that this payout settles, and gives each its rows: a credit memo
 * that takes tax off, or an invoice that adds it. Idempotent: by `AMZ_…_CM_{orderId}-{shipmentId}-t1_1` or `AMZ_…_INV_…-t1_1`;
 * one that has its rows is done.
 */
export async function postTaxCorrections(setup: PayoutSetup): Promise<{ result: 'done' } | StoppedPosting> {
  const { connection, settlement } = setup;
  const { db, name } = connection;
  const open = await openCorrections(db, name, settlement.settlementId);
  for (const { externalId } of open.filter(({ isPosted }) => !isPosted)) {
    const document = await loadDocument(db, externalId);
    if (!isCorrection(document)) throw new Error(`bug: ${externalId} corrects no tax`);
    const posting = await postDocument(connection, { ...document, compared: true }, (dated) =>
      correctionCall(connection, document.plan, dated),
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

async function correctionCall(
  connection: Connection,
  plan: TaxCorrectionPlan,
  dated: JsonObject,
): Promise<PostingCall> {
  const [customer, currency, account, common] = await Promise.all([
    customerReference(connection, plan.marketplace),
    currencyReference(connection, plan.currency),
    accountReference(connection, connection.mode.account, plan.currency),
    commonFields(connection, recordTypeOf(plan.key.purpose), { withSubsidiary: true }),
  ]);
  const items = await Promise.all(
    plan.lines.map(async (line) => ({
      item: await serviceItemReference(connection, line),
      quantity: line.quantity,
      amount: decimal(formatMinor(line.amount, plan.currency)),
      description: lineDescription(line, plan.currency),
    })),
  );
  return {
    kind: 'create',
    body: {
      externalId: externalIdOf(plan.key),
      ...dated,
      entity: customer,
      currency,
      memo: memoStart(plan.key),
      otherRefNum: plan.orderId,
      account: { id: account.id },
      ...(plan.key.purpose === 'CM' ? { autoApply: false } : {}),
      ...common,
      item: { items },
    },
  };
}
