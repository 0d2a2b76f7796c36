import { Option, type Command } from 'commander';
import { NOTE_REASONS } from '../domain/exceptions/render-note.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withByOption, withQueryOptions, type NoteOptions } from './command-options.ts';
import { exceptionNumber } from './exceptions.ts';
import { withExample } from './help-example.ts';

/** `tieout note EXCEPTION`: what somebody knows of it, or who is to end it. */
export function registerNote(program: Command, io: CommandIo): void {
  withExample(
    said(program, io, 'note', 'write down what an exception waits for, or who is to end it'),
    'npx tieout note 42 --why "asked Amazon" --case 1234567890',
  );
}

/** `tieout snooze EXCEPTION --until DAY`: it stands in a list of its own until then. */
export function registerSnooze(program: Command, io: CommandIo): void {
  withExample(
    said(
      program,
      io,
      'snooze',
      'put an exception aside until a day of this month; the close still counts it',
    ).requiredOption('--until <day>', 'the day on which it comes back, like 2026-10-30'),
    'npx tieout snooze 42 --until 2026-10-30 --why "Amazon answers by then"',
  );
}

function said(program: Command, io: CommandIo, name: string, description: string): Command {
  return withByOption(withQueryOptions(program.command(name)))
    .description(description)
    .argument('<exception>', 'its number', exceptionNumber)
    .option('--why <reason>', 'why; kept in the audit record')
    .addOption(new Option('--reason <code>', 'what it waits for').choices(NOTE_REASONS))
    .option('--case <id>', 'of a case at Amazon, or as somebody else counts it')
    .option('--assign <who>', 'who is to end it')
    .action(async (exception: number, options: NoteOptions) => {
      const why = reasonOf(options.why, name === 'snooze' ? 'An exception is put aside' : 'A note is written');
      const { noteException } = await import('./run/note.ts');
      await noteException(io, { exception, why }, options);
    });
}
