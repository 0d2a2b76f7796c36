/** What another user of this machine gets: a process that is nobody's where the tests run as root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

export const AS_ROOT = process.getuid?.() === 0;

/** `path` → `read`, or why not; `user` → what the server answered to a sign-in without a password. */
export interface Attempts {
  files: Record<string, string>;
  signIns: Record<string, string>;
}

/** The messages of a sign-in (Postgres manual, 53.7): R with 0 lets in, R with 10 wants SCRAM, E is a refusal. */
const SCRIPT = `
const { readFileSync, readdirSync, statSync } = require('node:fs');
const { connect } = require('node:net');
const { files, users, port, drop } = JSON.parse(process.argv[1]);
if (drop) { process.setgroups([]); process.setgid(drop.gid); process.setuid(drop.uid); }
const look = (path) => { try { statSync(path).isDirectory() ? readdirSync(path) : readFileSync(path); return 'read'; } catch (error) { return error.code; } };
const signIn = (user) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => {
    const words = Buffer.from(['user', user, 'database', 'tieout', ''].join('\\0') + '\\0');
    const head = Buffer.alloc(8);
    head.writeInt32BE(words.length + 8, 0);
    head.writeInt32BE(196608, 4);
    socket.write(Buffer.concat([head, words]));
  });
  socket.on('error', (error) => resolve(error.code));
  socket.once('data', (bytes) => {
    const kind = String.fromCharCode(bytes[0]);
    resolve(kind === 'R' ? ({ 0: 'let in', 10: 'asked for a password' })[bytes.readInt32BE(5)] ?? 'asked otherwise' : kind === 'E' ? 'refused' : kind);
    socket.destroy();
  });
});
(async () => {
  const signIns = {};
  for (const user of users) signIns[user] = await signIn(user);
  console.log(JSON.stringify({ files: Object.fromEntries(files.map((path) => [path, look(path)])), signIns }));
})();
`;

export function attemptAsAnother({ files, users, port }: { files: string[]; users: string[]; port: number }): Attempts {
  const drop = AS_ROOT
    ? { uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) }
    : null;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['-e', SCRIPT, JSON.stringify({ files, users, port, drop })],
    { encoding: 'utf8', cwd: '/', env: { PATH: process.env['PATH'] } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Attempts;
}

/** Rights that others than the owner have, as `ls` counts them. */
export const othersMay = (path: string): number => statSync(path).mode & 0o077;
