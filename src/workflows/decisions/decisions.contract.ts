import { defineUpdate } from '@temporalio/workflow';
import type { ActivityPolicy } from '../activity-policy.ts';

export interface DecisionsInput {
  connection: string;
  policy: ActivityPolicy;
  /** Decisions after which it continues as new; a test lowers it. */
  decisionsPerRun: number;
}

/** `item` is NetSuite's itemid. */
export interface MapSku { sku: string; item: string; by: string; why?: string }
export interface MapAmount { transactionType: string; amountType: string; amountDescription: string; role: string; by: string; why?: string }
/** `document` is the external id of an invoice or credit memo that was settled for more or for less than it is; an approved action says why. */
export interface SettleDifference { document: string; choice: 'variance' | 'leave'; by: string; why: string }

/** What a decision did: its number in the audit record, who was released, and words about the choice. */
export interface DecisionResult { audit: number; released: number; choice: string; detail: string }

export const mapSku = defineUpdate<DecisionResult, [MapSku]>('mapSku');
export const mapAmount = defineUpdate<DecisionResult, [MapAmount]>('mapAmount');
export const settleDifference = defineUpdate<DecisionResult, [SettleDifference]>('settleDifference');
