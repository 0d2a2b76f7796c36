/** What contracts say of workflows and activities, held against the code that runs. */
import { describe, expect, test } from '@jest/globals';
import type { AlertsLook } from '../../src/contracts/alerts/alerts.ts';
import type { StatementImport } from '../../src/contracts/bank/statement-import.ts';
import type { DecisionsWorkflow } from '../../src/contracts/decisions/decisions.ts';
import type { DocumentSweep } from '../../src/contracts/documents/document-sweep.ts';
import type { Housekeeping } from '../../src/contracts/housekeeping/housekeeping.ts';
import type { OrderIntake } from '../../src/contracts/intake/order-intake.ts';
import type { PayoutIntake } from '../../src/contracts/intake/payout-intake.ts';
import type { OrderLifecycle } from '../../src/contracts/orders/order-lifecycle.ts';
import type { Payout } from '../../src/contracts/payouts/payout.ts';
import type { SettlementImport } from '../../src/contracts/payouts/settlement-import.ts';
import type { BalancesOnWorkflow } from '../../src/contracts/period/balances-on.ts';
import type { CloseLook, CloseMonth } from '../../src/contracts/period/close.ts';
import type { PopulationIntake } from '../../src/contracts/period/population-intake.ts';
import type { Reconciler } from '../../src/contracts/reconciler/reconciler.ts';
import type { ConnectionCheck } from '../../src/contracts/setup/connection-check.ts';
import type { Inbound } from '../../src/contracts/stock/inbound.ts';
import type { Stock } from '../../src/contracts/stock/stock.ts';
import type { TaxLook } from '../../src/contracts/tax/tax-look.ts';
import type { TaxTieWorkflow } from '../../src/contracts/tax/tax-tie.ts';
import type { TieOutWorkflow } from '../../src/contracts/tie-out/tie-out.ts';
import type { WorkflowContract } from '../../src/contracts/workflow.ts';
import { parseWorkflowId } from '../../src/domain/identifiers/workflow-id.ts';
import type { onAmazon, onNetSuite, onStore } from '../../src/workflows/activity-proxies.ts';
import type * as workflows from '../../src/workflows/all-workflows.ts';
import { read, sourceFiles } from '../repo/project.ts';

type Workflows = typeof workflows;
/** Compiles only where the function that runs is the one that the contract promises. */
type Promised<Name extends keyof Workflows, Contract> = Workflows[Name] extends Contract ? Name : never;
const PROMISED: string[] = [
  'alerts' satisfies Promised<'alerts', AlertsLook>,
  'orderLifecycle' satisfies Promised<'orderLifecycle', OrderLifecycle>,
  'payout' satisfies Promised<'payout', Payout>,
  'settlementImport' satisfies Promised<'settlementImport', SettlementImport>,
  'decisions' satisfies Promised<'decisions', DecisionsWorkflow>,
  'orderIntake' satisfies Promised<'orderIntake', OrderIntake>,
  'payoutIntake' satisfies Promised<'payoutIntake', PayoutIntake>,
  'populationIntake' satisfies Promised<'populationIntake', PopulationIntake>,
  'reconciler' satisfies Promised<'reconciler', Reconciler>,
  'statementImport' satisfies Promised<'statementImport', StatementImport>,
  'documentSweep' satisfies Promised<'documentSweep', DocumentSweep>,
  'housekeeping' satisfies Promised<'housekeeping', Housekeeping>,
  'tax' satisfies Promised<'tax', TaxLook>,
  'taxTie' satisfies Promised<'taxTie', TaxTieWorkflow>,
  'tieOut' satisfies Promised<'tieOut', TieOutWorkflow>,
  'stock' satisfies Promised<'stock', Stock>,
  'inbound' satisfies Promised<'inbound', Inbound>,
  'balancesOn' satisfies Promised<'balancesOn', BalancesOnWorkflow>,
  'closeLook' satisfies Promised<'closeLook', CloseLook>,
  'closeMonth' satisfies Promised<'closeMonth', CloseMonth>,
  'connectionCheck' satisfies Promised<'connectionCheck', ConnectionCheck>,
];

/** Every contract of a workflow that stands in `src/contracts`. */
async function allContracts(): Promise<WorkflowContract<never, string[]>[]> {
  const files = sourceFiles().filter(
    (path) => path.startsWith('src/contracts/') && read(path).includes('= workflowContract<'),
  );
  const modules = await Promise.all(files.map((path) => import(`../../${path}`) as Promise<Record<string, unknown>>));
  return modules
    .flatMap((module) => Object.values(module))
    .filter(
      (value): value is WorkflowContract<never, string[]> =>
        typeof value === 'object' && value !== null && 'idOf' in value,
    );
}

describe('contracts', () => {
  test('each workflow of the bundle has its contract under the name by which it is started', async () => {
    expect((await allContracts()).map(({ name }) => name).sort()).toEqual([...PROMISED].sort());
    const exported = [...read('src/workflows/all-workflows.ts').matchAll(/export \{ (\w+) \}/g)].map(
      ([, name]) => name,
    );
    expect(exported.sort()).toEqual([...PROMISED].sort());
  });

  test('an id names its connection and its key, and no two kinds share one', async () => {
    const contracts = await allContracts();
    const kinds = contracts.map(({ idOf }) => parseWorkflowId(idOf('shop-us', 'a1b2c3')));
    expect(kinds.every((parsed) => parsed?.connection === 'shop-us')).toBe(true);
    // A month's close has the name of the look at all of them, and its month behind it.
    expect(new Set(kinds.map((parsed) => `${parsed!.kind} ${parsed!.key !== null}`)).size).toBe(contracts.length);
  });

  test('an activity is known on its own queue alone: any other does not compile', () => {
    type Store = keyof ReturnType<typeof onStore>;
    type NetSuite = keyof ReturnType<typeof onNetSuite>;
    type Reports = keyof ReturnType<typeof onAmazon<'reports'>>;
    // @ts-expect-error a journal is posted on NetSuite's queue
    const journal: Store = 'postJournal';
    // @ts-expect-error rows are staged on the store's queue
    const staged: NetSuite = 'stageSettlement';
    // @ts-expect-error refunds are read by the family of finances
    const refunds: Reports = 'takeInRefunds';
    const right: [Store, NetSuite, Reports] = ['stageSettlement', 'postJournal', 'takeInSettlements'];
    expect([journal, staged, refunds, ...right]).toHaveLength(6);
  });
});
