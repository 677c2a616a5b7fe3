import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesEnding, type PartHead, partEnding, partName } from '../parts/part-head.ts';
import { PartReader } from '../parts/part-reader.ts';
import { ByteFile } from '../parts/part-writer.ts';
import { summaryOf } from '../parts/summary.ts';
import { lineOf, textOf } from './line-text.ts';
import { inFolder } from './part-folder.ts';
import { columnsOf, type Emit } from './rows.ts';
import type { Step } from './step.ts';

/**
 * The lines of parts in, those of each part together and in the order of their numbers; what each part says out. Behind
 * what a part says that is not plain come its lines again, for the merge.
 */
export const judge: Step = (rows, emit) =>
  inFolder((folder) => {
    let open: PartFile | undefined;
    const close = (): void => {
      open?.say(emit);
      open = undefined;
    };
    for (const row of rows) {
      const [file, part, line, items, text] = columnsOf(row, 5) as [Buffer, Buffer, Buffer, Buffer, Buffer];
      const kind = items.toString('latin1');
      if (kind === 'whole') emit(file, 0, wholeKind, 0, '', text);
      else if (kind === 'head') {
        close();
        open = new PartFile(file.toString('utf8'), JSON.parse(text.toString('utf8')) as PartHead, folder);
      } else if (open?.isOf(file, part) === true) open.add(line, items, lineOf(text));
      else throw new Error(`lines of ${file.toString('utf8')} came without what is said before them`);
    }
    close();
  });

/** A part as `split` writes it. */
export class PartFile {
  readonly #file: string;
  /** From 0. */
  readonly #part: number;
  readonly path: string;
  readonly #lines: ByteFile;
  readonly #rows: ByteFile;
  readonly #rowsPath: string;

  constructor(file: string, head: PartHead, folder: string) {
    this.#file = file;
    this.#part = head.part - 1;
    const stem = join(folder, partName(head.part, head.of));
    this.path = `${stem}${partEnding}`;
    this.#rowsPath = `${stem}${linesEnding}`;
    this.#lines = new ByteFile(this.path);
    this.#rows = new ByteFile(this.#rowsPath);
    this.#rows.text(`${JSON.stringify(head)}\n`);
  }

  isOf(file: Buffer, part: Buffer): boolean {
    return part.toString('latin1') === String(this.#part) && file.toString('utf8') === this.#file;
  }

  add(line: Uint8Array, items: Uint8Array, bytes: Uint8Array): void {
    this.#lines.add(bytes);
    this.#lines.add(newline);
    this.#rows.add(line);
    if (items.length > 0) this.#rows.add(colon);
    this.#rows.add(items);
    this.#rows.add(newline);
  }

  close(): void {
    this.#lines.close();
    this.#rows.close();
  }

  say(emit: Emit): void {
    this.close();
    const summary = summaryOf(this.path);
    // Where it lay is of no use to anybody.
    emit(this.#file, this.#part, summaryKind, 0, '', JSON.stringify({ ...summary, path: '' }));
    if (summary.facts === undefined) this.#sayLines(emit);
    this.remove();
  }

  remove(): void {
    rmSync(this.path);
    rmSync(this.#rowsPath);
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
const newline = Buffer.from('\n');
/** In the order in which the merge takes them. */
export const [wholeKind, summaryKind, lineKind] = ['0 whole', '1 summary', '2 line'] as const;
