import { InvalidArgumentError, type Command } from 'commander';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout match-deposit SETTLEMENT --movement payout --lines 12,13`: says which lines of a statement are a movement of a payout. */
export function registerMatchDeposit(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('match-deposit'))
    .description('say which lines of a statement are a payout, a micro deposit or a charge, or what the bank gave back')
    .argument('<settlement>', 'settlement id')
    .requiredOption('--movement <name>', 'payout, micro-1, charge-1, …, or return', movementNamed)
    .requiredOption('--lines <numbers>', 'numbers of the lines, as tieout bank lines shows them', lineNumbers)
    .action(async (settlementId: string, options: ActionOptions & { movement: string; lines: number[] }) => {
      if (options.why === undefined || options.why.trim() === '') throw reasonMissing();
      const { matchDeposit } = await import('./run/match-deposit.ts');
      await matchDeposit(
        io,
        {
          settlementId,
          movement: options.movement,
          lines: options.lines.map((number) => ({ number })),
          why: options.why,
        },
        options,
      );
    });
  withExample(
    command,
    'npx tieout match-deposit 20001234561 --movement payout --lines 12,13 --why "one payout in two lines"',
  );
}

function movementNamed(text: string): string {
  if (!/^(payout|return|(micro|charge)-[1-9]\d*)$/.test(text))
    throw new InvalidArgumentError('payout, micro-1, charge-1, … or return is expected');
  return text;
}

function lineNumbers(text: string): number[] {
  if (!/^[1-9]\d*(,[1-9]\d*)*$/.test(text))
    throw new InvalidArgumentError('numbers of lines with commas between them are expected, such as 12,13');
  return text.split(',').map(Number);
}

function reasonMissing(): TieoutError {
  return new TieoutError({
    code: 'usage',
    what: 'Lines are matched by hand only with a reason.',
    notDone: 'Nothing was decided.',
    where: [],
    do: ['add --why "…": it stays in the audit record'],
  });
}
