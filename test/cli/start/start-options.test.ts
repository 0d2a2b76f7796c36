import { expect, test } from '@jest/globals';
import { startCommand, type StartOptions } from '../../../src/cli/start/start-options.ts';

async function given(...words: string[]): Promise<StartOptions> {
  let options: StartOptions | undefined;
  await startCommand((parsed) => {
    options = parsed;
    return Promise.resolve();
  })
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(words, { from: 'user' });
  return options!;
}

test('a demo is named, or none is', async () => {
  expect((await given('--demo', 'uk', '--once')).demo).toBe('uk');
  expect((await given('--demo', 'us')).demo).toBe('us');
  expect((await given('--once')).demo).toBeNull();
});

test('a demo that is none is refused with the names of those there are', async () => {
  await expect(given('--demo', 'fr')).rejects.toThrow('There is no demo of this name; they are us, uk');
});

test('a demo beside reports or real accounts is refused', async () => {
  await expect(given('--demo', 'uk', '--settlement', 'report.txt')).rejects.toThrow(
    "'--demo <name>' cannot be used with option '--settlement <file>'",
  );
  await expect(given('--demo', 'uk', '--config', 'my.yaml')).rejects.toThrow("cannot be used with option '--config");
});
