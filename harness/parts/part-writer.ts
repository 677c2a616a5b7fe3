import { closeSync, openSync, writeSync } from 'node:fs';
import { HarnessError, messageOf } from '../lib/error.ts';
import { ByteRoom } from './byte-room.ts';
import type { Items } from './json-items.ts';
import { linesEnding, type PartHead, partEnding } from './part-head.ts';

/** A line in a buffer. */
export type Raw = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

/** Writes bytes into a file, a megabyte at a time. */
export class ByteFile {
  readonly #path: string;
  readonly #file: number;
  readonly #room = new ByteRoom((bytes, start, end) => this.#write(bytes, start, end));
  bytes = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = this.#do(() => openSync(path, 'w'));
  }

  add(bytes: Uint8Array, start = 0, end = bytes.length): void {
    this.bytes += end - start;
    this.#room.add(bytes, start, end);
  }

  text(text: string): void {
    this.add(Buffer.from(text));
  }

  close(): void {
    this.#room.flush();
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    this.#do(() => {
      for (let at = start; at < end; ) at += writeSync(this.#file, bytes, at, end - at);
    });
  }

  #do<T>(what: () => T): T {
    try {
      return what();
    } catch (thrown) {
      throw new HarnessError('target', `cannot write ${this.#path}: ${messageOf(thrown)}`, { cause: thrown });
    }
  }
}

const newline = Uint8Array.of(0x0a);

/** The byte ranges of a line with only these items. All but the first include the comma before them. */
export function* thinned(
  kept: readonly number[],
  { starts, ends }: Items,
  start: number,
  end: number,
): Generator<readonly [from: number, to: number]> {
  yield [start, starts[0] as number];
  for (const [at, item] of kept.entries())
    yield [(at === 0 ? starts[item] : ends[item - 1]) as number, ends[item] as number];
  yield [ends.at(-1) as number, end];
}

/** Writes one part: its lines, and a sidecar with their numbers in the history. */
export class PartWriter {
  readonly #lines: ByteFile;
  readonly #rows: ByteFile;

  /** `stem`: the path of both files, without their endings. */
  constructor(stem: string, head: PartHead) {
    this.#lines = new ByteFile(`${stem}${partEnding}`);
    this.#rows = new ByteFile(`${stem}${linesEnding}`);
    this.#rows.text(`${JSON.stringify(head)}\n`);
  }

  get bytes(): number {
    return this.#lines.bytes;
  }

  whole(line: number, bytes: Uint8Array, start: number, end: number): void {
    this.#lines.add(bytes, start, end);
    this.#lines.add(newline);
    this.#rows.text(`${line}\n`);
  }

  /** A line with only these items, counted from 0. */
  thin(line: number, kept: readonly number[], { starts, ends }: Items, { bytes, start, end }: Raw): void {
    for (const [from, to] of thinned(kept, { starts, ends }, start, end)) this.#lines.add(bytes, from, to);
    this.#lines.add(newline);
    this.#rows.text(`${line}:${kept.join(',')}\n`);
  }

  /** A line that is already thinned. `row`: its number and its items. */
  row(row: readonly Uint8Array[], bytes: Uint8Array): void {
    this.#lines.add(bytes);
    this.#lines.add(newline);
    for (const text of row) this.#rows.add(text);
    this.#rows.add(newline);
  }

  close(): void {
    this.#lines.close();
    this.#rows.close();
  }
}
