import { createServer, connect } from 'node:net';

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
export function takePort(port: number, host = '127.0.0.1'): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(taken));
    });
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
