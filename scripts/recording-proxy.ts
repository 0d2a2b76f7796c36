import { createServer, request as forward } from 'node:http';
import type { Exchange } from './amazon-model-check.ts';

/** A proxy on loopback that passes everything on to a server and keeps what was asked and answered. */
export async function startRecordingProxy(
  target: string,
): Promise<{ url: string; exchanges: Exchange[]; close(): void }> {
  const exchanges: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    const sent: Buffer[] = [];
    const passed = forward(
      `${target}${incoming.url ?? '/'}`,
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } },
      (answer) => {
        const received: Buffer[] = [];
        answer
          .on('data', (chunk: Buffer) => received.push(chunk))
          .on('end', () => {
            const body = Buffer.concat(received);
            const address = new URL(incoming.url ?? '/', target);
            exchanges.push({
              method: incoming.method ?? 'GET',
              path: address.pathname,
              query: address.searchParams,
              requestBody: jsonOf(Buffer.concat(sent)),
              status: answer.statusCode ?? 0,
              responseBody: jsonOf(body),
            });
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(body);
          });
      },
    );
    incoming
      .on('data', (chunk: Buffer) => {
        sent.push(chunk);
        passed.write(chunk);
      })
      .on('end', () => passed.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
