import type { Command } from 'commander';
import { explainRefusedStockRole, STOCK_ROLES } from '../domain/decisions/explain-stock-role.ts';
import type { Role } from '../domain/mapping/roles.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { nearestOf } from '../config/near-miss.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout answer-rows ROW… --role ROLE`: rows of the ledger that nothing answers become an adjustment. */
export function registerAnswerRows(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('answer-rows'))
    .description("adjust NetSuite by rows of Amazon's ledger that nothing answers")
    .argument(
      '<rows...>',
      'ids of rows as tieout stock events --ids shows them, or the number of an exception for all of its rows',
    )
    .requiredOption('--role <role>', 'what they cost: inventory-loss, cogs-returns, …')
    .action(async (rows: string[], options: ActionOptions & { role: string }) => {
      const role = roleNamed(options.role);
      const why = reasonOf(options.why, 'Rows are adjusted');
      const { answerRows } = await import('./run/stock-decision.ts');
      await answerRows(io, { rows, role, why }, options);
    });
  withExample(
    command,
    'npx tieout answer-rows 42 --role inventory-loss --why "never sold, case 1234"',
    'npx tieout answer-rows "2026-10-10|X1|BLU-MUG|Shipments|||PDX9|US|SELLABLE|-2#1" --role inventory-loss --why "…"',
  );
}

function roleNamed(text: string): Role {
  const refused = explainRefusedStockRole(text);
  if (refused === null) return text as Role;
  const near = nearestOf(text, STOCK_ROLES);
  throw new TieoutError({
    code: 'usage',
    what: refused,
    notDone: 'Nothing was decided.',
    where: [],
    do: [near === null ? 'name the role of the cost' : `did you mean ${near}?`],
  });
}
