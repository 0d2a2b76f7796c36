import type { ReconcilerActivities } from '../../contracts/reconciler/reconciler.ts';
import type { Bind } from '../bind.ts';
import { takeUpOrders } from './take-up-orders.ts';
import { takeUpPayouts } from './take-up-payouts.ts';

export const reconcilerActivities = (bind: Bind): ReconcilerActivities => ({
  takeUpOrders: bind(takeUpOrders),
  takeUpPayouts: bind(takeUpPayouts),
});
