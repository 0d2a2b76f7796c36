import type { Command } from 'commander';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { AmountChoice } from './run/map-amount.ts';

interface MapAmountOptions extends ActionOptions {
  prefix?: boolean;
  sameAs?: string;
}

/** `tieout map-amount NUMBER ROLE` or `TYPE AMOUNT-TYPE DESCRIPTION ROLE`: decides once what an amount type means. */
export function registerMapAmount(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('map-amount'))
    .description('say what an amount type means, once for all payouts that wait')
    .usage('[options] NUMBER ROLE | TYPE AMOUNT-TYPE DESCRIPTION ROLE | NUMBER --same-as KNOWN-KEY')
    .argument(
      '<words...>',
      'number of its exception, or transaction-type, amount-type and amount-description as the report writes them; then the role',
    )
    .option(
      '--prefix',
      'decide for every text that begins so: up to the ASIN, date or period in it, or up to … where a word ends in it',
    )
    .option(
      '--same-as <key>',
      'instead of a role: it is a new spelling of this known key ("TYPE / AMOUNT-TYPE / DESCRIPTION") and all that that one is; needs --why',
    )
    .action(async (words: string[], options: MapAmountOptions) => {
      const choice = amountChoice(words, options);
      const { mapAmount } = await import('./run/map-amount.ts');
      await mapAmount(io, choice, options);
    });
  withExample(
    command,
    'npx tieout map-amount 42 inbound --why "inbound cost, see policy 4.2"',
    'npx tieout map-amount other-transaction other-transaction "FBA Inbound Dock Fee" inbound',
    'npx tieout map-amount 43 --same-as "other-transaction / other-transaction / Current Reserve Amount" --why "renamed in May"',
  );
}

function amountChoice(words: readonly string[], { prefix = false, sameAs, why }: MapAmountOptions): AmountChoice {
  const role = sameAs === undefined ? words.at(-1)! : null;
  const of = role === null ? words : words.slice(0, -1);
  const meaning = role === null ? { sameAs: knownKey(sameAs!) } : { role };
  if (role === null && (why ?? '').trim() === '')
    throw usage(
      '--same-as needs --why.',
      ['what follows from the known key follows from this one too, so a reason is kept'],
      'add --why "…"',
    );
  const [first = '', second = '', third = ''] = of;
  if (of.length === 1 && /^[1-9]\d{0,8}$/.test(first)) return { number: Number(first), prefix, ...meaning };
  if (of.length === 3) return { key: [first, opened(second, prefix), opened(third, prefix)], prefix, ...meaning };
  const forms =
    role === null
      ? 'NUMBER --same-as KEY, or TYPE AMOUNT-TYPE DESCRIPTION --same-as KEY'
      : 'NUMBER ROLE, or TYPE AMOUNT-TYPE DESCRIPTION ROLE';
  throw usage(
    of.length === 1
      ? `"${first}" is not the number of an exception.`
      : `map-amount takes ${role === null ? '1 or 3 words with --same-as' : '2 or 4 words'}, not ${words.length}.`,
    of.length > 3 ? ['words with blanks belong between quotation marks'] : [],
    `npx tieout map-amount ${forms}`,
  );
}

/** Three dots are as good as the sign of a beginning where one is asked for. */
function opened(word: string, prefix: boolean): string {
  return prefix ? word.replace(/\.{3}$/, '…') : word;
}

/** The description is what is left: it may hold the sign that parts the three. */
function knownKey(text: string): [string, string, string] {
  const [type = '', amountType = '', ...description] = text.split(' / ');
  if (type.trim() === '' || amountType.trim() === '' || description.join('').trim() === '') {
    throw usage(
      `"${text}" is not a key.`,
      ['a key has three parts: "transaction-type / amount-type / amount-description"'],
      'write it between quotation marks, its parts with a blank on both sides of each /',
    );
  }
  return [type.trim(), amountType.trim(), description.join(' / ').trim()];
}

function usage(what: string, where: string[], act: string): TieoutError {
  return new TieoutError({ code: 'usage', what, notDone: 'Nothing was mapped.', where, do: [act] });
}
