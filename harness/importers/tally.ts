import { HarnessError } from '../lib/error.ts';
import { several } from '../lib/several.ts';

/** Counts the lines of one file by what happened to them. */
export class Tally {
  readonly name: string;
  /** The index of the file, from 0. */
  readonly file: number;
  readonly #brokenMax: number;
  /** Lines that are not blank. */
  tried = 0;
  /** Records imported from them. */
  taken = 0;
  /** Other lines, which have none of the fields. */
  other = 0;
  /** Broken lines: a required field is missing, or a value is invalid. */
  broken = 0;
  /** Reports of a consumer: leases, checkpoints. */
  said = 0;
  /** Records without a counter, or without a key. */
  nameless = 0;
  /** Records whose time cannot be read. */
  timeless = 0;
  /** Lines that repeat the header of a table. */
  headers = 0;
  readonly #notes: string[] = [];
  firstBroken: string | undefined;
  firstNameless: string | undefined;
  firstTimeless: string | undefined;

  constructor(name: string, brokenMax: number, file = 0) {
    this.name = name;
    this.file = file;
    this.#brokenMax = brokenMax;
  }

  /** `lines`: how many the broken record has. */
  noteBroken(line: number, why: string, lines = 1): void {
    this.broken += lines;
    this.firstBroken ??= `line ${line}: ${why}`;
    if (this.broken <= this.#brokenMax) return;
    throw new HarnessError(
      'usage',
      `${this.name}: more than ${several(this.#brokenMax, 'broken line')}; the first is ${this.firstBroken}`,
      {
        hint: 'map the fields with --map, describe the text before the JSON with --prefix, or allow more with --broken N',
      },
    );
  }

  note(text: string | undefined): void {
    if (text !== undefined) this.#notes.push(text);
  }

  noteNameless(line: number, why: string): void {
    this.nameless += 1;
    this.firstNameless ??= `line ${line}: ${why}`;
  }

  noteTimeless(line: number, why: string): void {
    this.timeless += 1;
    this.firstTimeless ??= `line ${line}: ${why}`;
  }

  /** Sentences about the counts. */
  words(): readonly string[] {
    const { name, tried, taken, other, said, headers } = this;
    const counts = [
      ...(said === 0 || taken > 0 ? [several(taken, 'record')] : []),
      ...(said === 0 ? [] : [`${said} leases and checkpoints`]),
      ...(headers === 0 ? [] : [several(headers, 'repeated header')]),
      ...(other === 0 ? [] : [several(other, 'other line')]),
    ].join(', ');
    return [
      `${several(tried, 'line')}, ${counts}`,
      ...saidOf(this.broken, 'broken line', 'skipped', this.firstBroken),
      ...saidOf(this.nameless, 'record', 'not compared', this.firstNameless),
      ...saidOf(this.timeless, 'record', 'given the time of the line before', this.firstTimeless),
      ...this.#notes,
    ].map((text) => `${name}: ${text}`);
  }
}

const saidOf = (count: number, noun: string, what: string, first: string | undefined): readonly string[] =>
  count === 0 ? [] : [`${several(count, noun)} ${count === 1 ? 'was' : 'were'} ${what}; the first is ${first}`];
