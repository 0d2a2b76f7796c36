/** What a command may touch of the process: results to `out` (stdout), words to `err` (stderr), and its exit code. */
export interface CommandIo {
  out: (text: string) => void;
  err: (text: string) => void;
  /** Width of the terminal in cells. */
  width: number;
  /** Whether signs beyond ASCII may be printed. */
  unicode: boolean;
  exitCode: number;
}

/** The process's own streams. */
export function processIo(): CommandIo {
  const locale = process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || '';
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    width: Math.max(40, process.stdout.columns ?? 80),
    unicode: locale === '' || /utf-?8/i.test(locale),
    exitCode: 0,
  };
}
