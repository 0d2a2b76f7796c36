import { randomInt } from 'node:crypto';
import { createServer, connect } from 'node:net';

/**
 * Where free ports are looked for: below those that a system hands out by itself (from 32768 on Linux, 49152 elsewhere;
 * RFC 6335), or any connection that is opened before our server listens could have it.
 */
const [FIRST, LAST] = [20_000, 32_000];
const TRIES = 50;

/** True when something accepts connections on a loopback port. */
export function portAnswers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** The port itself when it is free, a free one when 0 is asked for, null when it is taken. */
export async function takePort(port: number, host = '127.0.0.1'): Promise<number | null> {
  if (port !== 0) return (await isFree(port, host)) ? port : null;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const candidate = randomInt(FIRST, LAST);
    if (await isFree(candidate, host)) return candidate;
  }
  return null;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Waits until a port answers or the process behind it has ended; false when it never did. */
export async function waitForPort(port: number, timeoutMs: number, ended?: Promise<unknown>): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  const process = { over: false };
  void ended?.then(() => {
    process.over = true;
  });
  while (Date.now() < deadline && !process.over) {
    if (await portAnswers(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
