import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createHttpExchange, headerOf, NoAnswer } from '../../../src/clients/http/http-exchange.ts';
import { startServer, type Answering } from '../loopback-server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
async function serve(answer: Answering) {
  const server = await startServer(answer);
  closers.push(server.close);
  return server;
}
const noAnswerOf = async (call: Promise<unknown>): Promise<NoAnswer> => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof NoAnswer) return error;
  throw new Error('there was an answer');
};

describe('an exchange', () => {
  test('takes every status as an answer, follows nobody elsewhere and repeats nothing', async () => {
    const server = await serve(
      (request, response) =>
        void response
          .writeHead(Number(request.path.slice(1)), { location: '/200', 'x-amzn-requestid': 'r1' })
          .end('text'),
    );
    const exchange = createHttpExchange({ timeoutMs: 1000 });
    for (const status of [200, 302, 404, 429, 500, 503]) {
      const answer = await exchange({ method: 'POST', url: `${server.url}/${status}`, body: '{}' });
      expect(answer).toMatchObject({ status, text: 'text' });
      expect(headerOf(answer, 'x-amzn-requestid')).toBe('r1');
    }
    expect(server.seen).toHaveLength(6);
  });

  test('whose answer is larger than allowed ends', async () => {
    const server = await serve(async (_, response) => {
      for (let piece = 0; piece < 50 && !response.destroyed; piece += 1) {
        response.write(Buffer.alloc(10_000, 'x'));
        await pause(2);
      }
      response.end();
    });
    const error = await noAnswerOf(
      createHttpExchange({ timeoutMs: 5000, maxBytes: 100_000 })({ method: 'GET', url: server.url }),
    );
    expect(error).toMatchObject({ message: 'the answer is larger than 100000 bytes', sent: true });
  });

  test('that ends without an answer says whether the request can have been seen', async () => {
    const server = await serve((request, response) => {
      if (request.path === '/break') response.destroy();
    });
    const exchange = createHttpExchange({ timeoutMs: 200 });
    expect(await noAnswerOf(exchange({ method: 'GET', url: `${server.url}/break` }))).toMatchObject({ sent: true });
    expect(await noAnswerOf(exchange({ method: 'GET', url: `${server.url}/silence` }))).toMatchObject({
      sent: true,
      message: 'no answer within 0.2 s',
    });
    await server.close();
    expect(await noAnswerOf(exchange({ method: 'GET', url: server.url }))).toMatchObject({
      sent: false,
      message: 'no answer (ECONNREFUSED)',
    });
  });

  test('ends with its signal', async () => {
    const ending = new AbortController();
    const server = await serve(() => ending.abort());
    await noAnswerOf(
      createHttpExchange({ timeoutMs: 5000, signal: ending.signal })({ method: 'GET', url: server.url }),
    );
  });
});
