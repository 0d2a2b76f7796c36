import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withArchiveOptions, type ArchiveOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout proof SETTLEMENT`: a payout from each row of its report to the line of the bank, for somebody who has no Tieout. */
export function registerProof(program: Command, io: CommandIo): void {
  const command = withArchiveOptions(program.command('proof'))
    .description('a settlement from each row of its report to the bank, as one ZIP with the report as received')
    .argument('<settlement>', 'its number')
    .action(async (settlementId: string, options: ArchiveOptions) => {
      const { writeProof } = await import('./run/evidence.ts');
      await writeProof(io, settlementId, options);
    });
  withExample(command, 'npx tieout proof 12345678901', 'npx tieout proof 12345678901 --out proof.zip');
}
