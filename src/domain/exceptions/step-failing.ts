/** A step that fails again and again: what it is, in the words of an exception. */
import type { Instant } from '../money/instant.ts';
import type { RaisedException, Subject } from './exception.ts';

/** What made it fail, as far as that decides what a person does. */
export type FailureKind =
  'database' | 'unreadable' | 'rejected' | 'missing' | 'report' | 'throttled' | 'waits' | 'silent' | 'bug' | 'other';

export interface FailingStep {
  /** The activity, as Temporal and the code call it. */
  activity: string;
  subject: Subject;
  kind: FailureKind;
  /** Of the failure; its text is cut and censored here. */
  type: string;
  text: string;
  since: Instant;
  /** In a row; null where the next look takes it up again and again. */
  tries: number | null;
  /** Longest wait between two tries, in words such as `2 minutes`; null where nobody knows. */
  longestWait: string | null;
}

/** One exception for a step and what it works on, however often and in whatever way it fails. */
export function stepKey(activity: string, subject: Subject): string {
  return `${activity}:${subject.id}`;
}

const ACTS: Readonly<Record<FailureKind, string>> = {
  database: 'Look at the database: npx tieout doctor says whether it answers; its own log says what it refuses',
  unreadable:
    'An answer is not as it is documented: update Tieout, or report the sentence, with the log of the worker around that time',
  rejected: 'The other side understood the call and refuses it: mend what the sentence names there',
  missing: 'Something that it needs is not there: bring it, or look whether somebody removed it',
  report:
    'Amazon gives up on the report: request the same report by hand in Seller Central, and open a case with Amazon where that fails too',
  throttled: 'Something takes all of the quota: look for another application that calls with the same account',
  waits: 'It waits for something that should have come by now: look at what the sentence names',
  silent:
    'The tries end without a word: look whether the workers run and have memory (npx tieout doctor), and at their log',
  bug: 'A mistake of Tieout: update it, or report the sentence with the number of this exception. Nothing is posted meanwhile',
  other: 'Look at what the sentence names, and at the log of the worker; where it says nothing, report it',
};

export function explainFailingStep({
  activity,
  subject,
  kind,
  type,
  text,
  since,
  tries,
  longestWait,
}: FailingStep): RaisedException {
  const object = subject.kind === 'flow' ? subject.id : `${subject.kind} ${subject.id}`;
  return {
    code: 'step-failing',
    key: stepKey(activity, subject),
    subject,
    evidence: {
      what: `${activity} of ${object} has failed since ${since} (${tries === null ? 'at each look' : `${tries} ${tries === 1 ? 'try' : 'tries'}`}), the last time with ${type}: ${safeLine(text)}`,
      atStake: null,
      currency: null,
    },
    remedy: {
      kind: 'look',
      where: `${ACTS[kind]}. It is tried again by itself${longestWait === null ? '' : `, at the latest after ${longestWait}`}, and the first success ends this`,
    },
  };
}

const LONGEST_TEXT = 240;
/** What a message may carry that does not belong on a page: sign-ins in addresses, tokens, mail addresses, long secrets. */
const SECRETS: readonly [RegExp, string][] = [
  [/(\w+:\/\/)[^\s/@]+@/g, '$1…@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 …'],
  [/\b(password|secret|token|key|signature|authorization)(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi, '$1$2…'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '…@…'],
  [/[A-Za-z0-9+/_=-]{60,}/g, '…'],
];

/** The first line of a message, cut to a length that a list can show, without secrets or addresses of people. */
export function safeLine(text: string): string {
  const line = SECRETS.reduce(
    (kept, [pattern, instead]) => kept.replace(pattern, instead),
    text.trim().split(/\r?\n/, 1)[0]!.trim(),
  );
  return line === '' ? 'it says nothing' : line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`;
}
