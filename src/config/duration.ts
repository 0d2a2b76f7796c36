/** Durations of the settings, like `250ms`, `5s`, `3m`, `4h`, `2555d`. */
import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const FORM = /^(\d+)(ms|s|m|h|d)$/;

export function milliseconds(duration: string): number {
  const match = FORM.exec(duration);
  if (!match) throw new Error(`bug: "${duration}" is not a duration`);
  return Number(match[1]) * UNITS[match[2]!]!;
}

/** One that lies between two, both included: a timer of none goes off at once, and so does one of more than 2^31 milliseconds. */
export const durationBetween = (least: string, most: string) =>
  z
    .string()
    .regex(FORM, { message: 'is not a duration like 3m or 4h', abort: true })
    .refine(
      (text) => milliseconds(text) >= milliseconds(least) && milliseconds(text) <= milliseconds(most),
      `is not between ${least} and ${most}`,
    );
