import type { CommanderError } from 'commander';
import { nearestOf } from '../config/near-miss.ts';
import type { ErrorNotice } from '../errors/tieout-error.ts';

/** What commander refuses, as every error is told: with the near word where there is one. `words` are those that could have been meant. */
export function wrongUsage(
  error: CommanderError,
  help: string,
  given: readonly string[] = [],
  words: readonly string[] = [],
): ErrorNotice {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const near =
    rest.join(' ').match(/Did you mean (?:one of )?(.+)\?/)?.[1] ??
    (error.code === 'commander.excessArguments' ? nearWord(given, words) : undefined);
  return {
    code: 'usage',
    what: `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, '')}.`,
    notDone: 'Nothing was done.',
    where: [],
    do: [near ? `did you mean ${near}?` : help],
  };
}

/** A word too many may be a subcommand that is misspelt. */
function nearWord(given: readonly string[], words: readonly string[]): string | undefined {
  for (const word of given) {
    const near = words.includes(word) ? null : nearestOf(word, words);
    if (near !== null) return near;
  }
  return undefined;
}
