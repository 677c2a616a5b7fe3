import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { HarnessError, messageOf } from '../lib/error.ts';
import { firstBytes } from '../lib/first-bytes.ts';
import { LineFeeder, type OnEvent, type OnHot, type OnRaw } from './line-feeder.ts';

export type Progress = {
  readonly bytes: number;
  readonly totalBytes: number | undefined;
  readonly lines: number;
  /** How many records were sent so far. */
  readonly records: number;
};
export type ReadOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Takes lines of the plain form as columns, without an object. If absent, every line is an event. */
  readonly onHot?: OnHot;
  /** Numbers of lines, from 1, that are handed on as events even if they have the plain form. */
  readonly asEvents?: ReadonlySet<number>;
  readonly onRaw?: OnRaw;
};

const chunkBytes = 1024 * 1024;

/**
 * Reads a history line by line, in chunks: a line reader of the standard library costs as much as parsing the lines.
 * Returns true if the history is whole. A crash leaves a last line without newline that is no JSON, or a cut `.gz`:
 * then the history ends before it, and false is returned. Returns false, too, if a handler returned `enough`. Throws
 * HarnessError('usage') if the file cannot be read.
 */
export const readHistory = async (path: string, onEvent: OnEvent, options: ReadOptions = {}): Promise<boolean> => {
  const lines = new LineFeeder(onEvent, options.onHot, options.asEvents, options.onRaw);
  const source = await open(path);
  let bytes = 0;
  let isWhole = true;
  const note = (size: number): void => {
    if (options.signal?.aborted === true) throw new HarnessError('interrupted', `stopped while reading ${path}`);
    bytes += size;
    options.onProgress?.({ bytes, totalBytes: source.totalBytes, lines: lines.lines, records: lines.records });
  };
  try {
    if (source.stream === undefined) await readWhole(path, lines, note);
    else {
      for await (const chunk of source.stream as AsyncIterable<Buffer>) {
        lines.feed(chunk);
        note(chunk.length);
        if (lines.isDone) break;
      }
    }
  } catch (thrown) {
    if (!isCutShort(thrown)) throw readError(path, thrown);
    isWhole = false;
  } finally {
    source.close();
  }
  return lines.finish() && isWhole;
};

/** Reads a plain file. Yields to the event loop between two chunks, so that signals are handled. */
const readWhole = async (path: string, lines: LineFeeder, note: (size: number) => void): Promise<void> => {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const size = readSync(file, lines.room(chunkBytes));
      if (size === 0) return;
      lines.took(size);
      note(size);
      if (lines.isDone) return;
      await turn();
    }
  } finally {
    closeSync(file);
  }
};

type Source = {
  /** Undefined for a plain file. */
  readonly stream: Readable | undefined;
  readonly totalBytes: number | undefined;
  readonly close: () => void;
};

const nothing = (): void => undefined;

const open = async (path: string): Promise<Source> => {
  if (path === '-') return sourceOf(process.stdin, undefined);
  const info = await stat(path).catch((thrown: unknown) => Promise.reject(readError(path, thrown)));
  if (info.isDirectory()) throw new HarnessError('usage', `${path} is a folder, not a history`);
  if (info.isFile() && !isFilePacked(path)) return { stream: undefined, totalBytes: info.size, close: nothing };
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  return sourceOf(file, info.size).catch((thrown: unknown) => Promise.reject(readError(path, thrown)));
};

/** Recognises compression by the first bytes: standard input has no name, and names may be wrong. */
const sourceOf = async (raw: Readable, totalBytes: number | undefined): Promise<Source> => {
  const close = (): void => void (raw === process.stdin || raw.destroy());
  if (!isPacked(await firstBytes(raw))) return { stream: raw, totalBytes, close };
  const unzipped = raw.pipe(createGunzip({ chunkSize: chunkBytes }));
  raw.on('error', (error) => unzipped.destroy(error));
  return { stream: unzipped, totalBytes: undefined, close };
};

const isFilePacked = (path: string): boolean => {
  const file = readable(path);
  try {
    const bytes = Buffer.alloc(2);
    return readSync(file, bytes) === 2 && isPacked(bytes);
  } finally {
    closeSync(file);
  }
};

const readable = (path: string): number => {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    throw readError(path, thrown);
  }
};

const isPacked = (bytes: Buffer | null): boolean => bytes !== null && bytes[0] === 0x1f && bytes[1] === 0x8b;

const isCutShort = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  thrown.code === 'Z_BUF_ERROR' &&
  thrown.message.includes('unexpected end');

/** Adds the path to an error of reading. An error that a handler threw stays as it is. */
const readError = (path: string, thrown: unknown): unknown =>
  thrown instanceof HarnessError || !(thrown instanceof Error) || !('code' in thrown)
    ? thrown
    : new HarnessError('usage', `cannot read the history ${path}: ${messageOf(thrown)}`, { cause: thrown });
