import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { HotLine } from '../model/hot-line.ts';
import { decodeLine } from './decode.ts';
import { LineScanner } from './scan-line.ts';

export type Progress = { readonly bytes: number; readonly totalBytes: number | undefined; readonly lines: number };
export type ReadOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Takes lines of the plain form as columns, before they become objects; without it every line is an event. */
  readonly onHot?: (hot: HotLine, line: number) => void;
};

const chunkBytes = 1024 * 1024;
/** A line longer than this is no history: the largest real one is a page of 10,000 records, some 3 MB. */
const lineBytesMax = 256 * 1024 * 1024;
const newline = 0x0a;

/**
 * Reads a history line by line, in chunks: a line reader of the standard library costs as much as parsing the lines. A last line without its
 * newline that is no JSON, and a cut `.gz`, are what a crash leaves: the history ends before it.
 */
export const readHistory = async (
  path: string,
  onEvent: (event: Head | HistoryEvent, line: number) => void,
  options: ReadOptions = {},
): Promise<void> => {
  const lines = lineFeeder(onEvent, options.onHot);
  const source = await open(path);
  let bytes = 0;
  try {
    for await (const chunk of source.stream as AsyncIterable<Buffer>) {
      if (options.signal?.aborted === true) throw new HarnessError('interrupted', `stopped while reading ${path}`);
      bytes += chunk.length;
      lines.feed(chunk);
      options.onProgress?.({ bytes, totalBytes: source.totalBytes, lines: lines.count() });
    }
  } catch (thrown) {
    if (!isCutShort(thrown)) throw readError(path, thrown);
  } finally {
    source.close();
  }
  lines.finish();
};

type Source = { readonly stream: Readable; readonly totalBytes: number | undefined; readonly close: () => void };

const open = async (path: string): Promise<Source> => {
  if (path === '-') return sourceOf(process.stdin, undefined);
  const info = await stat(path).catch((thrown: unknown) => Promise.reject(readError(path, thrown)));
  if (info.isDirectory()) throw new HarnessError('usage', `${path} is a folder, not a history`);
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  return sourceOf(file, info.size).catch((thrown: unknown) => Promise.reject(readError(path, thrown)));
};

/** Packed or not is told by the first bytes, not by the name: standard input has none, and names lie. */
const sourceOf = async (raw: Readable, totalBytes: number | undefined): Promise<Source> => {
  const close = (): void => void (raw === process.stdin || raw.destroy());
  if (!isPacked(await firstBytes(raw))) return { stream: raw, totalBytes, close };
  const unzipped = raw.pipe(createGunzip({ chunkSize: chunkBytes }));
  raw.on('error', (error) => unzipped.destroy(error));
  return { stream: unzipped, totalBytes: undefined, close };
};

const firstBytes = (stream: Readable): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('readable', () => {
      stream.off('error', reject);
      const bytes = stream.read() as Buffer | null;
      if (bytes !== null) stream.unshift(bytes);
      resolve(bytes);
    });
  });

const isPacked = (bytes: Buffer | null): boolean => bytes !== null && bytes[0] === 0x1f && bytes[1] === 0x8b;

const isCutShort = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  thrown.code === 'Z_BUF_ERROR' &&
  thrown.message.includes('unexpected end');

/** What the reading itself met, with its path; what the folding threw goes on as it is. */
const readError = (path: string, thrown: unknown): unknown =>
  thrown instanceof HarnessError || !(thrown instanceof Error) || !('code' in thrown)
    ? thrown
    : new HarnessError('usage', `cannot read the history ${path}: ${messageOf(thrown)}`, { cause: thrown });

export type Feeder = {
  readonly feed: (chunk: Buffer) => void;
  readonly finish: () => void;
  readonly count: () => number;
};

/** Takes a history in pieces of any size, and hands on its lines. */
export const lineFeeder = (
  onEvent: (event: Head | HistoryEvent, line: number) => void,
  onHot: ReadOptions['onHot'],
): Feeder => {
  const scanner = onHot === undefined ? undefined : new LineScanner(new HotLine());
  let rest: Buffer[] = [];
  let restBytes = 0;
  let line = 0;
  const take = (bytes: Buffer, start: number, end: number): void => {
    line += 1;
    if (scanner?.scan(bytes, start, end) === true) {
      onHot?.(scanner.line, line);
      return;
    }
    const text = bytes.toString('utf8', start, end);
    // A mark of the encoding and empty lines are what editors leave: they say nothing, and break nothing.
    const own = line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
    if (isBlank(own)) return;
    const event = decodeLine(own, line);
    if (event !== undefined) onEvent(event, line);
  };
  return {
    count: () => line,
    feed: (chunk) => {
      let start = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        if (rest.length === 0) take(chunk, start, end);
        else {
          const whole = Buffer.concat([...rest, chunk.subarray(start, end)]);
          rest = [];
          restBytes = 0;
          take(whole, 0, whole.length);
        }
        start = end + 1;
      }
      if (start === chunk.length) return;
      rest.push(chunk.subarray(start));
      restBytes += chunk.length - start;
      if (restBytes > lineBytesMax) throw historyError(line + 1, `longer than ${lineBytesMax} bytes`);
    },
    finish: () => {
      const bytes = Buffer.concat(rest);
      const text = bytes.toString('utf8');
      if (text.trim() === '' || (line > 0 && !isJson(text))) return;
      take(bytes, 0, bytes.length);
    },
  };
};

const isBlank = (text: string): boolean => text.length < 1000 && text.trim() === '';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
