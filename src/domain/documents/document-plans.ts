/** What each kind of document keeps of how it was planned, by the name that its row in `document-kinds.ts` gives. */
import { parseExternalId, type DocumentKey } from '../identifiers/external-id.ts';
import type { StoredJournalPart } from '../journal/journal-plan.ts';
import type { MovementPlan } from '../matching/movement.ts';
import type { DispatchPlan, InvoicePlan } from '../orders/dispatch.ts';
import type { RefundPlan } from '../orders/refund.ts';
import type { SalesOrderPlan } from '../orders/sales-order.ts';
import type { AccrualPlan } from '../period/plan-accrual.ts';
import type { TaxCorrectionPlan } from '../tax/correct-tax.ts';
import type { TaxJournalPlan } from '../tax/tax-journal.ts';
import type { Adjustment, Receipt, Transfer } from '../stock/kept-stock.ts';
import type { PaymentPlan } from '../payouts/plan-applications.ts';
import {
  isSalesPurpose,
  kindOf,
  type PlanName,
  type Purpose,
  type PurposeOf,
  type SalesPurpose,
} from './document-kinds.ts';

/** Never computed again once it is written down. A sale below zero has a memo of what was cut, a refund that was taken back an invoice. */
interface DocumentPlans {
  order: SalesOrderPlan;
  fulfilment: DispatchPlan<'IF'>;
  bill: InvoicePlan | RefundPlan | TaxCorrectionPlan<'INV'>;
  return: RefundPlan;
  credit: DispatchPlan<'CM'> | RefundPlan | TaxCorrectionPlan<'CM'>;
  journal: StoredJournalPart;
  movement: MovementPlan;
  payment: PaymentPlan;
  adjustment: Omit<Adjustment, 'key' | 'day'>;
  transfer: Omit<Transfer, 'key' | 'day'>;
  receipt: Omit<Receipt, 'key' | 'day'>;
  'tax-journal': TaxJournalPlan;
  accrual: AccrualPlan;
}

/** Key and plan of a document of the kinds that keep this plan. */
export interface PlannedAs<Plan extends PlanName> {
  key: DocumentKey<PurposeOf<Plan>>;
  plan: DocumentPlans[Plan];
}
/** Key and plan of any document that is posted: a union, told apart by {@link hasPlan}. */
export type Planned = { [Plan in PlanName]: PlannedAs<Plan> }[PlanName];

interface Keyed {
  key: { purpose: Purpose };
}

/** Whether a document is of the kinds that keep this plan. */
export function hasPlan<D extends Keyed, Plan extends PlanName>(
  document: D,
  plan: Plan,
): document is Extract<D, { key: { purpose: PurposeOf<Plan> } }> {
  return kindOf(document.key.purpose).plan === plan;
}

/** Those of a union that may be of a kind. */
type OfKind<D extends Keyed, P extends Purpose> = D extends { key: { purpose: infer Own } }
  ? P extends Own
    ? D
    : never
  : never;

/** Whether a document is of one kind. */
export function isKind<D extends Keyed, P extends Purpose>(document: D, purpose: P): document is OfKind<D, P> {
  return document.key.purpose === purpose;
}

/** The plan of the refund that a document was made of; null where it was made of a sale. */
export function refundPlanOf({ plan }: Planned): RefundPlan | null {
  return 'returnAuthorisation' in plan ? plan : null;
}

/** Key of an external id that is of a kind with this plan. @throws Error `bug:` where it is of another */
export function keyPlannedAs<Plan extends PlanName>(externalId: string, plan: Plan): DocumentKey<PurposeOf<Plan>> {
  const key = parseExternalId(externalId);
  if (key === null || kindOf(key.purpose).plan !== plan)
    throw new Error(`bug: ${externalId} keeps no plan of a ${plan}`);
  return key as DocumentKey<PurposeOf<Plan>>;
}

/** Purpose of a document that owns rows of settlements, by its external id. @throws Error `bug:` where it is none */
export function salesPurposeOf(externalId: string): SalesPurpose {
  const purpose = parseExternalId(externalId)?.purpose;
  if (purpose === undefined || !isSalesPurpose(purpose))
    throw new Error(`bug: ${externalId} owns no rows of a settlement`);
  return purpose;
}
