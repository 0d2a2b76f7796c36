/** A channel that takes nothing: when it is asked again, and what is raised once that lasts. */
import { renderDuration } from '../clocks/render-dates.ts';
import type { RaisedException } from '../exceptions/exception.ts';

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** Longer with each try, and as long as the other side asks for. @param tries that failed before this one */
export function pauseMs(tries: number, askedForMs: number | null): number {
  const own = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 20));
  return Math.max(own, askedForMs ?? 0);
}

/** @param forMs how long it has taken nothing; null where it took a message in part */
export function undelivered(channel: string, via: string, problem: string, forMs: number | null): RaisedException {
  const what =
    forMs === null
      ? `Channel ${channel} (${via}) takes no message whole: ${problem}`
      : `Channel ${channel} (${via}) has taken no message for ${renderDuration(forMs / 1000)}: ${problem}`;
  return {
    code: 'alert-undelivered',
    key: channel,
    subject: { kind: 'channel', id: channel },
    evidence: { what, atStake: null, currency: null },
    remedy: { kind: 'test-alert', first: 'Mend it, then let it prove that it works', channel },
  };
}
