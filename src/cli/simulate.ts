import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withExample } from './help-example.ts';
import { inCharactersOf } from './print/characters.ts';

const port = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) throw new InvalidArgumentError('is not a port');
  return Number(text);
};

/** `tieout simulate`: the simulators alone, for any client; everything that the world holds is published. */
export function registerSimulate(program: Command, io: CommandIo): void {
  const command = program
    .command('simulate')
    .description('run the Amazon and NetSuite simulators alone, with the demo month or your own settlement reports')
    .option('--amazon-port <port>', 'default 4010, 0 takes a free one', port, 4010)
    .option('--netsuite-port <port>', 'default 4020, 0 takes a free one', port, 4020)
    .option(
      '--settlement <file>',
      'a settlement report instead of the demo month (may be repeated)',
      (file: string, known: string[]) => [...known, file],
      [] as string[],
    )
    .option('--bank <file>', 'the bank statement that belongs to it')
    .option('--card <file>', 'the card statement that belongs to it')
    .option('--json', 'one line on stdout, once it is ready')
    .action(
      async (options: {
        amazonPort: number;
        netsuitePort: number;
        settlement: string[];
        bank?: string;
        card?: string;
        json?: boolean;
      }) => {
        const { inspectFile } = await import('../operations/payouts/inspect-file.ts');
        for (const file of options.settlement) await inspectFile(file, {});
        const { serveSimulators } = await import('./start/serve-simulators.ts');
        await serveSimulators(
          {
            source: { settlements: options.settlement, bank: options.bank ?? null, card: options.card ?? null },
            amazonPort: options.amazonPort,
            netsuitePort: options.netsuitePort,
            clockAt: 'last',
          },
          (lines, document) =>
            io.out(options.json ? `${JSON.stringify(document)}\n` : inCharactersOf(io, `${lines.join('\n')}\n`)),
        );
      },
    );
  withExample(command, 'npx tieout simulate', 'npx tieout simulate --settlement reports/20001234561.txt --json');
}
