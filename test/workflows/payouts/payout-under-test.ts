import { PAYOUT } from '../../../src/contracts/payouts/payout.ts';
import type { PayoutStopped } from '../../../src/contracts/payouts/payout-activities.ts';
import type { ActivityName, Script } from '../fake-activities.ts';
import type { RunUnderTest, WorkflowsUnderTest } from '../workflows-under-test.ts';

export const STAGED = { result: 'staged', rows: 17 } as const;
export const CLASSIFIED = { result: 'classified' } as const;
export const NONE_MISSING = { missing: 0, missingBeforeCutOver: 0 };
export const POSTED = { result: 'done', externalIds: [] as string[] } as const;
export const APPLIED = { result: 'done', applied: 2, left: 0 } as const;
export const MATCHED = { matched: ['payout'], open: 0, failed: 0 };
export const NO_LINE = { matched: [], open: 1, failed: 0 };
export const TIED = { tied: true } as const;
export const untied = (reason: string) => ({ tied: false as const, reissued: false, reasons: [reason] });
export const stopped = (exception: number): PayoutStopped => ({
  result: 'stopped',
  exception,
  sentence: 'NetSuite refuses it.',
});

/** The answers of one way through, from the report to its proof. */
export const ONE_WAY = {
  stageSettlement: [STAGED],
  classifySettlement: [CLASSIFIED],
  takeInEarlierShipments: [{ seen: 0 }],
  makeEarlierOrders: [{ orders: 0 }],
  tieSettlement: [NONE_MISSING],
  postJournal: [POSTED],
  applyPayout: [APPLIED],
  matchMovements: [MATCHED],
  postMovements: [POSTED],
  provePayout: [TIED],
} satisfies Script;
export const UNTIL_TIES = [
  'stageSettlement',
  'classifySettlement',
  'takeInEarlierShipments',
  'makeEarlierOrders',
  'tieSettlement',
] as const;
/** What is done again at each look, once the journal stands. */
export const LOOK = ['applyPayout', 'matchMovements', 'postMovements', 'provePayout'] as const;
export const EVERY_STEP = [...UNTIL_TIES, 'postJournal', ...LOOK];

/** The answers of several ways, each from the report on, one after the other. */
export function oneAfterAnother(...ways: Script[]): Script {
  const names = new Set(ways.flatMap((way) => Object.keys(way) as ActivityName[]));
  return Object.fromEntries(
    [...names].map((name) => [name, ways.flatMap((way): readonly unknown[] => way[name] ?? [])]),
  );
}

export function startPayout(workflows: WorkflowsUnderTest, script: Script): Promise<RunUnderTest> {
  const { connection, policy } = workflows;
  const settlementId = '27000000001';
  return workflows.start(PAYOUT, [settlementId], { connection, policy, settlementId }, script);
}
