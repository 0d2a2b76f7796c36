import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCodecServer, type RunningCodecServer } from '../../src/temporal/codec-server.ts';
import { dataConverterOf } from '../../src/temporal/payload-codec.ts';

const UI = 'http://127.0.0.1:8233';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const PLAIN = { metadata: { encoding: base64('json/plain') }, data: base64('"34.99"') };

let server: RunningCodecServer;
beforeAll(async () => {
  const [codec] = dataConverterOf(
    { temporal: { codec: { keyIds: ['k'] } } },
    { TIEOUT_CODEC_KEYS: `k:${randomBytes(32).toString('base64')}` },
  )!.payloadCodecs!;
  server = await startCodecServer({ codec: codec!, uiOrigin: UI, port: 0 });
});
afterAll(() => server.close());

const post = (path: string, body: string, headers: Record<string, string> = { origin: UI }) =>
  fetch(`${server.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe('the codec server', () => {
  test('encodes and decodes payloads in the JSON that the Temporal UI sends', async () => {
    const encoded = (await (await post('/encode', JSON.stringify({ payloads: [PLAIN] }))).json()) as {
      payloads: [{ metadata: Record<string, string>; data: string }];
    };
    expect(Buffer.from(encoded.payloads[0].metadata['encoding']!, 'base64').toString()).toBe('binary/encrypted');
    expect(Buffer.from(encoded.payloads[0].data, 'base64').toString('latin1')).not.toContain('34.99');
    const decoded = await post('/decode', JSON.stringify(encoded));
    expect(await decoded.json()).toEqual({ payloads: [PLAIN] });
  });

  test('lets the page of the UI read the answer, and says before what it may send', async () => {
    const answer = await post('/decode', JSON.stringify({ payloads: [PLAIN] }));
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
    const asked = await fetch(`${server.url}/decode`, {
      method: 'OPTIONS',
      headers: { origin: UI, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-namespace' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(UI);
    expect(asked.headers.get('access-control-allow-headers')).toContain('x-namespace');
  });

  test('refuses any other page, also one that does not ask before', async () => {
    const answer = await post('/decode', JSON.stringify({ payloads: [PLAIN] }), {
      origin: 'https://elsewhere.example',
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const asked = await fetch(`${server.url}/decode`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(asked.status).toBe(403);
  });

  test('answers tools on this machine, which send no origin', async () => {
    const answer = await post('/decode', JSON.stringify({ payloads: [PLAIN] }), {});
    expect(await answer.json()).toEqual({ payloads: [PLAIN] });
  });

  test('says what it cannot do', async () => {
    expect((await post('/decode', '{"payloads": 1}')).status).toBe(400);
    expect((await post('/decode', 'not json')).status).toBe(400);
    expect((await post('/other', '{}')).status).toBe(404);
    expect((await fetch(`${server.url}/decode`, { headers: { origin: UI } })).status).toBe(405);
    const foreign = {
      metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64('lost') },
      data: Buffer.alloc(40).toString('base64'),
    };
    const answer = await post('/decode', JSON.stringify({ payloads: [foreign] }));
    expect([answer.status, await answer.json()]).toEqual([400, { message: 'There is no codec key "lost".' }]);
  });
});
