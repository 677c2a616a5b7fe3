import type { Fact } from './fact.ts';
import { isBelow } from './is-below.ts';

/** The number of records that are remembered. Beyond them, each number that falls counts. */
const rememberedMax = 100_000;

type Top = { seq: string; file: number; line: number | undefined };
type Late = { readonly before: Top; readonly after: Top };

/**
 * Files without times that were sorted by their first numbers. A rotated log has one part of a shard's numbers in each
 * file. If a file goes on below numbers of a file that was put before it, with records that nobody had got yet, or
 * with redelivered ones only, the files may have been named in the order of handling. Then sorting hides that the
 * consumer broke it.
 */
export class SortedFiles {
  readonly #names: readonly string[];
  readonly #tops = new Map<string, Top>();
  readonly #seen = new Set<string>();
  /** Parts of a shard in a file that began with redelivered records, and have not gone on to new ones. */
  readonly #again = new Map<string, Late>();
  #first: Late | undefined;

  /** Names of the files; empty if they were not sorted. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  take(fact: Fact): void {
    if (this.#names.length < 2 || fact.kind !== 'read' || fact.file === undefined || fact.seq === undefined) return;
    const { reader = '', shard = '', seq, sub = '', file, line } = fact;
    const id = `${reader}\n${shard}`;
    const top = this.#tops.get(id);
    const record = `${id} ${seq} ${sub}`;
    const isAgain = this.#seen.has(record);
    if (this.#seen.size < rememberedMax) this.#seen.add(record);
    if (top === undefined || isBelow(top.seq, seq)) {
      this.#tops.set(id, { seq, file, line });
      this.#again.delete(`${id} ${file}`);
    } else if (top.file !== file)
      this.#note({ before: { ...top }, after: { seq, file, line } }, isAgain, `${id} ${file}`);
  }

  #note(late: Late, isAgain: boolean, part: string): void {
    if (!isAgain) this.#first ??= late;
    else if (!this.#again.has(part)) this.#again.set(part, late);
  }

  words(): readonly string[] {
    const [again] = this.#again.values();
    const late = this.#first ?? again;
    if (late === undefined) return [];
    const { before, after } = late;
    const [one, other] = [this.#names[before.file], this.#names[after.file]];
    return [
      `${other} was put behind ${one}, because its first sequence number is higher, but it goes on with records that stand before those of ${one}: ${after.seq}${at(after)} before ${before.seq}${at(before)}. If the files are named in the order of handling, the consumer broke the order there. To have it judged, put them together in that order (cat) and import that`,
    ];
  }
}

const at = ({ line }: Top): string => (line === undefined ? '' : ` (line ${line})`);
