import type { Command } from 'commander';
import { parseExternalId } from '../domain/identifiers/external-id.ts';
import type { DifferenceChoice } from '../domain/payouts/document-standing.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { nearestOf } from '../config/near-miss.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

const CHOICES: Record<DifferenceChoice, string> = {
  variance: 'settle it in full and book the difference there',
  leave: 'accept it as it is',
};
const NAMES = Object.keys(CHOICES) as DifferenceChoice[];

/** `tieout settle-difference DOCUMENT|SETTLEMENT variance|leave`: decides what becomes of a document that was settled for more or less than it is, of what a payout keeps in transit (`variance`), or of its tax that is nobody's or left over (`leave`). */
export function registerSettleDifference(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('settle-difference'))
    .description(
      "decide about an invoice or credit memo that Amazon settled for more or less than it is, about what a payout keeps in transit (variance), or about its tax that is nobody's or left over (leave)",
    )
    .argument('<document>', 'its external id as the exception names it, or a settlement id')
    .argument('<choice>', NAMES.map((name) => `${name}: ${CHOICES[name]}`).join('; '))
    .action(async (document: string, choice: string, options: ActionOptions) => {
      const subject =
        parseExternalId(document) === null && /^\d+$/.test(document) ? { settlementId: document } : { document };
      const decision = {
        ...subject,
        choice: choiceNamed(choice),
        why: reasonOf(options.why, 'A difference is booked or left'),
      };
      const { settleDifference } = await import('./run/settle-difference.ts');
      await settleDifference(io, decision, options);
    });
  withExample(
    command,
    'npx tieout settle-difference AMZ_demo-us_INV_112-3940177-8802201-D0000001_1 variance --why "price override, case 1234"',
  );
}

function choiceNamed(text: string): DifferenceChoice {
  const choice = NAMES.find((known) => known === text);
  if (choice !== undefined) return choice;
  const near = nearestOf(text, NAMES);
  throw new TieoutError({
    code: 'usage',
    what: `"${text}" is no choice.`,
    notDone: 'Nothing was decided.',
    where: [`choices: ${NAMES.join(', ')}`],
    do: [near === null ? 'name one of them' : `did you mean ${near}?`],
  });
}
