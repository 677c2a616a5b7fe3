import { several } from '../lib/several.ts';
import type { Fact, ReadFact } from './fact.ts';

/** The number of keys that are watched. */
const keysMax = 100_000;
/** Of two lines of two files, how often the first file's is first, if one file follows the other. */
const followsMin = 0.9;

type Place = { file: number; n: number; line: number | undefined };
/** Records of two files that stand in the order of their times. `later`: the file that would be the later one. */
type Rise = { readonly later: Place; readonly earlier: Place; readonly key: string; count: number };

/**
 * Lines of several files are merged by their times. That hides a broken order if the time is when an event happened,
 * and not when it was handled: a late event at the begin of a file then goes back to its place in the file before. It
 * is noticed where a file as a whole follows another one, and a few of its lines do not.
 */
export class FileTimes {
  readonly #names: readonly string[];
  readonly #last = new Map<string, Place>();
  readonly #rises = new Map<string, Rise>();
  readonly #lines: number[];
  /** How many pairs of a line of one file and an earlier line of another one there are: by later, then earlier file. */
  readonly #ahead: number[][];
  #run = { file: -1, lines: 0 };

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#lines = names.map(() => 0);
    this.#ahead = names.map(() => names.map(() => 0));
  }

  take(fact: Fact): void {
    if (fact.kind !== 'read' || fact.file === undefined || this.#names.length < 2) return;
    if (fact.file !== this.#run.file) this.#endRun(fact.file);
    this.#run.lines += 1;
    this.#compare(fact, fact.file);
  }

  #endRun(next: number): void {
    const { file, lines } = this.#run;
    const ahead = this.#ahead[file];
    for (const [other, count] of ahead === undefined ? [] : this.#lines.entries())
      if (ahead !== undefined) ahead[other] = (ahead[other] ?? 0) + lines * count;
    if (ahead !== undefined) this.#lines[file] = (this.#lines[file] ?? 0) + lines;
    this.#run = { file: next, lines: 0 };
  }

  #compare({ reader = '', key = '', flow = key, n, line }: ReadFact, file: number): void {
    if (n === undefined) return;
    const id = reader === '' ? flow : `${reader}\n${flow}`;
    const last = this.#last.get(id);
    if (last === undefined) {
      if (this.#last.size < keysMax) this.#last.set(id, { file, n, line });
      return;
    }
    if (last.file !== file && n > last.n) this.#note({ ...last }, { file, n, line }, flow);
    [last.file, last.n, last.line] = [file, n, line];
  }

  #note(later: Place, earlier: Place, key: string): void {
    const pair = `${later.file} ${earlier.file}`;
    const rise = this.#rises.get(pair);
    if (rise === undefined) this.#rises.set(pair, { later, earlier, key, count: 1 });
    else rise.count += 1;
  }

  /** One sentence for each two files of which one follows the other, but not for some keys. */
  words(): readonly string[] {
    this.#endRun(-1);
    return [...this.#rises.values()].filter((rise) => this.#isHidden(rise)).map((rise) => this.#wordsOf(rise));
  }

  #isHidden({ later: { file: later }, earlier: { file: earlier } }: Rise): boolean {
    const pairs = (this.#lines[later] ?? 0) * (this.#lines[earlier] ?? 0);
    return (this.#ahead[later]?.[earlier] ?? 0) >= followsMin * pairs;
  }

  #wordsOf({ later, earlier, key, count }: Rise): string {
    const [last, first] = [this.#names[later.file], this.#names[earlier.file]];
    return `${last} follows ${first}, but by their times ${several(count, 'record')} of it ${count === 1 ? 'goes' : 'go'} before records of the same key in ${first}: ${JSON.stringify(key)} #${later.n} (${at(later)}) before #${earlier.n} (${at(earlier)}). If the time is when something happened, and not when the consumer handled it, the order broke there. To have it judged, put the files together in their order (cat ${first} ${last}) and import that`;
  }
}

const at = ({ line }: Place): string => (line === undefined ? 'no line is known' : `line ${line}`);
