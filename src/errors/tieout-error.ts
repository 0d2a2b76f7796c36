import type { ErrorCode } from './catalogue.ts';

/** What a person is told: what happened, what did not, where, why, and what to do. */
export interface ErrorNotice {
  code: ErrorCode;
  /** A sentence: what happened. */
  what: string;
  /** A sentence: what was not done, so that nobody fears a half-done job. `Nothing was posted.` */
  notDone: string;
  /** Places and evidence, most telling first. */
  where: string[];
  why?: string;
  /** Steps; the last is the one to act on. */
  do: string[];
}

/** An error with a code of the catalogue, made to be shown without a stack. */
export class TieoutError extends Error {
  readonly notice: ErrorNotice;

  constructor(notice: ErrorNotice, options?: ErrorOptions) {
    // Where only the message is shown (a test, a log), it must say where and what to do as well.
    super([`${notice.what} ${notice.notDone}`, ...notice.where, ...notice.do].join(' · '), options);
    this.name = 'TieoutError';
    this.notice = notice;
  }

  get code(): ErrorCode {
    return this.notice.code;
  }
}
