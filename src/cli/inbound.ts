import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withListOptions, type ListOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout inbound [SHIPMENT]`: what is on its way to Amazon. */
export function registerInbound(program: Command, io: CommandIo): void {
  const command = withListOptions(program.command('inbound'))
    .description('shipments on their way to Amazon: what was shipped, what was received, and what is still under way')
    .argument('[shipment]', 'one of them, with its SKUs and documents')
    .action(async (shipment: string | undefined, options: ListOptions) => {
      const { showInbound } = await import('./run/inbound.ts');
      await showInbound(io, shipment ?? null, options);
    });
  withExample(command, 'npx tieout inbound', 'npx tieout inbound FBA15DEMO1');
}
