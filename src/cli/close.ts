import { InvalidArgumentError, type Command } from 'commander';
import { isMonth } from '../domain/money/instant.ts';
import type { CommandIo } from './command-io.ts';
import {
  reasonOf,
  withActionOptions,
  withArchiveOptions,
  withQueryOptions,
  type ActionOptions,
  type ArchiveOptions,
} from './command-options.ts';
import { withExample } from './help-example.ts';
import type { CloseOptions } from './run/close.ts';

/** `tieout close [PERIOD]`, and what is decided about a month: carry, accrue, sign, reopen, opening, pack. */
export function registerClose(program: Command, io: CommandIo): void {
  const command = withQueryOptions(program.command('close'))
    .description('may a month be signed, and what is open')
    .argument('[month]', 'like 2026-10; without it every month in a line', month)
    .option('--item <name>', 'one item of the month in full; sales: a line a currency, marketplace and day')
    .helpCommand(false)
    .action(async (of: string | undefined, options: CloseOptions, self: Command) => {
      if (of === undefined && options.item !== undefined) self.error("error: option '--item' is of one month");
      const { showClose } = await import('./run/close.ts');
      await showClose(io, of ?? null, options);
    });
  withExample(command, 'npx tieout close', 'npx tieout close 2026-10', 'npx tieout close 2026-10 --item sales');
  registerCarry(command, io);
  registerAccrue(command, io);
  registerSign(command, io);
  registerOpening(command, io);
  registerPack(command, io);
}

/** Options of the command above it are heard wherever they stand. */
const heard = (of: Command): ActionOptions => of.optsWithGlobals<ActionOptions>();

function registerCarry(close: Command, io: CommandIo): void {
  const carry = withActionOptions(close.command('carry'))
    .description("carry an item's difference into the next month, with a reason")
    .argument('<month>', 'like 2026-10', month)
    .argument('<item>', 'as the close names it')
    .argument('<amount>', 'its difference as it is now; -- before one below zero')
    .option('--currency <code>', 'of the figure; without it what is counted')
    .action(async (of: string, item: string, amount: string, _: ActionOptions, command: Command) => {
      const options = command.optsWithGlobals<ActionOptions & { currency?: string }>();
      const why = reasonOf(options.why, 'An item is carried');
      const { decideClose } = await import('./run/close.ts');
      const { currency } = options;
      await decideClose(
        io,
        {
          update: 'carryItem',
          args: { period: of, item, amount, why, ...(currency === undefined ? {} : { currency }) },
        },
        options,
      );
    });
  withExample(carry, 'npx tieout close carry 2026-10 tax 0.00 --currency GBP --why "report comes on the 18th"');
}

function registerAccrue(close: Command, io: CommandIo): void {
  const accrue = withActionOptions(close.command('accrue'))
    .description("accrue what is unsettled at a month's end, or set it to none")
    .argument('<month>', 'like 2026-10', month)
    .argument('<currency>', 'like USD')
    .option('--none', 'nothing of it is accrued: the settlements that bring it book it when they come')
    .action(async (of: string, currency: string, _: ActionOptions, command: Command) => {
      const options = command.optsWithGlobals<ActionOptions & { none?: boolean }>();
      const why = reasonOf(options.why, 'An accrual is approved');
      const { decideClose } = await import('./run/close.ts');
      const none = options.none === true ? { none: true } : {};
      await decideClose(io, { update: 'approveAccrual', args: { period: of, currency, why, ...none } }, options);
    });
  withExample(
    accrue,
    'npx tieout close accrue 2026-10 USD --by maria --why "as worked out"',
    'npx tieout close accrue 2026-10 USD --none --why "below materiality"',
  );
}

function registerSign(close: Command, io: CommandIo): void {
  const sign = withActionOptions(close.command('sign'))
    .description('sign a month of which nothing is open')
    .argument('<month>', 'like 2026-10', month)
    .action(async (of: string, _: ActionOptions, command: Command) => {
      const options = heard(command);
      const why = reasonOf(options.why, 'A month is signed');
      const { decideClose } = await import('./run/close.ts');
      await decideClose(io, { update: 'signOff', args: { period: of, why } }, options);
    });
  withExample(sign, 'npx tieout close sign 2026-10 --by maria --why "reviewed"');
  const reopen = withActionOptions(close.command('reopen'))
    .description('open a signed month again; a second signature will stand beside the first')
    .argument('<month>', 'like 2026-10', month)
    .action(async (of: string, _: ActionOptions, command: Command) => {
      const options = heard(command);
      const why = reasonOf(options.why, 'A month is reopened');
      const { decideClose } = await import('./run/close.ts');
      await decideClose(io, { update: 'reopen', args: { period: of, why } }, options);
    });
  withExample(reopen, 'npx tieout close reopen 2026-10 --why "a fee was booked twice"');
}

function registerOpening(close: Command, io: CommandIo): void {
  const opening = withActionOptions(close.command('opening'))
    .description('confirm, once, what stood on an account before the first month')
    .argument('<account>', 'as the close names it')
    .argument('<currency>', 'like USD')
    .argument('<amount>', 'debit positive; -- before one below zero')
    .action(async (account: string, currency: string, amount: string, _: ActionOptions, command: Command) => {
      const options = heard(command);
      const why = reasonOf(options.why, 'An opening is confirmed');
      const { decideClose } = await import('./run/close.ts');
      await decideClose(io, { update: 'approveOpeningBalance', args: { account, currency, amount, why } }, options);
    });
  withExample(opening, 'npx tieout close opening receivable USD 120.00 --why "as the old books closed"');
}

function registerPack(close: Command, io: CommandIo): void {
  const pack = withArchiveOptions(close.command('pack'))
    .description('a month as one ZIP that reads and prints without us: what was signed and what it stands on')
    .argument('<month>', 'like 2026-10', month)
    .action(async (of: string, _: ArchiveOptions, command: Command) => {
      const { writePack } = await import('./run/evidence.ts');
      await writePack(io, of, command.optsWithGlobals<ArchiveOptions>());
    });
  withExample(pack, 'npx tieout close pack 2026-10', 'npx tieout close pack 2026-10 --out october.zip');
}

function month(text: string): string {
  if (!isMonth(text)) throw new InvalidArgumentError('a month like 2026-10 is expected');
  return text;
}
