import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesEnding, type PartHead, partEnding, partName } from '../parts/part-head.ts';
import { PartReader } from '../parts/part-reader.ts';
import { PartWriter } from '../parts/part-writer.ts';
import { summaryOf } from '../parts/summary.ts';
import { textOf } from './line-text.ts';
import type { Emit } from './rows.ts';

/** Kinds of rows, in the order in which the merge needs them. */
export const [wholeKind, summaryKind, lineKind] = ['0 whole', '1 summary', '2 line'] as const;

/** A temporary part in the form that `split` writes. */
export class PartFile {
  readonly #file: string;
  /** From 0. */
  readonly #part: number;
  readonly #stem: string;
  readonly #writer: PartWriter;

  constructor(file: string, head: PartHead, folder: string) {
    this.#file = file;
    this.#part = head.part - 1;
    this.#stem = join(folder, partName(head.part, head.of));
    this.#writer = new PartWriter(this.#stem, head);
  }

  get path(): string {
    return `${this.#stem}${partEnding}`;
  }

  isOf(file: Buffer, part: Buffer): boolean {
    return part.toString('latin1') === String(this.#part) && file.toString('utf8') === this.#file;
  }

  add(line: Uint8Array, items: Uint8Array, bytes: Uint8Array): void {
    this.#writer.row(items.length === 0 ? [line] : [line, colon, items], bytes);
  }

  close(): void {
    this.#writer.close();
  }

  say(emit: Emit): void {
    this.close();
    const summary = summaryOf(this.path);
    // The temporary path is useless in the summary.
    emit(this.#file, this.#part, summaryKind, 0, '', JSON.stringify({ ...summary, path: '' }));
    if (summary.facts === undefined) this.#sayLines(emit);
    this.remove();
  }

  remove(): void {
    rmSync(this.path);
    rmSync(`${this.#stem}${linesEnding}`);
  }

  #sayLines(emit: Emit): void {
    const reader = new PartReader(this.path);
    for (let now = reader.now; now !== undefined; now = reader.now) {
      emit(this.#file, this.#part, lineKind, now.line, now.items?.join(',') ?? '', textOf(now.bytes));
      reader.step();
    }
    reader.close();
  }
}

const colon = Buffer.from(':');
