import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DOWNLOAD_AGAIN, ReportError } from '../../domain/settlement/report-error.ts';
import { TieoutError } from '../../errors/tieout-error.ts';

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
export async function* plainPiecesOf(
  file: string,
  onDisk: (piece: Uint8Array) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const pieces = piecesOnDisk(file, onDisk);
  try {
    const first = pieces.next();
    if (first.done) return;
    const all = function* () {
      yield first.value;
      yield* pieces;
    };
    const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
    yield* packed ? unpacked(all()) : all();
  } catch (error) {
    throw explained(error, file);
  } finally {
    pieces.return(undefined);
  }
}

/**
 * One buffer, filled again and again, so that a file of any length costs the memory of a piece. Read without leaving
 * the thread: the bytes are at hand sooner than another thread could be told to fetch them.
 */
function* piecesOnDisk(file: string, onDisk: (piece: Uint8Array) => void): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  const buffer = Buffer.allocUnsafeSlow(PIECE);
  try {
    for (;;) {
      const read = readSync(handle, buffer);
      if (read === 0) return;
      const piece = buffer.subarray(0, read);
      onDisk(piece);
      yield piece;
    }
  } finally {
    closeSync(handle);
  }
}

function unpacked(pieces: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  const source = Readable.from(copied(pieces));
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** The stream asks for more before it has worked off what it has. */
function* copied(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

function explained(error: unknown, file: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) {
    return new ReportError({ code: 'report-truncated', what: 'The packed report breaks off.', remedy: DOWNLOAD_AGAIN });
  }
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'it may not be read',
  };
  const reason = reasons[code];
  if (reason === undefined) return error;
  return new TieoutError({
    code: 'report-file',
    what: 'The report cannot be opened.',
    notDone: 'Nothing was posted.',
    where: [`${file}: ${reason}`],
    do: ['give the path of a settlement report, packed with gzip or plain'],
  });
}
