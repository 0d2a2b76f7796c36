/**
 * The codec as a small HTTP server, for the Temporal UI (`--ui-codec-endpoint`, TEMPORAL_CODEC_ENDPOINT) and the Temporal
 * CLI (`--codec-endpoint`): POST /encode and /decode with `{"payloads": [{"metadata": {…base64}, "data": base64}]}`.
 * It listens on loopback, and a browser may only come from the page of the UI: whoever reaches it reads everything.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Payload, PayloadCodec } from '@temporalio/common';

export interface CodecServerOptions {
  codec: PayloadCodec;
  /** Origin of the Temporal UI, like `http://127.0.0.1:8233`: scheme, host and port, no path. */
  uiOrigin: string;
  /** 0 takes a free one. */
  port: number;
  /** Loopback unless said otherwise (in a container, where the port is published on loopback only). */
  host?: string;
}

export interface RunningCodecServer {
  url: string;
  close(): Promise<void>;
}

const MOST_BYTES = 16 * 1024 * 1024;

interface JsonPayload {
  metadata?: Record<string, string>;
  data?: string;
}
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function startCodecServer({
  codec,
  uiOrigin,
  port,
  host = '127.0.0.1',
}: CodecServerOptions): Promise<RunningCodecServer> {
  const server = createServer((request, response) => {
    answer(request, response, codec, uiOrigin).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 400;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: error instanceof Error ? error.message : String(error) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  codec: PayloadCodec,
  uiOrigin: string,
): Promise<void> {
  const { origin } = request.headers;
  // Tools send no origin; a browser always does, and may be on anybody's page.
  if (origin !== undefined && origin !== uiOrigin) throw new Refusal(403, 'This origin may not use the codec.');
  response.setHeader('vary', 'origin');
  if (origin !== undefined) response.setHeader('access-control-allow-origin', uiOrigin);
  if (request.method === 'OPTIONS') {
    response
      .writeHead(204, {
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, x-namespace, authorization',
        'access-control-max-age': '600',
      })
      .end();
    return;
  }
  const path = new URL(request.url ?? '/', 'http://codec').pathname;
  const convert = path === '/decode' ? codec.decode : path === '/encode' ? codec.encode : undefined;
  if (convert === undefined) throw new Refusal(404, 'There is POST /encode and POST /decode.');
  if (request.method !== 'POST') throw new Refusal(405, 'Only POST is answered.');
  const payloads = await convert(readPayloads(await bodyOf(request)));
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ payloads: payloads.map(toJson) }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refusal(413, 'That is too much at once.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readPayloads(text: string): Payload[] {
  const body = JSON.parse(text) as { payloads?: JsonPayload[] } | null;
  if (!Array.isArray(body?.payloads)) throw new Refusal(400, 'The body has no payloads.');
  return body.payloads.map(({ metadata = {}, data = '' }) => ({
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    data: Buffer.from(data, 'base64'),
  }));
}

function toJson({ metadata, data }: Payload): JsonPayload {
  return {
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
    ),
    data: Buffer.from(data ?? []).toString('base64'),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
