/**
 * Until when Amazon takes a claim, by country, as data (amazon.md §5.8, as of October 2026): Amazon may change it. What is
 * not known for certain is missing and shown as empty, never guessed; so is all about inbound shipments, whose windows begin
 * with a delivery that no report dates.
 */
import { addDays, type Day } from '../money/instant.ts';

/** `centre`: lost or damaged there, after it was reported; `return`: a unit that was refunded and not returned, after the refund. */
export type ClaimKind = 'centre' | 'return';

/** Days after the event: the first and the last day of the window. */
type Windows = Readonly<Partial<Record<ClaimKind, { from: number; to: number }>>>;

const EUROPE: Windows = { centre: { from: 0, to: 60 }, return: { from: 45, to: 105 } };
const CENTRE_ONLY: Windows = { centre: { from: 0, to: 60 } };

const WINDOWS: Readonly<Record<string, Windows>> = {
  US: { centre: { from: 0, to: 60 }, return: { from: 60, to: 120 } },
  GB: EUROPE,
  DE: EUROPE,
  FR: EUROPE,
  IT: EUROPE,
  ES: EUROPE,
  NL: EUROPE,
  BE: EUROPE,
  IE: EUROPE,
  SE: EUROPE,
  PL: EUROPE,
  AE: CENTRE_ONLY,
  IN: CENTRE_ONLY,
};

/** First and last day of a claim about something of that day; null where nobody knows. */
export function claimDays(country: string, kind: ClaimKind, day: Day): { first: Day; last: Day } | null {
  const window = WINDOWS[country]?.[kind];
  return window === undefined ? null : { first: addDays(day, window.from), last: addDays(day, window.to) };
}
