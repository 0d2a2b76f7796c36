import { patched, setCurrentDetails } from '@temporalio/workflow';
import { lookingAtAmazon, onAmazon, onStore } from '../activity-proxies.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { byItself, renderRead } from './by-itself.ts';

/**
 * One look at Amazon for settlement reports and transfers; each payout starts, or hears that what it waits for has come. One
 * of the two that fails is left to the next look.
 */
export async function payoutIntake(input: Telling): Promise<string> {
  const { connection, policy } = input;
  const [reports, transfers] = patched('each-source-by-itself-2026-12')
    ? await eachByItself(input)
    : await oneAfterTheOther(input);
  const { started, told } = await onStore(policy).tellPayouts({ connection, policy });
  const summary = `${renderRead(reports?.found, 'settlements')} found, ${renderRead(transfers?.groups, 'transfers')} read; ${started} payouts started, ${told} told.`;
  setCurrentDetails(summary);
  return summary;
}

/** Transfers after the reports, which say which of them are waited for. */
async function eachByItself({ connection, policy }: Telling) {
  const reports = await byItself(lookingAtAmazon(connection, 'reports', policy).takeInSettlements({ connection }));
  const transfers = await byItself(lookingAtAmazon(connection, 'finances', policy).takeInEventGroups({ connection }));
  return [reports, transfers] as const;
}

/** Looks that were under way before. */
async function oneAfterTheOther({ connection, policy }: Telling) {
  const reports = await onAmazon(connection, 'reports', policy).takeInSettlements({ connection });
  const transfers = await onAmazon(connection, 'finances', policy).takeInEventGroups({ connection });
  return [reports, transfers] as const;
}
