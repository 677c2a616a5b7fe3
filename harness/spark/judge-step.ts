import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesEnding, partEnding, partName } from '../parts/part-head.ts';
import { PartReader } from '../parts/part-reader.ts';
import { ByteFile } from '../parts/part-writer.ts';
import type { Plan } from '../parts/plan.ts';
import { summaryOf } from '../parts/summary.ts';
import { lineOf, textOf } from './line-text.ts';
import { inFolder } from './part-folder.ts';
import { columnsOf, type Emit } from './rows.ts';
import type { Step } from './step.ts';

/**
 * The lines of parts in, those of each part together and in the order of their numbers; what each part says out. Behind
 * what a part says that is not plain come its lines again, for the merge.
 */
export const judge: Step = (rows, emit, { plans }) =>
  inFolder((folder) => {
    let open: PartFile | undefined;
    const close = (): void => {
      open?.say(emit);
      open = undefined;
    };
    for (const row of rows) {
      const [file, part, line, items, text] = columnsOf(row, 5) as [Buffer, Buffer, Buffer, Buffer, Buffer];
      const [name, number] = [file.toString('utf8'), Number(part.toString('latin1'))];
      if (items.toString('latin1') === 'whole') {
        emit(name, 0, wholeKind, 0, '', text);
        continue;
      }
      if (open?.file !== name || open.part !== number) {
        close();
        open = new PartFile(name, number, planFor(plans(), name), folder);
      }
      open.add(line, items, lineOf(text));
    }
    close();
  });

export const planFor = (plans: ReadonlyMap<string, Plan>, file: string): Plan => {
  const plan = plans.get(file);
  if (plan === undefined) throw new Error(`there is no plan of ${file}`);
  return plan;
};

/** A part as `split` writes it. */
export class PartFile {
  readonly file: string;
  readonly part: number;
  readonly path: string;
  readonly #lines: ByteFile;
  readonly #rows: ByteFile;
  readonly #rowsPath: string;

  constructor(file: string, part: number, { head }: Plan, folder: string) {
    this.file = file;
    this.part = part;
    const stem = join(folder, partName(part + 1, head.of));
    this.path = `${stem}${partEnding}`;
    this.#rowsPath = `${stem}${linesEnding}`;
    this.#lines = new ByteFile(this.path);
    this.#rows = new ByteFile(this.#rowsPath);
    this.#rows.text(`${JSON.stringify({ ...head, part: part + 1 })}\n`);
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
    emit(this.file, this.part, summaryKind, 0, '', JSON.stringify({ ...summary, path: '' }));
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
      emit(this.file, this.part, lineKind, now.line, now.items?.join(',') ?? '', textOf(now.bytes));
      reader.step();
    }
    reader.close();
  }
}

const colon = Buffer.from(':');
const newline = Buffer.from('\n');
/** In the order in which the merge takes them. */
export const [wholeKind, summaryKind, lineKind] = ['0 whole', '1 summary', '2 line'] as const;
