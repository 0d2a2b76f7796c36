import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DOWNLOAD_AGAIN, ReportError } from '../domain/settlement/report-error.ts';
import { TieoutError } from '../errors/tieout-error.ts';

/** Bytes that are read at once. */
const PIECE = 1 << 18;

/**
 * Hands over the bytes of a report file piece by piece, unpacked when it is gzip (told by its first bytes, not by its
 * name), and returns the SHA-256 of the file as it is on disk. A piece may not be kept beyond the call.
 * @throws TieoutError `report-file` when it cannot be opened; ReportError `report-truncated` when the packing breaks off.
 */
export async function readReportFile(file: string, onPiece: (piece: Uint8Array) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of plainPiecesOf(file, (onDisk) => hash.update(onDisk))) onPiece(piece);
  return hash.digest('hex');
}

/** The unpacked bytes as pieces to keep. Throws the same. */
export async function* plainBytesOf(file: string): AsyncGenerator<Uint8Array> {
  for await (const piece of plainPiecesOf(file)) yield Buffer.from(piece);
}

/** The unpacked bytes, each piece only until the next is asked for; `onDisk` sees those of the file. Throws the same. */
export async function* plainPiecesOf(file: string, onDisk: (piece: Uint8Array) => void = () => {}): AsyncGenerator<Uint8Array> {
  const pieces = piecesOnDisk(file, onDisk);
  try {
    const first = await pieces.next();
    if (first.done) return;
    const all = async function* () {
      yield first.value;
      yield* pieces;
    };
    const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
    yield* packed ? unpacked(all()) : all();
  } catch (error) {
    throw explained(error, file);
  } finally {
    await pieces.return(undefined);
  }
}

/** Reads ahead into two buffers that are used in turn, so that a file of any length costs the memory of two pieces. */
async function* piecesOnDisk(file: string, onDisk: (piece: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  const buffers = [Buffer.allocUnsafeSlow(PIECE), Buffer.allocUnsafeSlow(PIECE)] as const;
  let turn: 0 | 1 = 0;
  let reading = handle.read(buffers[turn]);
  try {
    for (;;) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return;
      turn = turn === 0 ? 1 : 0;
      reading = handle.read(buffers[turn]);
      const piece = buffer.subarray(0, bytesRead);
      onDisk(piece);
      yield piece;
    }
  } finally {
    await reading.catch(() => {});
    await handle.close();
  }
}

function unpacked(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  const source = Readable.from(copied(pieces));
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** The stream asks for more before it has worked off what it has. */
async function* copied(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
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
