import { setCurrentDetails, uuid4 } from '@temporalio/workflow';
import { renderAlertsTold, type ToldOver } from '../../domain/alerts/render-alerts-told.ts';
import type { AlertsInput } from '../../contracts/alerts/alerts.ts';
import { onStore } from '../activity-proxies.ts';

/** What opened and ended, a digest and a test are three messages at most; what comes meanwhile is the next look's. */
const MESSAGES_A_LOOK = 3;

/** Finds what people are to be told and sends it, each channel by itself, so that one that hangs holds up no other. */
export async function alerts({ connection, policy, test }: AlertsInput): Promise<string> {
  const store = onStore(policy);
  const { channels } = await store.planAlerts({
    connection,
    ...(test === undefined ? {} : { test: { channel: test, act: uuid4() } }),
  });
  const told = await Promise.all(
    channels.map(async (channel): Promise<ToldOver> => {
      for (let sent = 1; ; sent += 1) {
        const { result, problem, more } = await store.sendAlert({
          connection,
          channel,
          despitePause: channel === test,
        });
        if (!more || sent === MESSAGES_A_LOOK) return { channel, result, problem };
      }
    }),
  );
  const summary = renderAlertsTold(told);
  setCurrentDetails(summary);
  return summary;
}
