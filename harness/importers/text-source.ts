import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { assertEnds } from '../lib/assert-ends.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { firstBytes } from '../lib/first-bytes.ts';
import { startChars } from './sample-text.ts';

/** A file, or standard input, as text in chunks. */
export type TextSource = {
  /** The file's name without its folder, for the history. */
  readonly name: string;
  readonly path: string;
  /** The beginning, at most 8 MiB. `pieces` contains it too. */
  readonly start: string;
  /** Can be read once. */
  readonly pieces: AsyncIterable<string>;
  /** The file as bytes, once. Read either this or `pieces`. */
  readonly bytes: AsyncIterable<Buffer>;
  /** True after the last chunk if the compressed data of the file is cut short. */
  readonly isCut: () => boolean;
  readonly close: () => void;
};

const pieceBytes = 256 * 1024;

/**
 * Opens a file, or standard input for `-`. Detects compression by the first bytes, not by the name. Throws if the
 * input is empty or binary.
 */
export const openText = async (path: string): Promise<TextSource> => {
  const raw = path === '-' ? process.stdin : await openFile(path);
  const name = path === '-' ? 'standard input' : basename(path);
  const first = await firstBytes(raw).catch((thrown: unknown) => Promise.reject(readError(path, thrown)));
  if (first === null || first.length === 0)
    throw new HarnessError('usage', `${name} is empty: there is nothing to import`);
  const isPacked = first[0] === 0x1f && first[1] === 0x8b;
  const stream = isPacked ? unpacked(raw) : raw;
  let isCut = false;
  const all = bytesOf(stream, path, () => {
    isCut = true;
  });
  const begun: Buffer[] = [];
  const decoder = new StringDecoder('utf8');
  let start = '';
  while (start.length < startChars) {
    const next = await all.next();
    if (next.done === true) break;
    const text = decoder.write(next.value);
    if (begun.length === 0) assertText(text, name);
    begun.push(next.value);
    start += text;
  }
  if (start === '') throw new HarnessError('usage', `${name} is empty after decompression: there is nothing to import`);
  return {
    name,
    path,
    start: start.slice(0, startChars),
    pieces: decoded(both(begun, all)),
    bytes: both(begun, all),
    isCut: () => isCut,
    close: () => void (raw === process.stdin || raw.destroy()),
  };
};

const openFile = async (path: string): Promise<Readable> => {
  const info = await stat(path).catch((thrown: unknown) => Promise.reject(readError(path, thrown)));
  if (info.isDirectory())
    throw new HarnessError('usage', `${path} is a folder`, { hint: `name the files in it: ${path}/*` });
  await assertEnds(path);
  return createReadStream(path, { highWaterMark: pieceBytes });
};

const unpacked = (raw: Readable): Readable => {
  const stream = raw.pipe(createGunzip({ chunkSize: pieceBytes }));
  raw.on('error', (error) => stream.destroy(error));
  return stream;
};

async function* bytesOf(stream: Readable, path: string, onCut: () => void): AsyncGenerator<Buffer> {
  let read: ((bytes: Buffer) => Buffer) | undefined;
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      const isFirst = read === undefined;
      read ??= isWide(bytes) ? fromWide() : (narrow) => narrow;
      yield isFirst ? withoutMark(read(bytes)) : read(bytes);
    }
  } catch (thrown) {
    if (!isUnexpectedEnd(thrown)) throw readError(path, thrown);
    onCut();
  }
}

async function* decoded(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  for await (const bytes of pieces) yield decoder.write(bytes);
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

/** UTF-16, as PowerShell writes what is redirected to a file. */
const isWide = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xfe;

/** A character may begin in one chunk and end in the next. */
const fromWide = (): ((bytes: Buffer) => Buffer) => {
  const decoder = new StringDecoder('utf16le');
  return (bytes) => Buffer.from(decoder.write(bytes), 'utf8');
};

/** Removes the byte order mark that programs on Windows write. */
const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

/** Yields the buffered beginning, then the rest. Releases each buffer that it has yielded. */
async function* both(begun: Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for (let bytes = begun.shift(); bytes !== undefined; bytes = begun.shift()) yield bytes;
  yield* rest;
}

const isUnexpectedEnd = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'Z_BUF_ERROR';

/** Text has no zero bytes; UTF-16, Parquet, Avro and archives have many. */
const assertText = (text: string, name: string): void => {
  const zero = text.indexOf('\0');
  if (zero < 0) return;
  const isUtf16 = text.startsWith('\ufffd\ufffd') || zero === 1;
  throw new HarnessError('usage', `${name} is binary: byte ${zero} is zero`, {
    hint: isUtf16
      ? 'it looks like UTF-16: convert it to UTF-8 first (iconv -f utf-16 -t utf-8)'
      : 'import reads text: JSON, CSV or log lines, optionally compressed with gzip. Convert Parquet, Avro and ZIP first',
  });
};

const readError = (path: string, thrown: unknown): HarnessError =>
  thrown instanceof HarnessError
    ? thrown
    : new HarnessError('usage', `cannot read ${path}: ${messageOf(thrown)}`, { cause: thrown });
