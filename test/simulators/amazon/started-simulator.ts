import { DemoClock } from '../../../src/simulators/clock.ts';
import { startAmazonSimulator } from '../../../src/simulators/amazon/server.ts';
import type { AmazonSimulatorOptions, RunningAmazonSimulator } from '../../../src/simulators/amazon/server.ts';

/** A simulator with clocks that the test holds in its hand, and bare `fetch` with a token. */
export interface Started {
  simulator: RunningAmazonSimulator;
  token: string;
  /** A fresh token for all calls from now on. */
  renew(): Promise<void>;
  /** Moves the demo clock forward to an instant. */
  at(instant: string): void;
  /** Lets real time pass, for tokens and download addresses. */
  passReal(seconds: number): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  json<T>(path: string): Promise<T>;
}

export async function startAt(
  instant: string,
  options: Omit<AmazonSimulatorOptions, 'port' | 'clock'>,
): Promise<Started> {
  let real = Date.parse('2027-01-01T00:00:00Z');
  const clock = new DemoClock(Date.parse(instant), () => real);
  const simulator = await startAmazonSimulator({ ...options, port: 0, clock });
  const started: Started = {
    simulator,
    token: '',
    renew: async () => {
      const response = await fetch(simulator.lwaUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: simulator.refreshToken,
          client_id: simulator.clientId,
          client_secret: simulator.clientSecret,
        }),
      });
      started.token = ((await response.json()) as { access_token: string }).access_token;
    },
    at: (to) => {
      clock.jumpTo(Date.parse(to));
    },
    passReal: (seconds) => {
      real += seconds * 1000;
    },
    get: (path, headers = { 'x-amz-access-token': started.token }) => fetch(`${simulator.url}${path}`, { headers }),
    post: (path, body) =>
      fetch(`${simulator.url}${path}`, {
        method: 'POST',
        headers: { 'x-amz-access-token': started.token, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    json: async <T>(path: string) => (await (await started.get(path)).json()) as T,
  };
  await started.renew();
  return started;
}
