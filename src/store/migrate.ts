import { Migrator, type Kysely } from 'kysely';
import * as mainPath from './migrations/0001-main-path.ts';
import * as revisions from './payouts/migrations/0002-revisions.ts';
import * as gauges from './limits/migrations/0003-gauges.ts';
import * as exceptionsAsData from './exceptions/migrations/0004-exceptions-as-data.ts';
import * as chains from './payouts/migrations/0005-chains.ts';
import * as sameAs from './decisions/migrations/0006-same-as.ts';
import * as bankLines from './bank/migrations/0007-bank-lines.ts';
import * as refundTransactions from './orders/migrations/0008-refund-transactions.ts';
import * as movementDocuments from './payouts/migrations/0009-movement-documents.ts';
import * as unclearRefunds from './orders/migrations/0010-unclear-refunds.ts';
import * as settledSetOffs from './payouts/migrations/0011-settled-set-offs.ts';
import * as trueDay from './documents/migrations/0012-true-day.ts';
import * as retention from './retention/migrations/0013-retention.ts';
import * as stepFailures from './exceptions/migrations/0014-step-failures.ts';
import * as clockSkews from './intake/migrations/0015-clock-skews.ts';
import * as payoutWorks from './payouts/migrations/0016-payout-works.ts';
import * as namedInColumns from './payouts/migrations/0017-named-in-columns.ts';
import * as skuUnits from './decisions/migrations/0018-sku-units.ts';
import * as stock from './stock/migrations/0019-stock.ts';
import * as stockPlanning from './stock/migrations/0020-stock-planning.ts';
import * as lastStandings from './stock/migrations/0021-last-standings.ts';
import * as taxCorrections from './tax/migrations/0022-tax-corrections.ts';
import * as fulfilmentsOfOrders from './stock/migrations/0023-fulfilments-of-orders.ts';
import * as taxJournals from './tax/migrations/0025-tax-journals.ts';
import * as vatReports from './tax/migrations/0026-vat-reports.ts';
import * as auditChain from './audit/migrations/0027-audit-chain.ts';
import * as populations from './period/migrations/0028-populations.ts';
import * as close from './period/migrations/0029-close.ts';
import * as createdFrom from './stock/migrations/0030-created-from.ts';
import * as receiptsBefore from './stock/migrations/0031-receipts-before.ts';
import * as documentsMoved from './stock/migrations/0032-documents-moved.ts';
import * as accruals from './period/migrations/0033-accruals.ts';
import * as splits from './profit/migrations/0035-splits.ts';
import * as lastRead from './period/migrations/0036-last-read.ts';
import * as unbilledTaxLines from './orders/migrations/0038-unbilled-tax-lines.ts';
import * as documentReads from './documents/migrations/0044-document-reads.ts';
import * as carriedFindings from './period/migrations/0045-carried-findings.ts';
import * as alerts from './alerts/migrations/0041-alerts.ts';
import * as exceptionNotes from './exceptions/migrations/0040-exception-notes.ts';
import * as unreadInputs from './intake/migrations/0039-unread-inputs.ts';

const MIGRATIONS = {
  '0001-main-path': mainPath,
  '0002-revisions': revisions,
  '0003-gauges': gauges,
  '0004-exceptions-as-data': exceptionsAsData,
  '0005-chains': chains,
  '0006-same-as': sameAs,
  '0007-bank-lines': bankLines,
  '0008-refund-transactions': refundTransactions,
  '0009-movement-documents': movementDocuments,
  '0010-unclear-refunds': unclearRefunds,
  '0011-settled-set-offs': settledSetOffs,
  '0012-true-day': trueDay,
  '0013-retention': retention,
  '0014-step-failures': stepFailures,
  '0015-clock-skews': clockSkews,
  '0016-payout-works': payoutWorks,
  '0017-named-in-columns': namedInColumns,
  '0018-sku-units': skuUnits,
  '0019-stock': stock,
  '0020-stock-planning': stockPlanning,
  '0021-last-standings': lastStandings,
  '0022-tax-corrections': taxCorrections,
  '0023-fulfilments-of-orders': fulfilmentsOfOrders,
  '0025-tax-journals': taxJournals,
  '0026-vat-reports': vatReports,
  '0027-audit-chain': auditChain,
  '0028-populations': populations,
  '0029-close': close,
  '0030-created-from': createdFrom,
  '0031-receipts-before': receiptsBefore,
  '0032-documents-moved': documentsMoved,
  '0033-accruals': accruals,
  '0035-splits': splits,
  '0036-last-read': lastRead,
  '0038-unbilled-tax-lines': unbilledTaxLines,
  '0039-unread-inputs': unreadInputs,
  '0040-exception-notes': exceptionNotes,
  '0041-alerts': alerts,
  '0044-document-reads': documentReads,
  '0045-carried-findings': carriedFindings,
};

export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** Brings the schema up to date; several processes may call it at once (kysely takes an advisory lock). */
export async function migrate<DB>(db: Kysely<DB>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
