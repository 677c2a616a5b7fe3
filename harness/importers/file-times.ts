import { Ints } from '../lib/columns.ts';
import { several } from '../lib/several.ts';
import type { Fact, ReadFact } from './fact.ts';
import { flowId } from './flow-id.ts';

/** The number of keys, and of pairs of files, that are watched. */
const keysMax = 100_000;
/** Of two lines of two files, how often the first file's is first, if one file follows the other. */
const followsMin = 0.9;
/** Threads may log in another order than they read the clock, but hardly by more. In microseconds. */
const fallMin = 1_000_000;

/** Lines of a file that came without a line of another one between them: the first one, and how many. */
type Runs = { readonly starts: Ints; readonly lengths: Ints };
type Place = { file: number; n: number; line: number | undefined; time: number | undefined };
/** The latest line of a file, and its first one whose time falls. */
type Clock = { time: number; falls: string | undefined };
/** Records of two files that stand in the order of their times. `later`: the file that would be the later one. */
type Rise = { readonly later: Place; readonly earlier: Place; readonly key: string; count: number };

/**
 * Lines of several files are merged by their times. That hides a broken order if the time is when an event happened,
 * and not when it was handled: a late event at the begin of a file then goes back to its place in the file before. It
 * is noticed where a file as a whole follows another one, and a few of its lines do not; or where times fall within a
 * file.
 */
export class FileTimes {
  readonly #names: readonly string[];
  readonly #last = new Map<string, Place>();
  readonly #rises = new Map<string, Rise>();
  /** By file. As numbers, because files may alternate with each line. */
  readonly #runs: readonly Runs[];
  #file = -1;
  #lines = 0;
  readonly #clocks = new Map<number, Clock>();
  /** True if records of one key have the same time in two files, so that the order of the files decides. */
  hasTies = false;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#runs = names.map(() => ({ starts: new Ints(), lengths: new Ints() }));
  }

  take(fact: Fact): void {
    if (fact.kind !== 'read' || fact.file === undefined || this.#names.length < 2) return;
    this.#count(fact.file);
    this.#watchClock(fact, fact.file);
    this.#compare(fact, fact.file);
  }

  #count(file: number): void {
    const runs = this.#runs[file];
    if (runs === undefined) return;
    if (this.#file !== file) {
      runs.starts.push(this.#lines);
      runs.lengths.push(0);
    }
    const last = runs.lengths.length - 1;
    runs.lengths.set(last, runs.lengths.at(last) + 1);
    this.#file = file;
    this.#lines += 1;
  }

  #watchClock({ time, line }: ReadFact, file: number): void {
    if (time === undefined) return;
    const clock = this.#clocks.get(file) ?? { time, falls: undefined };
    if (time <= clock.time - fallMin)
      clock.falls ??= `${this.#names[file]}${line === undefined ? '' : ` (line ${line})`}`;
    clock.time = Math.max(time, clock.time);
    this.#clocks.set(file, clock);
  }

  #compare(fact: ReadFact, file: number): void {
    const { key = '', flow = key, n, line, time } = fact;
    if (n === undefined) return;
    const id = flowId(fact);
    const last = this.#last.get(id);
    if (last === undefined) {
      if (this.#last.size < keysMax) this.#last.set(id, { file, n, line, time });
      return;
    }
    if (last.file !== file && last.time === time) this.hasTies = true;
    if (last.file !== file && n > last.n) this.#note({ ...last }, { file, n, line, time }, flow);
    Object.assign(last, { file, n, line, time });
  }

  #note(later: Place, earlier: Place, key: string): void {
    const pair = `${later.file} ${earlier.file}`;
    const rise = this.#rises.get(pair);
    if (rise === undefined && this.#rises.size >= keysMax) return;
    if (rise === undefined) this.#rises.set(pair, { later, earlier, key, count: 1 });
    else rise.count += 1;
  }

  /** A sentence if there are two files of which one follows the other, but not for some keys. */
  words(): readonly string[] {
    const rises = [...this.#rises.values()];
    const [first, ...more] = rises.filter((rise) => this.#isHidden(rise));
    if (first === undefined) return this.#fallWords(rises);
    const others = more.length === 0 ? '' : ` (${several(more.length, 'other pair')} of files: the same)`;
    return [`${this.#wordsOf(first)}${others}`];
  }

  /** Times that fall within a file are not those of handling, so they say nothing about the order between files. */
  #fallWords([first]: readonly Rise[]): readonly string[] {
    const falls = [...this.#clocks.values()].find((clock) => clock.falls !== undefined)?.falls;
    if (falls === undefined || first === undefined) return [];
    const { later, earlier, key } = first;
    const [one, other] = [this.#names[later.file], this.#names[earlier.file]];
    return [
      `the times fall within ${falls}, so they may be when something happened, and not when the consumer handled it. The lines of the files are merged by them: ${JSON.stringify(key)} #${later.n} of ${one} (${at(later)}) goes before #${earlier.n} of ${other} (${at(earlier)}). To have the order judged, put the files together in their order (cat) and import that`,
    ];
  }

  #isHidden({ later, earlier }: Rise): boolean {
    const [one, other] = [this.#runs[earlier.file], this.#runs[later.file]];
    return one !== undefined && other !== undefined && shareAhead(one, other) >= followsMin;
  }

  #wordsOf({ later, earlier, key, count }: Rise): string {
    const [last, first] = [this.#names[later.file], this.#names[earlier.file]];
    return `${last} follows ${first}, but by their times ${several(count, 'record')} of it ${count === 1 ? 'goes' : 'go'} before records of the same key in ${first}: ${JSON.stringify(key)} #${later.n} (${at(later)}) before #${earlier.n} (${at(earlier)}). If the time is when something happened, and not when the consumer handled it, the order broke there. To have it judged, put the files together in their order (cat ${first} ${last}) and import that`;
  }
}

/** Of all pairs of a line of one file and a line of another: the share in which the one is first. */
const shareAhead = (one: Runs, other: Runs): number => {
  let [pairs, before, index] = [0, 0, 0];
  for (let run = 0; run < other.starts.length; run += 1) {
    for (; index < one.starts.length && one.starts.at(index) < other.starts.at(run); index += 1)
      before += one.lengths.at(index);
    pairs += other.lengths.at(run) * before;
  }
  return pairs / (linesIn(one) * linesIn(other));
};

const linesIn = ({ lengths }: Runs): number => {
  let sum = 0;
  for (let run = 0; run < lengths.length; run += 1) sum += lengths.at(run);
  return sum;
};

const at = ({ line }: Place): string => (line === undefined ? 'no line is known' : `line ${line}`);
