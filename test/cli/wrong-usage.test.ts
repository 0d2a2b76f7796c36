import { describe, expect, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { main } from '../../src/cli/main.ts';
import { startCommand } from '../../src/cli/start/start-options.ts';
import { wrongUsage } from '../../src/cli/wrong-usage.ts';

async function tieout(...argv: string[]) {
  let stderr = '';
  const exit = await main(argv, {
    out: () => {},
    err: (text) => {
      stderr += text;
    },
    width: 80,
    unicode: true,
    exitCode: 0,
  });
  return { exit, stderr };
}

describe('a wrong word', () => {
  test.each([
    [['statsu'], 'did you mean status?'],
    [['settlement', 'inspct'], 'did you mean inspect?'],
    [['status', 'ordr', '112-3940177-8802201'], 'did you mean order?'],
    [['status', 'payut'], 'did you mean payout?'],
    [['exceptions', '--jsn'], 'did you mean --json?'],
  ])('%j suggests the near one', async (argv, near) => {
    const { exit, stderr } = await tieout(...argv);
    expect(exit).toBe(64);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(`  do     ${near}`);
  });

  test('that is near to none names the help', async () => {
    expect((await tieout('frobnicate')).stderr).toContain('npx tieout --help shows the commands');
  });

  test.each([
    [['close-gap', 'us', 'BLU-MUG'], 'npx tieout close-gap --help'],
    [['decide-inbound', 'FBA1', 'BLU-MUG', 'gone'], 'npx tieout decide-inbound --help'],
    [['bank', 'import'], 'npx tieout bank import --help'],
  ])('behind a command names the help of that command: %j', async (argv, help) => {
    const { exit, stderr } = await tieout(...argv);
    expect(exit).toBe(64);
    expect(stderr).toContain(`${help} shows how it is given`);
  });

  test.each([
    [
      ['read-again', 'ordrs', '--from', '2026-10-01T00:00:00Z', '--why', 'w'],
      'Allowed choices are orders, shipments, refunds, settlements',
    ],
    [['read-again', 'orders', '--why', 'w'], '--from'],
    ...['2026-10-01', '2026-02-30T00:00:00Z', '2026-10-01T02:00:00+02:00', 'yesterday'].map(
      (from): [string[], string] => [
        ['read-again', 'orders', '--from', from, '--why', 'w'],
        'an instant in UTC is expected',
      ],
    ),
    [['read-again', 'orders', '--from', '2026-10-01T00:00:00Z'], 'A mark is set back only with a reason'],
    [['read-again', 'orders', '--from', '2026-10-01T00:00:00Z', '--why', ' '], 'only with a reason'],
  ])('%j is refused with what is expected', async (argv, sentence) => {
    const { exit, stderr } = await tieout(...argv);
    expect(exit).toBe(64);
    expect(stderr.replace(/\s+/g, ' ')).toContain(sentence);
  });

  test('of npm start is told in the same form', async () => {
    const refused = await startCommand(async () => {})
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parseAsync(['--onec'], { from: 'user' })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommanderError);
    expect(wrongUsage(refused as CommanderError, 'npm start -- --help shows the options')).toEqual({
      code: 'usage',
      what: "Unknown option '--onec'.",
      notDone: 'Nothing was done.',
      where: [],
      do: ['did you mean --once?'],
    });
  });
});
