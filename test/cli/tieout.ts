import { main } from '../../src/cli/main.ts';

export interface Said {
  exit: number;
  stdout: string;
  stderr: string;
}

/** A command in this process, on a terminal of `width` cells. */
export async function tieoutAt(width: number, ...argv: string[]): Promise<Said> {
  const io = {
    stdout: '',
    stderr: '',
    exitCode: 0,
    width,
    unicode: true,
    out: (text: string) => {
      io.stdout += text;
    },
    err: (text: string) => {
      io.stderr += text;
    },
  };
  const exit = await main(argv, io);
  return { exit, stdout: io.stdout, stderr: io.stderr };
}

export const tieout = (...argv: string[]): Promise<Said> => tieoutAt(80, ...argv);
