/** What people write about an exception. */
import { renderDay, renderMinute } from '../clocks/render-dates.ts';
import type { Day, Instant } from '../money/instant.ts';

/** What it waits for, where a person says so. */
export const NOTE_REASONS = ['amazon-case', 'bank', 'netsuite', 'colleague', 'next-settlement'] as const;
export type NoteReason = (typeof NOTE_REASONS)[number];

export interface ExceptionNote {
  by: string;
  why: string;
  at: Instant;
  reason: NoteReason | null;
  /** As somebody else counts it: the id of a case at Amazon. */
  reference: string | null;
  /** Who is to end it. */
  assignee: string | null;
  /** The day on which it comes back, and the beginning of that day. */
  snooze: { until: Day; comesBackAt: Instant } | null;
}

/** `28 Oct 2026 14:02Z ana@example.com: asked Amazon (amazon-case 1234) · for ben · comes back on 30 Oct 2026`. */
export function renderNote({ at, by, why, reason, reference, assignee, snooze }: ExceptionNote): string {
  const about = [reason, reference].filter((part) => part !== null).join(' ');
  return [
    `${renderMinute(at)} ${by}: ${why}${about === '' ? '' : ` (${about})`}`,
    ...(assignee === null ? [] : [`for ${assignee}`]),
    ...(snooze === null ? [] : [`comes back on ${renderDay(snooze.until)}`]),
  ].join(' · ');
}
