import { HarnessError } from '../lib/error.ts';

/** What became of the lines of one file. */
export class Tally {
  readonly name: string;
  /** Which of the files it is, counted from 0. */
  readonly file: number;
  readonly #brokenMax: number;
  /** Lines that are not blank. */
  tried = 0;
  /** Records that were taken from them. */
  taken = 0;
  /** Lines of something else: none of the fields stands in them. */
  other = 0;
  /** Lines that hold a part of what is needed, or a value that cannot be right. */
  broken = 0;
  /** What a consumer said of itself: leases, checkpoints. */
  said = 0;
  /** Records without a counter, or without a key. */
  nameless = 0;
  readonly #notes: string[] = [];
  firstBroken: string | undefined;
  firstNameless: string | undefined;

  constructor(name: string, brokenMax: number, file = 0) {
    this.name = name;
    this.file = file;
    this.#brokenMax = brokenMax;
  }

  noteBroken(line: number, why: string): void {
    this.broken += 1;
    this.firstBroken ??= `line ${line}: ${why}`;
    if (this.broken <= this.#brokenMax) return;
    throw new HarnessError(
      'usage',
      `${this.name}: more than ${this.#brokenMax} broken lines; the first is ${this.firstBroken}`,
      {
        hint: 'say where the fields are with --map, and what stands before the JSON with --prefix; or allow more with --broken N',
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

  /** One sentence each. */
  words(): readonly string[] {
    const { name, tried, taken, other, broken, nameless, said } = this;
    const counts = [
      ...(said === 0 || taken > 0 ? [`${taken} records`] : []),
      ...(said === 0 ? [] : [`${said} leases and checkpoints`]),
      ...(other === 0 ? [] : [`${other} other lines`]),
    ].join(', ');
    return [
      `${name}: ${tried} lines, ${counts}`,
      ...(broken === 0 ? [] : [`${name}: ${broken} broken lines were left out; the first is ${this.firstBroken}`]),
      ...(nameless === 0
        ? []
        : [`${name}: ${nameless} records cannot be compared; the first is ${this.firstNameless}`]),
      ...this.#notes.map((text) => `${name}: ${text}`),
    ];
  }
}
