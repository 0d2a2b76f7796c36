import { TextDecoder } from 'node:util';
import { Transform, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import got, { type Response } from 'got';
import { USER_AGENT } from '../http/http-exchange.ts';
import { AmazonFailure } from './amazon-failure.ts';

export interface DocumentAddress {
  url: string;
  compressionAlgorithm?: string | null | undefined;
}

const WHERE = 'document';

/**
 * Streams a report document as UTF-8 bytes: unpacked once (the store may say so by `Content-Encoding`, the Reports API
 * by `compressionAlgorithm`; Amazon: model reports_2021-06-30), decoded by the charset of its content type (some EU and JP reports are not UTF-8).
 * A broken or truncated file ends the stream with an error, never early.
 * @param idleMs longest silence of the store
 * @throws AmazonFailure, also as the stream's error
 */
export async function openDocument(address: DocumentAddress, idleMs: number, signal?: AbortSignal): Promise<Readable> {
  const { compressionAlgorithm, url } = address;
  if (compressionAlgorithm && compressionAlgorithm !== 'GZIP') {
    throw new AmazonFailure({ code: 'bug', where: WHERE, what: `unknown compression ${compressionAlgorithm}` });
  }
  // got would unpack a content encoding leniently, and pass a truncated file as whole.
  const source = got.stream(url, {
    headers: { 'user-agent': USER_AGENT, 'accept-encoding': 'identity' },
    decompress: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    timeout: { connect: idleMs, response: idleMs, socket: idleMs },
    ...(signal ? { signal } : {}),
  });
  const response = await new Promise<Response>((resolve, reject) => {
    source.once('response', resolve);
    source.once('error', (error: Error) => reject(failureOf(error)));
  });
  if (response.statusCode !== 200) {
    source.destroy();
    throw refusalOf(response.statusCode);
  }
  const packed = compressionAlgorithm === 'GZIP' || /gzip/i.test(response.headers['content-encoding'] ?? '');
  const decoded = decodeToUtf8(response.headers['content-type'] ?? '');
  // The error reaches the reader through `decoded`, which the pipeline destroys with it.
  const onEnd = (): void => {};
  return packed ? pipeline(source, createGunzip(), decoded, onEnd) : pipeline(source, decoded, onEnd);
}

/** An address lives five minutes (Amazon: model reports_2021-06-30, `url`); the store then answers 403, and a new one is to be had. */
function refusalOf(status: number): AmazonFailure {
  if (status === 403)
    return new AmazonFailure({ code: 'unavailable', where: WHERE, what: 'the address has expired', status });
  if (status === 404)
    return new AmazonFailure({ code: 'not-found', where: WHERE, what: 'the document is gone', status });
  return new AmazonFailure({
    code: status >= 500 || status === 429 ? 'unavailable' : 'rejected',
    where: WHERE,
    what: `HTTP ${status}`,
    status,
  });
}

function failureOf(error: Error): Error {
  if (error instanceof AmazonFailure) return error;
  return new AmazonFailure(
    { code: 'unavailable', where: WHERE, what: `the download broke off: ${error.message}` },
    error,
  );
}

/** Recodes from the content type's charset; UTF-8 passes as it is. */
function decodeToUtf8(contentType: string): Transform {
  const charset = /charset\s*=\s*"?([^;"\s]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  const decoder = /^(utf-?8|us-ascii|ascii)$/.test(charset) ? null : decoderFor(charset);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, decoder ? Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8') : chunk);
    },
    flush(done) {
      const rest = decoder?.decode() ?? '';
      done(null, rest === '' ? undefined : Buffer.from(rest, 'utf8'));
    },
    destroy(error, done) {
      done(error && failureOf(error));
    },
  });
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    throw new AmazonFailure({ code: 'bug', where: WHERE, what: `unknown charset ${charset}` }, error);
  }
}
