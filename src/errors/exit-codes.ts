import type { ErrorCode } from './catalogue.ts';

/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  /** Failed, or does not tie. */
  failed: 1,
  /** A file or a setting is refused. */
  refused: 2,
  /** Ties, but a decision is open. */
  undecided: 3,
  /** Wrong usage. */
  usage: 64,
} as const;

const REFUSED: readonly ErrorCode[] = [
  'config',
  'cut-over-missing',
  'mode-not-built',
  'decisions-file',
  'vat-report',
  'statement-line',
  'item-unknown',
  'item-inactive',
];

/** Exit code for an error that reached the command line. */
export function exitCodeOf(code: ErrorCode): number {
  if (code === 'usage') return EXIT.usage;
  return code.startsWith('report-') || REFUSED.includes(code) ? EXIT.refused : EXIT.failed;
}
