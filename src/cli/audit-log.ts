import { InvalidArgumentError, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withCsvOptions, withQueryOptions, type CsvOptions, type QueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

interface Expected {
  number: number;
  hash: string;
}

/** `tieout audit-log [verify]`: who did what, when and why, and whether the record still stands as it was written. */
export function registerAuditLog(program: Command, io: CommandIo): void {
  const command = withCsvOptions(program.command('audit-log'))
    .description('who did what, when and why')
    .helpCommand(false)
    .action(async (options: CsvOptions) => {
      const { showAuditLog } = await import('./run/audit-log.ts');
      await showAuditLog(io, options);
    });
  withExample(command, 'npx tieout audit-log', 'npx tieout audit-log --csv');
  const verify = withQueryOptions(command.command('verify'))
    .description('whether every entry of all connections still says what it said when it was written')
    .option('--expect <number:hash>', 'an end that was noted before: it must still be there', noted)
    .action(async (_: QueryOptions, of: Command) => {
      const { expect = null, ...options } = of.optsWithGlobals<QueryOptions & { expect?: Expected }>();
      const { verifyAuditLog } = await import('./run/audit-log.ts');
      await verifyAuditLog(io, expect, options);
    });
  withExample(verify, 'npx tieout audit-log verify');
}

function noted(text: string): Expected {
  const [, number, hash] = /^([1-9]\d{0,9}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined)
    throw new InvalidArgumentError('NUMBER:HASH is expected, as npx tieout audit-log verify prints it');
  return { number: Number(number), hash };
}
