import { spawn, type ChildProcess } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PROJECT_ROOT } from '../../src/config/project-folder.ts';

/** `tieout simulate` as real processes. */

interface Contract {
  netsuite: { url: string; tokenUrl: string; clientId: string; certificateId: string; privateKeyFile: string };
}
const COMMAND = [
  join(PROJECT_ROOT, 'bin', 'tieout.js'),
  'simulate',
  '--json',
  '--amazon-port',
  '0',
  '--netsuite-port',
  '0',
];
const started: ChildProcess[] = [];
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'tieout-simulate-'));
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** Starts a process and hands it over with the line of the contract that it, or its child, prints. */
async function start(args: string[]): Promise<{ child: ChildProcess; contract: Contract }> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TIEOUT_HOME: home, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let text = '';
  for await (const chunk of child.stdout!) {
    text += String(chunk);
    if (text.includes('\n')) return { child, contract: JSON.parse(text) as Contract };
  }
  throw new Error(`it ended before it was ready: ${text}`);
}

/** Status of a token that is asked for with the key in the file. */
async function tokenStatus({
  netsuite: { tokenUrl, clientId, certificateId, privateKeyFile },
}: Contract): Promise<number> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const data = `${part({ typ: 'JWT', alg: 'ES256', kid: certificateId })}.${part({ iss: clientId, scope: ['rest_webservices'], aud: tokenUrl, iat, exp: iat + 300 })}`;
  const signature = sign('sha256', Buffer.from(data), {
    key: createPrivateKey(readFileSync(privateKeyFile, 'utf8')),
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
  const form = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${data}.${signature}`,
  };
  return (await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) })).status;
}

async function hasEnded({ netsuite: { url } }: Contract): Promise<true> {
  for (;;) {
    if (
      await fetch(`${url}/admin/state`).then(
        () => false,
        () => true,
      )
    )
      return true;
    await wait(100);
  }
}

test('two of them in one folder keep each its own key', async () => {
  const [first, second] = await Promise.all([start(COMMAND), start(COMMAND)]);
  expect(first.contract.netsuite.privateKeyFile).not.toBe(second.contract.netsuite.privateKeyFile);
  expect([await tokenStatus(first.contract), await tokenStatus(second.contract)]).toEqual([200, 200]);
  first.child.kill('SIGTERM');
  await hasEnded(first.contract);
  expect(await tokenStatus(second.contract)).toBe(200);
  second.child.kill('SIGTERM');
  await hasEnded(second.contract);
});

test('it ends when the process that started it is killed', async () => {
  const parent = await start([
    '--eval',
    `require('node:child_process').spawn(process.execPath, ${JSON.stringify(COMMAND)}, { stdio: 'inherit' })`,
  ]);
  expect(await tokenStatus(parent.contract)).toBe(200);
  parent.child.kill('SIGKILL');
  expect(await hasEnded(parent.contract)).toBe(true);
});

// npx runs npm, which runs a shell, which runs the command: killed, npx leaves its shell behind.
test('it ends when the one who gave the command is killed behind a shell', async () => {
  const command = [process.execPath, ...COMMAND].map((word) => `'${word}'`).join(' ');
  const parent = await start([
    '--eval',
    `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(`${command}; true`)}], { stdio: 'inherit' })`,
  ]);
  expect(await tokenStatus(parent.contract)).toBe(200);
  parent.child.kill('SIGKILL');
  expect(await hasEnded(parent.contract)).toBe(true);
});
