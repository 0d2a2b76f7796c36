/** What the workflow bundle holds. */
export { orderLifecycle } from './orders/order-lifecycle.ts';
export { payout } from './payouts/payout.ts';
export { settlementImport } from './payouts/settlement-import.ts';
export { decisions } from './decisions/decisions.ts';
export { orderIntake } from './intake/order-intake.ts';
export { payoutIntake } from './intake/payout-intake.ts';
export { populationIntake } from './period/population-intake.ts';
export { reconciler } from './reconciler/reconciler.ts';
export { statementImport } from './bank/statement-import.ts';
export { housekeeping } from './housekeeping/housekeeping.ts';
export { tax } from './tax/tax.ts';
export { taxTie } from './tax/tax-tie.ts';
export { tieOut } from './tie-out/tie-out.ts';
export { connectionCheck } from './setup/connection-check.ts';
export { inbound } from './stock/inbound.ts';
export { stock } from './stock/stock.ts';
