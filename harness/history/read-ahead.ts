import { Worker } from 'node:worker_threads';
import { enough } from '../lib/enough.ts';
import { HarnessError } from '../lib/error.ts';
import { decodeLine } from './decode.ts';
import type { OnEvent } from './line-feeder.ts';
import { type SlotFold, SlotReader, slotMemory } from './line-slot.ts';
import { unpackedError } from './packed-error.ts';
import { type ReadOptions, readHistory } from './read-history.ts';
import type { ScanData, Scanned } from './scan-thread.ts';

/** How many slots the thread that scans may be ahead of the one that judges. */
const slotsCount = 4;

type AheadOptions = Pick<ReadOptions, 'signal' | 'onProgress'> & Required<Pick<ReadOptions, 'onHot'>>;

/**
 * The same as `readHistory`, in two threads: another thread reads and scans the bytes, this one takes the lines in
 * their order. So the judge gets the same lines. Standard input is read in this thread.
 */
export const readAhead = async (path: string, onEvent: OnEvent, options: AheadOptions): Promise<boolean> => {
  if (path === '-') return readHistory(path, onEvent, options);
  const slots = Array.from({ length: slotsCount }, slotMemory);
  const workerData: ScanData = { path, slots, states: new SharedArrayBuffer(slotsCount * 4) };
  const worker = new Worker(new URL('./scan-thread-entry.mjs', import.meta.url), { workerData, execArgv: [] });
  try {
    return await taken(worker, new Taker(workerData, onEvent, options));
  } finally {
    await worker.terminate();
  }
};

/** Resolves when the history ends or a handler returns `enough`. True if the history was read whole. */
const taken = (worker: Worker, taker: Taker): Promise<boolean> =>
  new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread that reads the history ended by itself (${code})`)));
    worker.on('message', (said: Scanned) => {
      try {
        const isWhole = taker.take(said);
        if (isWhole === undefined) return;
        resolve(isWhole);
      } catch (thrown) {
        reject(thrown);
      }
      // Messages after the end are ignored.
      worker.removeAllListeners('message');
    });
  });

class Taker {
  readonly #path: string;
  readonly #readers: readonly SlotReader[];
  readonly #states: Int32Array;
  readonly #fold: SlotFold;
  readonly #options: AheadOptions;
  #lines = 0;

  constructor({ path, slots, states }: ScanData, onEvent: OnEvent, options: AheadOptions) {
    this.#path = path;
    this.#readers = slots.map((memory) => new SlotReader(memory));
    this.#states = new Int32Array(states);
    this.#options = options;
    this.#fold = {
      hot: options.onHot,
      text: (text, line) => {
        const event = decodeLine(text.startsWith('\ufeff') ? text.slice(1) : text, line);
        return event === undefined ? undefined : onEvent(event, line);
      },
    };
  }

  /** Returns undefined if more follows; else true if the history is whole, false if not or after an `enough`. */
  take(said: Scanned): boolean | undefined {
    if (this.#options.signal?.aborted === true)
      throw new HarnessError('interrupted', `stopped while reading ${this.#path}`);
    if (said.kind === 'end') return said.isWhole;
    if (said.kind === 'failed') throw unpackedError(said.error);
    const isDone =
      said.kind === 'long'
        ? this.#fold.text(Buffer.from(said.bytes).toString('utf8'), said.line) === enough
        : this.#slot(said);
    return isDone ? false : undefined;
  }

  #slot({ slot, lines, progress }: Extract<Scanned, { kind: 'slot' }>): boolean {
    const isDone = (this.#readers[slot] as SlotReader).fold(lines, this.#fold);
    Atomics.store(this.#states, slot, 0);
    Atomics.notify(this.#states, slot);
    this.#lines += lines;
    this.#options.onProgress?.({ ...progress, lines: this.#lines });
    return isDone;
  }
}
