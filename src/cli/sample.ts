import { InvalidArgumentError, type Command } from 'commander';
import { isMonth } from '../domain/money/instant.ts';
import type { CommandIo } from './command-io.ts';
import { withArchiveOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { SampleOptions } from './run/evidence.ts';

/** `tieout sample`: documents of a month that nobody chose, with the rows behind each. */
export function registerSample(program: Command, io: CommandIo): void {
  const command = withArchiveOptions(program.command('sample'))
    .description('documents of a month by a seed that anybody can follow, each with the rows of Amazon behind it')
    .requiredOption('--period <month>', 'like 2026-10', month)
    .requiredOption('--seed <text>', "the auditor's own: he gives it after the month is signed")
    .option('--n <count>', 'how many', count, 25)
    .action(async (options: SampleOptions) => {
      const { writeSample } = await import('./run/evidence.ts');
      await writeSample(io, options);
    });
  withExample(command, 'npx tieout sample --period 2026-10 --n 25 --seed "drawn on 9 November"');
}

function month(text: string): string {
  if (!isMonth(text)) throw new InvalidArgumentError('a month like 2026-10 is expected');
  return text;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('a number from 1 to 9999 is expected');
  return Number(text);
}
