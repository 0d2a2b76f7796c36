import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withExample } from './help-example.ts';

/** `tieout doctor`: what is installed, what runs and where, and what is wrong. */
export function registerDoctor(program: Command, io: CommandIo): void {
  const command = program
    .command('doctor')
    .description('what is installed, what runs, and what is wrong')
    .option('--json', 'one document on stdout')
    .action(async (options: { json?: boolean }) => {
      const { examine } = await import('./run/doctor.ts');
      await examine(io, options);
    });
  withExample(command, 'npx tieout doctor');
}
