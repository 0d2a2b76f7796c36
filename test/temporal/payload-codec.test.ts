import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { TieoutError } from '../../src/errors/tieout-error.ts';
import { dataConverterOf } from '../../src/temporal/payload-codec.ts';

const KEY = { a: randomBytes(32).toString('base64'), b: randomBytes(32).toString('base64') };
const ENV = { TIEOUT_CODEC_KEYS: `2026b:${KEY.b},2026a:${KEY.a}` };
const plain = (): Payload => defaultPayloadConverter.toPayload({ orderId: '112-3940177-8802201', total: '34.99' });
const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('latin1');

function codecOf(keyIds: string[], env: Record<string, string> = ENV): PayloadCodec {
  const [codec] = dataConverterOf({ temporal: { codec: { keyIds } } }, env)!.payloadCodecs!;
  return codec!;
}
async function refusal(work: () => Promise<unknown>): Promise<string> {
  return work().then(
    () => 'nothing was refused',
    (error: unknown) => (error as Error).message,
  );
}

describe('the payload codec', () => {
  test('is off unless the configuration names keys', () => {
    expect(dataConverterOf({ temporal: {} }, ENV)).toBeUndefined();
  });

  test('gives back what it sealed, and shows nothing of it', async () => {
    const codec = codecOf(['2026b', '2026a']);
    const [sealed] = await codec.encode([plain()]);
    expect(text(sealed!.metadata!['encoding'])).toBe('binary/encrypted');
    expect(text(sealed!.metadata!['encryption-key-id'])).toBe('2026b');
    expect(text(sealed!.data)).not.toContain('34.99');
    const [opened] = await codec.decode([sealed!]);
    expect(defaultPayloadConverter.fromPayload(opened!)).toEqual({ orderId: '112-3940177-8802201', total: '34.99' });
  });

  test('seals the same payload differently each time', async () => {
    const [first, second] = await codecOf(['2026a']).encode([plain(), plain()]);
    expect(text(first!.data)).not.toBe(text(second!.data));
  });

  test('reads what an older key sealed after a newer one has come before it', async () => {
    const before = await codecOf(['2026a']).encode([plain()]);
    const after = codecOf(['2026b', '2026a']);
    const [opened] = await after.decode(before);
    expect(defaultPayloadConverter.fromPayload(opened!)).toEqual({ orderId: '112-3940177-8802201', total: '34.99' });
  });

  test('leaves payloads alone that were written before it was switched on', async () => {
    expect(await codecOf(['2026a']).decode([plain()])).toEqual([plain()]);
  });

  test('refuses a payload in which one bit was changed, wherever it is', async () => {
    const codec = codecOf(['2026a']);
    const [sealed] = await codec.encode([plain()]);
    for (const place of [0, 12, sealed!.data!.length - 1]) {
      const changed = Uint8Array.from(sealed!.data!);
      changed[place]! ^= 1;
      expect(await refusal(() => codec.decode([{ ...sealed!, data: changed }]))).toMatch(
        /does not open with the key "2026a"/,
      );
    }
  });

  test('refuses a payload that is cut off', async () => {
    const codec = codecOf(['2026a']);
    const [sealed] = await codec.encode([plain()]);
    expect(await refusal(() => codec.decode([{ ...sealed!, data: sealed!.data!.subarray(0, 20) }]))).toBe(
      'An encrypted payload is cut off.',
    );
  });

  test('says which key it lacks', async () => {
    const sealed = await codecOf(['2026b']).encode([plain()]);
    expect(await refusal(() => codecOf(['2026a']).decode(sealed))).toBe('There is no codec key "2026b".');
  });

  test('does not start without the keys that the configuration names, and prints none', () => {
    const short = { TIEOUT_CODEC_KEYS: `2026a:${randomBytes(16).toString('base64')}` };
    const problem = (env: Record<string, string>) => {
      try {
        codecOf(['2026a', '2026b'], env);
      } catch (error) {
        return error instanceof TieoutError ? [error.code, ...error.notice.where] : error;
      }
      return 'started';
    };
    expect(problem({})).toEqual([
      'config',
      'TIEOUT_CODEC_KEYS has no key "2026a"',
      'TIEOUT_CODEC_KEYS has no key "2026b"',
    ]);
    expect(problem(short)).toEqual([
      'config',
      'the key "2026a" in TIEOUT_CODEC_KEYS is not 32 bytes in base64',
      'TIEOUT_CODEC_KEYS has no key "2026b"',
    ]);
  });
});
