/**
 * Encrypts what Temporal stores of workflows: arguments, results, signals, updates, memos and the text of failures.
 * Off by default, since no personal data ever gets into a payload; it guards amounts and names for those who want that.
 * Search attributes stay readable, because the server has to search in them.
 *
 * The form is that of Temporal's own encryption samples, so that their tools read it: metadata `encoding` =
 * `binary/encrypted` and `encryption-key-id`; data = 12 bytes nonce, the sealed Payload message, 16 bytes tag (AES-256-GCM).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  METADATA_ENCODING_KEY,
  ValueError,
  type DataConverter,
  type Payload,
  type PayloadCodec,
} from '@temporalio/common';
import proto from '@temporalio/proto';
import type { TieoutConfig } from '../config/connection.ts';
import type { EnvironmentVariables } from '../config/environment.ts';
import { readCodecKeys, type CodecKeys } from './codec-keys.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const CIPHER = 'aes-256-gcm';
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What client, worker and the workflow bundle are given as `dataConverter`; undefined while the codec is off.
 * The bundle takes `failureConverterPath` from it, too: failures are made inside workflows as well.
 * @throws TieoutError `config` where a key is missing
 */
export function dataConverterOf(
  config: Pick<TieoutConfig, 'temporal'>,
  env: EnvironmentVariables,
): DataConverter | undefined {
  const keyIds = config.temporal.codec?.keyIds;
  if (keyIds === undefined) return undefined;
  return {
    payloadCodecs: [encryptionCodec(readCodecKeys(keyIds, env))],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.cjs', import.meta.url)),
  };
}

export function encryptionCodec(keys: CodecKeys): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? payload : encrypt(payload, keys))),
    decode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? decrypt(payload, keys) : payload)),
  };
}

function encrypt(payload: Payload, { currentId, byId }: CodecKeys): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(currentId, byId), nonce, { authTagLength: TAG_BYTES });
  const data = Buffer.concat([
    nonce,
    cipher.update(PayloadMessage.encode(payload).finish()),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(currentId) }, data };
}

/** @throws ValueError where the key is not known, or the payload is not what was sealed */
function decrypt(payload: Payload, { byId }: CodecKeys): Payload {
  const keyId = Buffer.from(payload.metadata?.[KEY_ID] ?? []).toString();
  const data = payload.data ?? new Uint8Array();
  if (data.length < NONCE_BYTES + TAG_BYTES) throw new ValueError('An encrypted payload is cut off.');
  const decipher = createDecipheriv(CIPHER, keyOf(keyId, byId), data.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new ValueError(
      `An encrypted payload does not open with the key "${keyId}": it was changed, or the key is another one.`,
      cause,
    );
  }
  const { metadata, data: opened } = PayloadMessage.decode(plain);
  return { metadata, data: opened };
}

function keyOf(id: string, byId: CodecKeys['byId']) {
  const key = byId.get(id);
  if (key === undefined) throw new ValueError(`There is no codec key "${id}".`);
  return key;
}

function isEncrypted(payload: Payload): boolean {
  return Buffer.from(payload.metadata?.[METADATA_ENCODING_KEY] ?? []).toString() === ENCODING;
}
