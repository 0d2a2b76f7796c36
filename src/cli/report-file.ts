import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DOWNLOAD_AGAIN, ReportError } from '../domain/settlement/report-error.ts';
import { TieoutError } from '../errors/tieout-error.ts';

/**
 * Hands over the bytes of a report file chunk by chunk, unpacked when it is gzip (told by its first bytes, not by its
 * name), and returns the SHA-256 of the file as it is on disk.
 * @throws TieoutError `report-file` when it cannot be opened; ReportError `report-truncated` when the packing breaks off.
 */
export async function readReportFile(file: string, onChunk: (chunk: Uint8Array) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of plainBytesOf(file, (onDisk) => hash.update(onDisk))) onChunk(chunk);
  return hash.digest('hex');
}

/** The same as a stream: the unpacked bytes; `onDisk` sees those of the file. Throws the same. */
export async function* plainBytesOf(file: string, onDisk: (chunk: Uint8Array) => void = () => {}): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  source.on('data', onDisk as (chunk: string | Buffer) => void);
  source.pause();
  try {
    const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await chunks.next();
    if (first.done) return;
    const rest = { [Symbol.asyncIterator]: () => chunks };
    const all = async function* () {
      yield first.value;
      yield* rest;
    };
    const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
    yield* packed ? unpacked(all()) : all();
  } catch (error) {
    throw explained(error, file);
  } finally {
    source.destroy();
  }
}

function unpacked(chunks: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  const source = Readable.from(chunks);
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

function explained(error: unknown, file: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) {
    return new ReportError({ code: 'report-truncated', what: 'The packed report breaks off.', remedy: DOWNLOAD_AGAIN });
  }
  const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read' };
  const reason = reasons[code];
  if (reason === undefined) return error;
  return new TieoutError({
    code: 'report-file', what: 'The report cannot be opened.', notDone: 'Nothing was posted.', where: [`${file}: ${reason}`],
    do: ['give the path of a settlement report, packed with gzip or plain'],
  });
}
