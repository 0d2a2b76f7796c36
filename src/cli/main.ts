import { Command, CommanderError } from 'commander';
import { renderError } from '../errors/render-error.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { registerAlerts } from './alerts.ts';
import { registerAuditLog } from './audit-log.ts';
import { registerBalances } from './balances.ts';
import { registerClose } from './close.ts';
import { registerBankImport } from './bank-import.ts';
import { registerBankLines } from './bank-lines.ts';
import { registerInbound } from './inbound.ts';
import { registerMapMovement } from './map-movement.ts';
import { registerAnswerRows } from './answer-rows.ts';
import { registerExplainForeign } from './explain-foreign.ts';
import { registerDecideInbound } from './decide-inbound.ts';
import { registerCloseGap } from './close-gap.ts';
import { registerApproveOpening } from './approve-opening.ts';
import { registerApproveAdjustment } from './approve-adjustment.ts';
import { registerStock } from './stock.ts';
import { registerBookFeeInvoice } from './book-fee-invoice.ts';
import { registerBookRefund } from './book-refund.ts';
import { processIo, stderrOf, type CommandIo } from './command-io.ts';
import { registerDecide } from './decide.ts';
import { registerDoctor } from './doctor.ts';
import { registerExceptions } from './exceptions.ts';
import { EXIT, exitCodeOf } from '../errors/exit-codes.ts';
import { registerExplain } from './explain.ts';
import { withExample } from './help-example.ts';
import { registerMapAmount } from './map-amount.ts';
import { registerMapFinances } from './map-finances.ts';
import { registerMapSku } from './map-sku.ts';
import { registerMatchDeposit } from './match-deposit.ts';
import { inCharactersOf } from './print/characters.ts';
import { registerMoveTax } from './move-tax.ts';
import { registerNote, registerSnooze } from './note.ts';
import { registerOpenChain } from './open-chain.ts';
import { registerProfit } from './profit.ts';
import { registerProof } from './proof.ts';
import { registerReadAgain } from './read-again.ts';
import { registerConfirmPrices } from './confirm-prices.ts';
import { registerPlaceSale } from './place-sale.ts';
import { registerCorrectTax } from './correct-tax.ts';
import { registerSample } from './sample.ts';
import { registerSettleDifference } from './settle-difference.ts';
import { registerSettlementImport } from './settlement-import.ts';
import { registerSettlementInspect } from './settlement-inspect.ts';
import { registerSimulate } from './simulate.ts';
import { registerStatus } from './status.ts';
import { registerTryAgain } from './try-again.ts';
import { registerVat } from './vat.ts';
import { wrongUsage } from './wrong-usage.ts';

/**
 * The command line. Each command is a file of its own that registers itself and imports what is heavy only when it
 * runs, so that `--help` and the light commands start at once. Returns the exit code.
 */
export async function main(argv: readonly string[], io: CommandIo = processIo()): Promise<number> {
  const spoken: string[] = [];
  const program = createProgram(io, spoken);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return io.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return commanderExit(error, { program, argv, spoken }, io);
    const debug = argv.includes('--debug');
    if (!(error instanceof TieoutError)) {
      io.err(`${bugSentence(error)}\n${debug && error instanceof Error ? `${error.stack ?? ''}\n` : ''}`);
      return EXIT.failed;
    }
    io.err(`${inCharactersOf(stderrOf(io), renderError(error.notice, io))}\n${debug ? `${error.stack ?? ''}\n` : ''}`);
    return exitCodeOf(error.code);
  }
}

function createProgram(io: CommandIo, spoken: string[]): Command {
  const program = new Command('tieout')
    .description('Keeps Amazon FBA and NetSuite in agreement, to the cent and to the unit.')
    .option('--debug', 'show the stack of an error')
    .option('--no-color', 'no colours')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: (text) => spoken.push(text) });
  withExample(program, 'npx tieout settlement inspect reports/20001234561.txt');
  const settlement = program
    .command('settlement')
    .description('look at settlement reports, take them in')
    .helpCommand(false);
  withExample(settlement, 'npx tieout settlement inspect reports/20001234561.txt');
  registerSettlementInspect(settlement, io);
  registerSettlementImport(settlement, io);
  registerExceptions(program, io);
  registerAlerts(program, io);
  registerNote(program, io);
  registerSnooze(program, io);
  registerMapSku(program, io);
  registerMapAmount(program, io);
  registerMapFinances(program, io);
  registerSettleDifference(program, io);
  registerCorrectTax(program, io);
  registerConfirmPrices(program, io);
  registerPlaceSale(program, io);
  registerMoveTax(program, io);
  registerBookFeeInvoice(program, io);
  registerOpenChain(program, io);
  registerProfit(program, io);
  registerProof(program, io);
  registerSample(program, io);
  registerBookRefund(program, io);
  registerMatchDeposit(program, io);
  registerReadAgain(program, io);
  registerMapMovement(program, io);
  registerAnswerRows(program, io);
  registerExplainForeign(program, io);
  registerDecideInbound(program, io);
  registerCloseGap(program, io);
  registerApproveOpening(program, io);
  registerApproveAdjustment(program, io);
  registerTryAgain(program, io);
  registerDecide(program, io);
  registerStatus(program, io);
  registerExplain(program, io);
  const bank = program.command('bank').description('statements of the bank account and the card').helpCommand(false);
  withExample(bank, 'npx tieout bank import october.ofx');
  registerBankImport(bank, io);
  registerBankLines(bank, io);
  registerStock(program, io);
  registerInbound(program, io);
  registerVat(program, io);
  registerClose(program, io);
  registerBalances(program, io);
  registerAuditLog(program, io);
  registerDoctor(program, io);
  registerSimulate(program, io);
  return program;
}

/** Below a command that also does something by itself, commander takes a misspelt one for an argument too many. */
const SUBCOMMANDS = ['order', 'payout', 'verify'];

/** Help is no error; everything else that commander refuses is wrong usage, with the near word where there is one. */
function commanderExit(
  error: CommanderError,
  { program, argv, spoken }: { program: Command; argv: readonly string[]; spoken: readonly string[] },
  io: CommandIo,
): number {
  if (error.exitCode === 0) return EXIT.done;
  if (error.code === 'commander.help') {
    io.err(spoken.join(''));
    return EXIT.usage;
  }
  const notice = wrongUsage(error, helpOf(program, argv), argv, SUBCOMMANDS);
  io.err(`${inCharactersOf(stderrOf(io), renderError(notice, io))}\n`);
  return EXIT.usage;
}

/** Help of the command that was begun: `npx tieout close-gap --help shows how it is given`. */
function helpOf(program: Command, argv: readonly string[]): string {
  let begun = program;
  const words = ['npx tieout'];
  for (const word of argv) {
    const below = begun.commands.find((command) => command.name() === word);
    if (below === undefined) break;
    begun = below;
    words.push(word);
  }
  return `${words.join(' ')} --help shows ${begun === program ? 'the commands' : 'how it is given'}`;
}

function bugSentence(error: unknown): string {
  const messages: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (at.message !== '' && !messages.includes(at.message)) messages.push(at.message);
  const message = messages.length === 0 ? String(error) : messages.join(': ');
  return `This is a fault of Tieout, not of yours: ${message}. Run it again with --debug and report what it says.`;
}
