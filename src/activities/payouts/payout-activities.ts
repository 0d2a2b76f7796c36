import type {
  PayoutNetSuiteActivities,
  PayoutOrdersActivities,
  PayoutReportsActivities,
  PayoutStoreActivities,
} from '../../contracts/payouts/payout-activities.ts';
import type { Bind } from '../bind.ts';
import { applyPayout } from './apply-payout.ts';
import { classifySettlement } from './classify-settlement.ts';
import { importSettlement } from './import-settlement.ts';
import { makeEarlierOrders } from './make-earlier-orders.ts';
import { matchMovements } from './match-movements.ts';
import { postJournal } from './post-journal.ts';
import { postMovements } from './post-movements.ts';
import { provePayout } from './prove-payout.ts';
import { stageSettlement } from './stage-settlement.ts';
import { takeInEarlierShipments } from './take-in-earlier-shipments.ts';
import { tieSettlement } from './tie-settlement.ts';

export const payoutStoreActivities = (bind: Bind): PayoutStoreActivities => ({
  stageSettlement: bind(stageSettlement),
  classifySettlement: bind(classifySettlement),
  tieSettlement: bind(tieSettlement),
  matchMovements: bind(matchMovements),
  importSettlement: bind(importSettlement),
});

export const payoutNetSuiteActivities = (bind: Bind): PayoutNetSuiteActivities => ({
  postJournal: bind(postJournal),
  applyPayout: bind(applyPayout),
  postMovements: bind(postMovements),
  provePayout: bind(provePayout),
});

export const payoutReportsActivities = (bind: Bind): PayoutReportsActivities => ({
  takeInEarlierShipments: bind(takeInEarlierShipments),
});

export const payoutOrdersActivities = (bind: Bind): PayoutOrdersActivities => ({
  makeEarlierOrders: bind(makeEarlierOrders),
});
