/** The words of `npm start -- …`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { DEMO_NAMES, type DemoName } from '../../local/demo-month/demo-names.ts';
import type { StatementForm } from '../../config/statement-form.ts';
import { statementFormOf, withStatementOptions } from '../statement-options.ts';
import type { ProgressChoice } from './progress.ts';

export interface StartOptions {
  /** Null where none is named: the first demo, unless there are real accounts. */
  demo: DemoName | null;
  once: boolean;
  decisions: string | null;
  acceptSuggestions: boolean;
  settlements: string[];
  bank: string | null;
  card: string | null;
  /** How the CSV of each is written, where its headers are not ours. */
  statementForms: { bank: StatementForm | null; card: StatementForm | null };
  report: string | null;
  config: string | null;
  progress: ProgressChoice;
  json: boolean;
  workers: number;
  ports: {
    postgres?: number;
    temporal?: number;
    temporalUi?: number;
    amazon?: number;
    netsuite?: number;
    health?: number;
  };
}

const number = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('is not a number');
  return Number(text);
};
const demo = (text: string): DemoName => {
  const known = DEMO_NAMES.find((name) => name === text);
  if (known === undefined)
    throw new InvalidArgumentError(`There is no demo of this name; they are ${DEMO_NAMES.join(', ')}`);
  return known;
};
const progress = (text: string): ProgressChoice => {
  if (!['auto', 'live', 'plain', 'quiet'].includes(text))
    throw new InvalidArgumentError('is auto, live, plain or quiet');
  return text as ProgressChoice;
};
const collect = (text: string, known: string[]): string[] => [...known, text];

export function startCommand(run: (options: StartOptions) => Promise<void>): Command {
  const command = new Command('npm start --')
    .description('Runs Tieout on this machine: the demo month, your own settlement reports, or your real accounts.')
    .addOption(
      new Option('--demo <name>', 'which demo: us, a US seller with stock, or uk, a UK seller with VAT')
        .argParser(demo)
        .conflicts(['settlement', 'config']),
    )
    .option('--once', 'run to the end, print the tie-out and exit', false)
    .option('--decisions <file>', 'take the open decisions from a file')
    .option('--accept-suggestions', 'take the suggested decisions', false)
    .option(
      '--settlement <file>',
      'a settlement report of your own instead of the demo month (may be repeated)',
      collect,
      [],
    )
    .option('--bank <file>', 'the bank statement that belongs to it (OFX or CSV)')
    .option('--card <file>', 'the card statement that belongs to it (OFX or CSV)')
    .option('--report <file>', 'write the report of the run (JSON)')
    .option('--config <file>', 'your own connections (default: tieout.config.yaml, where it is)')
    .option('--progress <how>', 'auto, live, plain or quiet', progress, 'auto')
    .option('--json', 'one JSON document on stdout, nothing else', false)
    .option('--no-color', 'no colours')
    .option('--workers <n>', 'worker processes', number, 2)
    .option('--postgres-port <n>', 'default 54329, 0 takes a free one', number)
    .option('--temporal-port <n>', 'default 7233', number)
    .option('--temporal-ui-port <n>', 'default 8233', number)
    .option('--amazon-port <n>', 'default 4010', number)
    .option('--netsuite-port <n>', 'default 4020', number)
    .option('--health-port <n>', 'health and metrics: default 4030, a free one where that is taken', number)
    .addHelpText('before', 'npm start -- --once\n')
    .action(async (given: Record<string, unknown>) => {
      const text = (name: string) => (given[name] as string | undefined) ?? null;
      const ports = Object.fromEntries(
        Object.entries({
          postgres: given['postgresPort'],
          temporal: given['temporalPort'],
          temporalUi: given['temporalUiPort'],
          amazon: given['amazonPort'],
          netsuite: given['netsuitePort'],
          health: given['healthPort'],
        }).filter(([, port]) => port !== undefined),
      ) as StartOptions['ports'];
      await run({
        demo: (given['demo'] as DemoName | undefined) ?? null,
        once: given['once'] === true,
        decisions: text('decisions'),
        acceptSuggestions: given['acceptSuggestions'] === true,
        settlements: given['settlement'] as string[],
        bank: text('bank'),
        card: text('card'),
        statementForms: { bank: statementFormOf(given, 'bank-'), card: statementFormOf(given, 'card-') },
        report: text('report'),
        config: text('config'),
        progress: given['json'] === true ? 'quiet' : (given['progress'] as ProgressChoice),
        json: given['json'] === true,
        workers: given['workers'] as number,
        ports,
      });
    });
  return withStatementOptions(withStatementOptions(command, 'bank-'), 'card-');
}
