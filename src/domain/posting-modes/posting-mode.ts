/** What a posting mode decides (accounting.md, *One rule*): each amount has one owner, a document of its order or the journal. */
import type { PurposeOf, SalesPurpose } from '../documents/document-kinds.ts';
import type { Role } from '../mapping/roles.ts';
import type { DispatchPlan, InvoicePlan } from '../orders/dispatch.ts';
import type { OrderFact, RefundFact, ShipmentFact } from '../orders/order-facts.ts';
import type { RefundPlan } from '../orders/refund.ts';
import type { BilledSale } from '../orders/whole-units.ts';
import type { ExplainedBalance, LedgerFacts } from '../payouts/ledger-facts.ts';

/** Whose rows documents own: the journal clears those, and recognises the others. */
export interface ClearingRule {
  owned: 'sales-and-refunds' | 'refunds';
}

export interface PostingMode extends ClearingRule {
  sale: {
    /** What a shipment becomes; its plan is null where nothing is billed. */
    bill: {
      purpose: PurposeOf<'bill'>;
      plan(
        connection: string,
        order: OrderFact,
        shipment: ShipmentFact,
        earlier: readonly ShipmentFact[],
        timeZone: string,
      ): InvoicePlan | null;
    };
    /** What the bill could not carry, since it would be below zero; its plan is null where nothing was cut. */
    belowZero: {
      purpose: PurposeOf<'credit'>;
      plan(
        connection: string,
        shipment: ShipmentFact,
        cut: InvoicePlan['cut'],
        timeZone: string,
      ): DispatchPlan<PurposeOf<'credit'>> | null;
    };
  };
  /** What a refund becomes, one that Amazon takes back too. `number`: which it is of those of one order and second. */
  refund(
    connection: string,
    refund: RefundFact,
    sale: BilledSale | null,
    timeZone: string,
    number?: number,
  ): RefundPlan;
  /** The account that documents of sales and refunds stand on. */
  account: Role;
  /** The document that owns an amount of a sale or refund, signed as in the settlement: money that came, or that went. */
  ownerOf(amount: bigint): SalesPurpose;
  /** Documents that a payout settles, each by what its kind says. */
  applied: readonly SalesPurpose[];
  /** What the balances must be that documents and journal hand to each other. */
  explain(facts: Pick<LedgerFacts, 'documents' | 'settlements'>): ExplainedBalance[];
}
