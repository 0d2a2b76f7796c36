import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout decide FILE`: sends a file of decisions, each once what it names is open. */
export function registerDecide(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('decide'))
    .description('send a file of decisions; says what was sent, what nothing waits for, and what is still open')
    .argument('<file>', 'JSON array of {kind, …its fields, by?, why}, as npm start -- --decisions takes it')
    .action(async (file: string, options: ActionOptions) => {
      const { decideFile } = await import('./run/decide.ts');
      await decideFile(io, file, options);
    });
  withExample(command, 'npx tieout decide demo/decisions.json');
}
