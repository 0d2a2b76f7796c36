/** What a worker process says: one JSON object a line on its output, for whoever collects logs. */
import { DefaultLogger, type Logger } from '@temporalio/worker';
import { pino } from 'pino';

/** Longer words of an error are cut: an answer of a vendor's may be a page of its own, and a line of the log is read by people. */
const MOST_CHARACTERS = 8000;

const cut = (text: string): string =>
  text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS)} … (${text.length - MOST_CHARACTERS} characters more)`;

/**
 * An error in what a person needs of it. Its other fields (requests, answers, causes) may hold what no log may. Temporal's core
 * tells an error as a text.
 */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? cut(error) : 'an error that is none' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: cut(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: cut(error.stack) }),
  };
}

export const log = pino({
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { error: errorFields, err: errorFields },
});

/** Temporal's own words through the same log, from warnings on. */
export function temporalLogger(): Logger {
  return new DefaultLogger('WARN', ({ level, message, meta }) => {
    const say = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'info';
    log[say](meta ?? {}, message);
  });
}

/** Why a process ends. */
export function logEnd(error: unknown): void {
  log.fatal({ error: error instanceof Error ? error : new Error(String(error)) }, 'the process ends');
}
