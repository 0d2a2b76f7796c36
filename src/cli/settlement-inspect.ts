import type { Command } from 'commander';
import { inspectionDocument, type InspectionOptions } from '../domain/payouts/inspect-settlement.ts';
import { inspectFile } from '../operations/payouts/inspect-file.ts';
import type { CommandIo } from './command-io.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { withExample } from './help-example.ts';
import { inCharactersOf } from './print/characters.ts';
import { renderInspection } from './print/inspection.ts';

/** `tieout settlement inspect FILE`: reads, checks, classifies and journals one report; no server, no database. */
export function registerSettlementInspect(settlement: Command, io: CommandIo): void {
  const command = settlement
    .command('inspect')
    .description('read a settlement report, check its sum, show its roles and its journal')
    .argument('<file>', 'flat file V2 or V1, packed with gzip or plain')
    .option('--config <file>', 'take accounts, posting mode and decided keys from a configuration')
    .option('--json', 'one document on stdout')
    .action(async (file: string, options: { config?: string; json?: boolean }) => {
      const { inspection, sha256 } = await inspectFile(
        file,
        options.config === undefined ? {} : await connectionOptions(options.config),
      );
      io.out(
        options.json
          ? `${JSON.stringify(inspectionDocument(inspection), null, 2)}\n`
          : inCharactersOf(io, renderInspection(inspection, sha256, Math.min(io.width, 100))),
      );
      io.exitCode = inspection.unknown.length > 0 ? EXIT.undecided : EXIT.done;
    });
  withExample(
    command,
    'npx tieout settlement inspect reports/20001234561.txt',
    'npx tieout settlement inspect reports/20001234561.txt.gz --json',
  );
}

/** Accounts, mode and decisions of the configuration's first connection. */
async function connectionOptions(configFile: string): Promise<InspectionOptions> {
  const { inspectionOptionsOf } = await import('./inspection-options.ts');
  return inspectionOptionsOf(configFile);
}
