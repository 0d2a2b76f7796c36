/** Pages name commands, options and scripts that exist. */
import { describe, expect, test } from '@jest/globals';
import { main } from '../../src/cli/main.ts';
import { startCommand } from '../../src/cli/start/start-options.ts';
import { projectFiles, read } from './project.ts';

const pages = projectFiles()
  .filter((path) => path.endsWith('.md'))
  .map((path) => read(path))
  .join('\n');
const distinct = (texts: Iterable<string>) => [...new Set(texts)].sort();

async function help(words: string[]): Promise<{ exit: number; text: string }> {
  let text = '';
  const io = {
    out: (part: string) => {
      text += part;
    },
    err: () => {},
    width: 80,
    unicode: true,
    exitCode: 0,
  };
  return { exit: await main([...words, '--help'], io), text };
}

describe('the pages', () => {
  const commands = distinct(
    [
      ...pages.matchAll(
        /npx tieout ((?:settlement|bank) [a-z-]+|status (?:order|payout)|stock (?:events|opening|owed)|audit-log verify|close (?:carry|accrue|sign|reopen|opening|pack)|[a-z][a-z-]*)/g,
      ),
    ].map(([, words]) => words!),
  );

  test('name commands', () => {
    expect(commands.length).toBeGreaterThan(8);
  });

  test.each(commands)('tieout %s is a command, and its options are there', async (words) => {
    const { exit, text } = await help(words.split(' '));
    expect(exit).toBe(0);
    const used = [
      ...pages.matchAll(
        new RegExp(`npx tieout ${words}(?![\\w-])(?! (?:verify|carry|accrue|sign|reopen|opening|pack))[^\\n\`]*`, 'g'),
      ),
    ].flatMap(([line]) => line.match(/--[a-z-]+/g) ?? []);
    expect(used.filter((option) => !text.includes(option))).toEqual([]);
  });

  test('give npm start options that it has', () => {
    const known = startCommand(async () => {}).options.map(({ long }) => long);
    const used = distinct(
      [...pages.matchAll(/npm start -- ([^\n`]*)/g)].flatMap(([, words]) => words!.match(/--[a-z-]+/g) ?? []),
    );
    expect(used).toContain('--once');
    expect(used.filter((option) => !known.includes(option))).toEqual([]);
  });

  test('run npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const used = distinct([...pages.matchAll(/npm (?:run )?(start|test|check[a-z:-]*)\b/g)].map(([, name]) => name!));
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
  });
});
