/**
 * Health and metrics over HTTP, on loopback unless said otherwise: `/health/live` (this process answers), `/health/ready`
 * (200 where everything is there that work needs, else 503 and what is not), `/metrics` (Prometheus). No secrets and no
 * facts of a seller but counts, codes and names of connections.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { healthChecks, healthView, type HealthSource } from '../../views/health/health-view.ts';
import { CONTENT_TYPE, renderMetrics } from './render-metrics.ts';

export interface HealthServer {
  url: string;
  close(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function serveHealth(source: HealthSource, port: number, host = '127.0.0.1'): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return json(response, 405, { error: 'only GET is answered' });
    answer(source, new URL(request.url ?? '/', 'http://health').pathname, response).catch((error: unknown) =>
      json(response, 500, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(source: HealthSource, path: string, response: ServerResponse): Promise<void> {
  if (path === '/health/live') return json(response, 200, { live: true });
  if (path === '/health/ready') {
    const checks = await healthChecks(source);
    const ready = checks.every(({ ok }) => ok);
    return json(response, ready ? 200 : 503, { ready, checks });
  }
  if (path === '/metrics') {
    response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(await renderMetrics(await healthView(source)));
    return;
  }
  json(response, 404, { error: 'there is /health/live, /health/ready and /metrics' });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
