/** `npm start`: installs what is missing, then starts the world. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensurePackages, root } from './ensure-packages.mjs';

const quiet =
  process.argv.includes('--json') || process.argv.includes('quiet') || process.argv.includes('--progress=quiet');
const installed = ensurePackages((words) => {
  if (!quiet) process.stderr.write(`${words}\n`);
});

const child = spawn(
  process.execPath,
  ['--import', 'tsx', join('src', 'cli', 'start-main.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(installed === null ? {} : { TIEOUT_INSTALLED_IN: installed.toFixed(1) }) },
  },
);
// The terminal sends Ctrl-C to the whole group; a signal to this process alone is handed on.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    if (signal === 'SIGTERM') child.kill(signal);
  });
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
