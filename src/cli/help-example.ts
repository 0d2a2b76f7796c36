import type { Command } from 'commander';

/** Help begins with an example. */
export function withExample(command: Command, ...examples: string[]): Command {
  return command.addHelpText('before', `${examples.map((example) => `  $ ${example}`).join('\n')}\n`);
}
