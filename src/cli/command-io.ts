import { speaksUnicode, type Terminal } from './print/characters.ts';
import { usesColour } from './print/colour.ts';
import { followsLinks } from './print/hyperlinks.ts';

/** What a command may touch of the process: results to `out` (stdout), words to `err` (stderr), and its exit code. */
export interface CommandIo extends Terminal {
  out: (text: string) => void;
  err: (text: string) => void;
  /** Width of the terminal in cells, at least 40: what is narrower breaks lines by itself. */
  width: number;
  exitCode: number;
  /** What stderr can show; without it, no more than the characters of stdout. */
  errors?: Terminal;
}

/** A stream that is no terminal has no size, whatever its type says. */
export const columnsOf = ({ columns }: { columns?: number }): number => columns ?? 80;
export const rowsOf = ({ rows }: { rows?: number }): number => rows ?? 24;

/** The process's own streams, each with what it can show. */
export function processIo(): CommandIo {
  const { env, argv, stdout, stderr } = process;
  const unicode = speaksUnicode(env);
  const of = (stream: NodeJS.WriteStream) => ({
    unicode,
    colour: usesColour(env, argv, stream.isTTY === true),
    links: followsLinks(env, stream.isTTY === true),
  });
  return {
    ...of(stdout),
    errors: of(stderr),
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    width: Math.max(40, columnsOf(stdout)),
    exitCode: 0,
  };
}

/** How words for stderr are shown. */
export function stderrOf(io: CommandIo): Terminal {
  return io.errors ?? { unicode: io.unicode };
}
