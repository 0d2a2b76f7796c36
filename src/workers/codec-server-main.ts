/**
 * Serves the payload codec for the Temporal UI until it is ended: TIEOUT_CONFIG names the keys, TIEOUT_CODEC_KEYS holds
 * them, TIEOUT_CODEC_ORIGIN is the origin of the UI, TIEOUT_CODEC_HOST and TIEOUT_CODEC_PORT (8234) where to listen.
 */
import { readConfig } from '../config/read-config.ts';
import { readCodecKeys } from '../temporal/codec-keys.ts';
import { startCodecServer } from '../temporal/codec-server.ts';
import { encryptionCodec } from '../temporal/payload-codec.ts';

async function main(): Promise<void> {
  const { temporal } = readConfig(process.env['TIEOUT_CONFIG'] ?? 'tieout.config.yaml');
  if (temporal.codec === undefined)
    throw new Error('The configuration has no temporal.codec, so there is nothing to decode.');
  const server = await startCodecServer({
    codec: encryptionCodec(readCodecKeys(temporal.codec.keyIds, process.env)),
    uiOrigin: process.env['TIEOUT_CODEC_ORIGIN'] ?? 'http://127.0.0.1:8233',
    host: process.env['TIEOUT_CODEC_HOST'] ?? '127.0.0.1',
    port: Number(process.env['TIEOUT_CODEC_PORT'] ?? 8234),
  });
  process.stdout.write(`codec ${server.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void server.close());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
