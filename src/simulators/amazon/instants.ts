/** Instants of the simulator: `2026-10-01T07:00:00Z`, always UTC and to the second, so that they sort as text. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function instantOf(epochMs: number): string {
  return `${new Date(Math.floor(epochMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

export function shifted(instant: string, ms: number): string {
  return instantOf(Date.parse(instant) + ms);
}

/** A date-time of a request as an instant; null when it is none. Amazon takes ISO 8601 with `Z` or an offset. */
export function requestedInstant(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return null;
  const ms = Date.parse(text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : instantOf(ms);
}

/** Calendar day of an instant in a time zone, `2026-10-15`. */
export function localDay(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );
}
