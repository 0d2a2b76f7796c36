/**
 * What may hang on an error of ours. Others' errors carry the call that they are about: got's the whole request with its
 * `Authorization`, a parser's the text that it stumbled over, which of a token service is a token. Whatever prints or stores an
 * error with its causes would write that down.
 */

/** Kind, code and place of an error, without its words and without what hangs on it; what is no error is left out. */
export function bareCause(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  const named = typeof code === 'string' ? code : null;
  const bare = new Error(named ?? error.name);
  bare.name = error.name;
  // Where it happened, without the words above it.
  bare.stack = [`${bare.name}: ${bare.message}`, ...framesOf(error)].join('\n');
  return named === null ? bare : Object.assign(bare, { code: named });
}

function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^ {4}at /.test(line));
}
