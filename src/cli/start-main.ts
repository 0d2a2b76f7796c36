/** Entry of `npm start`, once dependencies are there. */
import { CommanderError } from 'commander';
import { renderError } from '../errors/render-error.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { processIo, stderrOf } from './command-io.ts';
import { EXIT, exitCodeOf } from '../errors/exit-codes.ts';
import { inCharactersOf } from './print/characters.ts';
import { start } from './start/start.ts';
import { startCommand } from './start/start-options.ts';
import { wrongUsage } from './wrong-usage.ts';

// What it makes is for its user alone, and whoever it starts inherits that.
process.umask(0o077);
const io = processIo();
try {
  await startCommand((options) => start(options, io))
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(process.argv.slice(2), { from: 'user' });
  process.exit(io.exitCode);
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exit(EXIT.done);
  if (error instanceof CommanderError) {
    io.err(
      `${inCharactersOf(stderrOf(io), renderError(wrongUsage(error, 'npm start -- --help shows the options'), io))}\n`,
    );
    process.exit(EXIT.usage);
  }
  if (error instanceof TieoutError) {
    io.err(`${inCharactersOf(stderrOf(io), renderError(error.notice, io))}\n`);
    process.exit(exitCodeOf(error.code));
  }
  io.err(
    `This is a fault of Tieout, not of yours: ${error instanceof Error ? (process.argv.includes('--debug') ? (error.stack ?? error.message) : error.message) : String(error)}\n`,
  );
  process.exit(EXIT.failed);
}
