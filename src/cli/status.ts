import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions, type QueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout status`, `status order ID`, `status payout ID`: where everything, an order or a payout stands. */
export function registerStatus(program: Command, io: CommandIo): void {
  const status = withQueryOptions(program.command('status'))
    .description('where everything stands, or one order or payout')
    .helpCommand(false)
    .action(async (options: QueryOptions) => {
      const { showStatus } = await import('./run/status.ts');
      await showStatus(io, options);
    });
  withExample(
    status,
    'npx tieout status',
    'npx tieout status order 112-3940177-8802201',
    'npx tieout status payout 20001234562',
  );

  const order = withQueryOptions(status.command('order'))
    .description('one order: its documents by date, and what it waits for')
    .argument('<id>', 'order id as Amazon writes it')
    .action(async (id: string, _options: QueryOptions, command: Command) => {
      const { showOrder } = await import('./run/status-order.ts');
      await showOrder(io, id, command.optsWithGlobals<QueryOptions>());
    });
  withExample(order, 'npx tieout status order 112-3940177-8802201');

  const payout = withQueryOptions(status.command('payout'))
    .description('one payout: how far it is, and what it waits for')
    .argument('<id>', 'settlement id')
    .action(async (id: string, _options: QueryOptions, command: Command) => {
      const { showPayout } = await import('./run/status-payout.ts');
      await showPayout(io, id, command.optsWithGlobals<QueryOptions>());
    });
  withExample(payout, 'npx tieout status payout 20001234562');
}
