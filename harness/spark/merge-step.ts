import { HarnessError } from '../lib/error.ts';
import { judgeParts } from '../parts/judge-parts.ts';
import { assertAllParts } from '../parts/merge.ts';
import type { Summary } from '../parts/summary.ts';
import type { FileResult } from './file-result.ts';
import { lineOf } from './line-text.ts';
import { lineKind, PartFile, summaryKind, wholeKind } from './part-file.ts';
import { inFolder } from './part-folder.ts';
import { columnsOf, type Emit } from './rows.ts';
import type { Step, StepContext } from './step.ts';

/** In: the summaries of parts, grouped by file. Out: the verdict on each file, or why one process has to judge it. */
export const merge: Step = (rows, emit, context) =>
  inFolder((folder) => {
    let open: Merging | undefined;
    for (const row of rows) {
      const columns = columnsOf(row, 6) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
      const file = columns[0].toString('utf8');
      if (open?.file !== file) {
        open?.end(emit);
        open = new Merging(file, context, folder);
      }
      open.take(columns);
    }
    open?.end(emit);
  });

type Columns = readonly [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];

class Merging {
  readonly file: string;
  readonly #context: StepContext;
  readonly #folder: string;
  readonly #summaries: Summary[] = [];
  readonly #lines = new Map<number, PartFile>();
  #whole: string | undefined;

  constructor(file: string, context: StepContext, folder: string) {
    this.file = file;
    this.#context = context;
    this.#folder = folder;
  }

  take([, part, kind, line, items, text]: Columns): void {
    const named = kind.toString('latin1');
    if (named === wholeKind) this.#whole = JSON.parse(text.toString('utf8')) as string;
    if (named === summaryKind) this.#summaries.push(JSON.parse(text.toString('utf8')) as Summary);
    if (named === lineKind) this.#fileOf(Number(part.toString('latin1'))).add(line, items, lineOf(text));
  }

  end(emit: Emit): void {
    for (const part of this.#lines.values()) part.close();
    emit(JSON.stringify({ file: this.file, ...this.#result() } satisfies FileResult));
    for (const part of this.#lines.values()) part.remove();
  }

  #fileOf(part: number): PartFile {
    const known = this.#lines.get(part);
    if (known !== undefined) return known;
    const summary = this.#summaries.find(({ head }) => head.part === part + 1);
    if (summary === undefined) throw new Error(`lines of part ${part + 1} of ${this.file} came before its summary`);
    const made = new PartFile(this.file, summary.head, this.#folder);
    this.#lines.set(part, made);
    return made;
  }

  #result(): Omit<FileResult, 'file'> {
    if (this.#whole !== undefined) return { whole: this.#whole };
    try {
      const { rules } = this.#context;
      assertAllParts(this.#summaries);
      return { verdict: judgeParts(this.#summaries, (summary, why) => this.#pathOf(summary, why), rules) };
    } catch (thrown) {
      // For an invalid history, one reading of the full file names the line.
      if (thrown instanceof NeedsWhole || thrown instanceof HarnessError) return { whole: thrown.message };
      throw thrown;
    }
  }

  #pathOf({ head: { part } }: Summary, why: string): string {
    const lines = this.#lines.get(part - 1);
    if (lines === undefined) throw new NeedsWhole(why);
    return lines.path;
  }
}

/** The merge needs lines that the judge step did not emit. */
class NeedsWhole extends Error {}
