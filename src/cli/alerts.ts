import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions, type QueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout alerts [test CHANNEL]`: who is told of exceptions, and whether that works. */
export function registerAlerts(program: Command, io: CommandIo): void {
  const command = withQueryOptions(program.command('alerts'))
    .description('who is told of exceptions, over what, and whether it works')
    .helpCommand(false)
    .action(async (options: QueryOptions) => {
      const { showAlerts } = await import('./run/alerts.ts');
      await showAlerts(io, options);
    });
  withExample(command, 'npx tieout alerts', 'npx tieout alerts test books');
  const test = withQueryOptions(command.command('test'))
    .description('send a test message over a channel, and what else waits for it')
    .argument('<channel>', 'its name in the configuration')
    .action(async (channel: string, _: QueryOptions, of: Command) => {
      const { testAlerts } = await import('./run/alerts.ts');
      await testAlerts(io, channel, of.optsWithGlobals<QueryOptions>());
    });
  withExample(test, 'npx tieout alerts test books');
}
