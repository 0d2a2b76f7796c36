import type { Command } from 'commander';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { AmountChoice } from './run/map-amount.ts';

/** `tieout map-amount NUMBER ROLE` or `TYPE AMOUNT-TYPE DESCRIPTION ROLE`: decides once what an amount type means. */
export function registerMapAmount(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('map-amount'))
    .description('say what an amount type means, once for all payouts that wait')
    .usage('[options] NUMBER ROLE | TYPE AMOUNT-TYPE DESCRIPTION ROLE')
    .argument('<words...>', 'number of its exception, or transaction-type, amount-type and amount-description as the report writes them; then the role')
    .action(async (words: string[], options: ActionOptions) => {
      const choice = amountChoice(words);
      const { mapAmount } = await import('./run/map-amount.ts');
      await mapAmount(io, choice, options);
    });
  withExample(command, 'npx tieout map-amount 42 inbound --why "inbound cost, see policy 4.2"', 'npx tieout map-amount other-transaction other-transaction "FBA Inbound Dock Fee" inbound');
}

function amountChoice(words: readonly string[]): AmountChoice {
  const [first = '', second = '', third = '', fourth = ''] = words;
  if (words.length === 2 && /^[1-9]\d{0,8}$/.test(first)) return { number: Number(first), role: second };
  if (words.length === 4) return { key: [first, second, third], role: fourth };
  throw new TieoutError({
    code: 'usage', what: words.length === 2 ? `"${first}" is not the number of an exception.` : `map-amount takes 2 or 4 words, not ${words.length}.`, notDone: 'Nothing was mapped.',
    where: words.length > 4 ? ['words with blanks belong between quotation marks'] : [], do: ['npx tieout map-amount NUMBER ROLE, or TYPE AMOUNT-TYPE DESCRIPTION ROLE'],
  });
}
