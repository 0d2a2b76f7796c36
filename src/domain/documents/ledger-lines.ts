import type { Role } from '../mapping/roles.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import { asShown } from './document-kinds.ts';
import { hasPlan, type Planned } from './document-plans.ts';

export interface LedgerLine {
  role: Role;
  /** Of tax that is a jurisdiction's. */
  jurisdiction?: Jurisdiction;
  /** Minor units, debit positive. */
  amount: bigint;
}

/** What a document of a payout puts on the connection's roles. Those of orders stand on accounts that items own: none. */
export function ledgerLines(document: Planned & { total: bigint }): LedgerLine[] {
  if (hasPlan(document, 'journal'))
    return document.plan.lines.map(({ role, jurisdiction, debit, credit }) => ({
      role,
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
      amount: debit - credit,
    }));
  if (hasPlan(document, 'payment')) {
    const cleared = asShown(document.key.purpose, document.total);
    return [
      { role: 'clearing', amount: cleared },
      { role: 'receivable', amount: -cleared },
    ];
  }
  if (hasPlan(document, 'movement')) {
    const { account, against, amount } = document.plan;
    return [
      { role: account, amount },
      { role: against, amount: -amount },
    ];
  }
  return [];
}
