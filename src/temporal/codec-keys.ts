/**
 * Keys of the payload codec. The configuration names them by id (`temporal.codec.keyIds`; the first encrypts, the others
 * are kept to decrypt what was written before), the environment holds them: `TIEOUT_CODEC_KEYS="2026b:BASE64,2026a:BASE64"`,
 * 32 bytes each.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { EnvironmentVariables } from '../config/environment.ts';
import { TieoutError } from '../errors/tieout-error.ts';

export interface CodecKeys {
  /** The one that encrypts. */
  currentId: string;
  byId: ReadonlyMap<string, KeyObject>;
}

export const CODEC_KEYS_VARIABLE = 'TIEOUT_CODEC_KEYS';
const KEY_BYTES = 32;

/** @throws TieoutError `config` that names the ids that are missing or wrong, never a key */
export function readCodecKeys(keyIds: readonly string[], env: EnvironmentVariables): CodecKeys {
  const [currentId] = keyIds;
  const written = new Map<string, string>();
  for (const entry of (env[CODEC_KEYS_VARIABLE] ?? '').split(',')) {
    const colon = entry.indexOf(':');
    if (colon > 0) written.set(entry.slice(0, colon).trim(), entry.slice(colon + 1).trim());
  }
  const problems: string[] = [];
  const byId = new Map<string, KeyObject>();
  for (const id of keyIds) {
    const bytes = Buffer.from(written.get(id) ?? '', 'base64');
    if (bytes.length === KEY_BYTES) byId.set(id, createSecretKey(bytes));
    else
      problems.push(
        written.has(id)
          ? `the key "${id}" in ${CODEC_KEYS_VARIABLE} is not ${KEY_BYTES} bytes in base64`
          : `${CODEC_KEYS_VARIABLE} has no key "${id}"`,
      );
  }
  if (currentId !== undefined && problems.length === 0) return { currentId, byId };
  throw new TieoutError({
    code: 'config',
    what: 'The payload codec is switched on, and its keys are not there.',
    notDone: 'Nothing was started.',
    where: problems,
    do: [
      `set ${CODEC_KEYS_VARIABLE}=ID:KEY for the ids under temporal.codec.keyIds; openssl rand -base64 ${KEY_BYTES} makes a key`,
    ],
  });
}
