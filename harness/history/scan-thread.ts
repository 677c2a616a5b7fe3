import { parentPort, workerData } from 'node:worker_threads';
import type { LineColumns } from '../model/line-columns.ts';
import { type SlotMemory, SlotWriter } from './line-slot.ts';
import { type PackedError, packedError } from './packed-error.ts';
import { readHistory } from './read-history.ts';

export type ScanData = {
  readonly path: string;
  readonly slots: readonly SlotMemory[];
  /** By slot: 1 while the other thread has it. */
  readonly states: SharedArrayBuffer;
};
export type ScanProgress = {
  readonly bytes: number;
  readonly totalBytes: number | undefined;
  readonly records: number;
};
export type Scanned =
  | { readonly kind: 'slot'; readonly slot: number; readonly lines: number; readonly progress: ScanProgress }
  /** A line that no slot has room for. */
  | { readonly kind: 'long'; readonly bytes: Uint8Array; readonly line: number }
  | { readonly kind: 'end'; readonly isWhole: boolean }
  | { readonly kind: 'failed'; readonly error: PackedError };

/** Reads and scans a history into slots, and waits while none is free. */
const scan = async ({ path, slots, states: shared }: ScanData, say: (what: Scanned) => void): Promise<void> => {
  const states = new Int32Array(shared);
  const writers = slots.map((memory) => new SlotWriter(memory));
  let at = 0;
  let progress: ScanProgress = { bytes: 0, totalBytes: undefined, records: 0 };
  const flush = (): void => {
    const { lines } = writers[at] as SlotWriter;
    if (lines === 0) return;
    Atomics.store(states, at, 1);
    say({ kind: 'slot', slot: at, lines, progress });
    at = (at + 1) % slots.length;
    Atomics.wait(states, at, 1);
    (writers[at] as SlotWriter).clear();
  };
  let [bytes, start, end] = [new Uint8Array(0) as Uint8Array, 0, 0];
  const put = (line: number, write: (slot: SlotWriter) => boolean): void => {
    if (write(writers[at] as SlotWriter)) return;
    flush();
    if (!write(writers[at] as SlotWriter)) say({ kind: 'long', bytes: bytes.slice(start, end), line });
  };
  try {
    const isWhole = await readHistory(path, (_, line) => put(line, (slot) => slot.text(line, bytes, start, end)), {
      onHot: (hot: LineColumns, line) => put(line, (slot) => slot.hot(line, hot, start, end)),
      onRaw: (source, from, to) => {
        bytes = source;
        start = from;
        end = to;
      },
      onProgress: (seen) => {
        progress = seen;
      },
    });
    flush();
    say({ kind: 'end', isWhole });
  } catch (thrown) {
    flush();
    say({ kind: 'failed', error: packedError(thrown) });
  }
};

await scan(workerData as ScanData, (what) => parentPort?.postMessage(what));
