/** A statement beside `npm start`: refused before anything starts, with the options that read it. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { checkStatement } from '../../../src/cli/start/check-statement.ts';
import { startCommand, type StartOptions } from '../../../src/cli/start/start-options.ts';
import { TieoutError } from '../../../src/errors/tieout-error.ts';
import { renderError } from '../../../src/errors/render-error.ts';
import { wordsOfCommand } from '../words-of-command.ts';

const file = (name: string) => fileURLToPath(new URL(`../../clients/bank/statements/${name}.csv`, import.meta.url));

async function optionsOf(words: readonly string[]): Promise<StartOptions> {
  const seen: StartOptions[] = [];
  await startCommand(async (options) => {
    seen.push(options);
  }).parseAsync(words, { from: 'user' });
  return seen[0]!;
}

describe.each(['bank', 'card'] as const)('the statement of the %s', (account) => {
  test.each(['chase', 'deutsche-bank'])('%s is refused with the command that reads it', async (name) => {
    const words = ['--once', '--settlement', 'report 1.txt', `--${account}`, file(name)];
    let refused: unknown;
    try {
      checkStatement(file(name), null, {
        words: `npm start -- --once --settlement 'report 1.txt' --${account} ${file(name)}`,
        prefix: `${account}-`,
        remember: false,
      });
    } catch (error) {
      refused = error;
    }
    if (!(refused instanceof TieoutError)) throw new Error('it was not refused');
    expect(refused.notice).toMatchObject({ code: 'statement-line', notDone: 'Nothing was started.' });
    const said = wordsOfCommand(renderError(refused.notice, { width: 200 }), 'npm start -- ');
    expect(said.slice(0, words.length)).toEqual(words);
    const { statementForms, ...options } = await optionsOf(said);
    expect(options).toMatchObject({ once: true, settlements: ['report 1.txt'], [account]: file(name) });
    expect(() =>
      checkStatement(file(name), statementForms[account], { words: '', prefix: '', remember: false }),
    ).not.toThrow();
    expect(statementForms[account === 'bank' ? 'card' : 'bank']).toBeNull();
  });

  test('in our form needs no words', () => {
    expect(() =>
      checkStatement(file('utf16-own-headers'), null, { words: '', prefix: '', remember: false }),
    ).not.toThrow();
  });
});
