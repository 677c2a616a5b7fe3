import { type FileHandle, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { codeOf, HarnessError, limitHint, messageOf } from '../lib/error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { EventBody, Head } from '../model/event.ts';
import { encodeBody, encodeHead } from './encode.ts';
import { LineBuffer } from './line-buffer.ts';
import type { Recorder } from './recorder.ts';

const flushBytes = 512 * 1024;
const flushMs = 100;

export type RecorderOptions = {
  /** `….ndjson`. A missing folder is created. */
  readonly path: string;
  readonly head: Head;
  readonly clock: Clock;
  /** Called at the first failed write, so that the run can stop: a history with a gap would be wrong. */
  readonly onError?: (error: HarnessError) => void;
};

export type FileRecorder = Recorder & {
  /** Appends an event that `encodeBody` encoded, and returns its `t`. For callers that write millions. */
  readonly append: (body: string) => number;
};

/**
 * Begins a history. The head is written under another name and renamed, so that a killed run leaves no half of a head.
 * Then lines are appended as they happen. A file that is cut short is still the beginning of a history, which `check`
 * judges as incomplete.
 */
export const openRecorder = async ({ path, head, clock, onError }: RecorderOptions): Promise<FileRecorder> => {
  await writeHead(path, head);
  const file = await open(path, 'a').catch((thrown: unknown) => Promise.reject(diskError(path, thrown)));
  const lines = new LineBuffer();
  let last = 0;
  let failed: HarnessError | undefined;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const fail = (thrown: unknown): void => {
    if (failed !== undefined) return;
    failed = diskError(path, thrown);
    onError?.(failed);
  };
  const drain = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.size === 0 || failed !== undefined) return;
    const bytes = lines.take();
    const write = async (): Promise<void> => {
      if (failed !== undefined) return;
      await file.appendFile(bytes);
      lines.giveBack(bytes);
    };
    writing = writing.then(write).catch(fail);
  };
  const flush = async (): Promise<void> => {
    drain();
    await writing;
    if (failed !== undefined) throw failed;
  };
  const append = (body: string): number => {
    // One clock stamps all lines. `t` may stay the same from line to line, but must not fall.
    last = Math.max(last, clock.now());
    lines.add(`{"t":${last},${body}`);
    if (lines.size >= flushBytes) drain();
    else timer ??= setTimeout(drain, flushMs);
    return last;
  };
  return {
    now: clock.now,
    append,
    write: (event: EventBody): number => append(encodeBody(event)),
    flush,
    close: async () => {
      try {
        await flush();
        await file.sync();
        await assertThere(path, file);
      } catch (thrown) {
        fail(thrown);
      } finally {
        await file.close().catch(fail);
      }
      if (failed !== undefined) throw failed;
    },
  };
};

/** Throws if the file was removed or replaced while it was open: its lines would be lost with it. */
const assertThere = async (path: string, file: FileHandle): Promise<void> => {
  const [written, found] = await Promise.all([file.stat({ bigint: true }), stat(path, { bigint: true })]);
  if (written.ino !== found.ino) throw new Error('another file has taken its place');
};

const writeHead = async (path: string, head: Head): Promise<void> => {
  const draft = `${path}.tmp`;
  try {
    await makeFolder(dirname(path));
    await writeFile(draft, encodeHead(head), { flush: true });
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw diskError(path, thrown);
  }
};

const removedHint =
  'something removed it, or its folder, from the disk while it was written: name another folder with --out';

const hintOf = (thrown: unknown): string =>
  limitHint(thrown) ??
  (codeOf(thrown) === 'ENOENT' ? removedHint : 'free some space, or name another folder with --out');

const diskError = (path: string, thrown: unknown): HarnessError =>
  new HarnessError('target', `cannot write the history ${path}: ${messageOf(thrown)}`, {
    hint: hintOf(thrown),
    cause: thrown,
  });
