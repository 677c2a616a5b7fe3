import { type Getter, getterOf } from './path.ts';
import { scalarsOf } from './scalars.ts';

/** A row of which only the values of its getters were cut out of its line. It is filled anew for each line. */
export class CutRow {
  readonly values: unknown[];

  constructor(count: number) {
    this.values = Array.from({ length: count });
  }
}

/** Where a value comes from: `inside` opens JSON in a text. */
type Want = { readonly index: number; readonly inside: Getter | undefined };

const wrapped = '.';
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What JSON.parse unescapes or refuses in a text. */
const unplain = /[\\\p{Cc}]/u;

/**
 * The lines of a dump mostly differ in their texts and numbers only. For a line that has the shape of one which was
 * parsed, the values are cut out without parsing all of it. Each value is what JSON.parse would have given.
 */
export class LineShape {
  /** What stands before each scalar, and behind the last. A text's quotes belong to it. */
  readonly #literals: readonly string[];
  readonly #areTexts: readonly boolean[];
  /** By scalar: who wants it. */
  readonly #wants: readonly (readonly Want[])[];
  readonly #row: CutRow;

  private constructor(literals: readonly string[], areTexts: readonly boolean[], wants: Want[][], row: CutRow) {
    this.#literals = literals;
    this.#areTexts = areTexts;
    this.#wants = wants;
    this.#row = row;
  }

  /** Undefined where a line like this has to be parsed. */
  static of(line: string, parsed: unknown, wanted: readonly (readonly string[])[]): LineShape | undefined {
    if (unplain.test(line)) return undefined;
    const scalars = scalarsOf(line);
    if (scalars === undefined) return undefined;
    const wants: Want[][] = scalars.paths.map(() => []);
    const row = new CutRow(wanted.length);
    for (const [index, tokens] of wanted.entries()) {
      const at = scalars.paths.findIndex(
        (path) => path.length <= tokens.length && path.every((token, depth) => token === tokens[depth]),
      );
      const rest = at < 0 ? [] : tokens.slice((scalars.paths[at] as readonly string[]).length);
      if (at >= 0) wants[at]?.push({ index, inside: rest.length === 0 ? undefined : getterOf([wrapped, ...rest]) });
      else {
        // It is absent, or one of true, false and null, which are part of the shape.
        const constant = getterOf(tokens)(parsed);
        if (typeof constant === 'object' && constant !== null) return undefined;
        row.values[index] = constant;
      }
    }
    return new LineShape(scalars.literals, scalars.areTexts, wants, row);
  }

  /** Undefined where the line is of another shape. */
  cut(line: string): CutRow | undefined {
    let at = 0;
    const { length } = this.#areTexts;
    for (let index = 0; index < length; index += 1) {
      const literal = this.#literals[index] as string;
      if (!line.startsWith(literal, at)) return undefined;
      at += literal.length;
      const end = this.#areTexts[index] === true ? line.indexOf('"', at) : numberEnd(line, at);
      if (end < 0) return undefined;
      const wants = this.#wants[index] as readonly Want[];
      if (wants.length > 0) this.#give(wants, line.slice(at, end), this.#areTexts[index] === true);
      at = end;
    }
    const last = this.#literals[length] as string;
    if (line.length !== at + last.length || !line.endsWith(last) || unplain.test(line)) return undefined;
    return this.#row;
  }

  #give(wants: readonly Want[], text: string, isText: boolean): void {
    const value = isText ? text : Number(text);
    for (const { index, inside } of wants)
      this.#row.values[index] = inside === undefined ? value : inside({ [wrapped]: value });
  }
}

const numberEnd = (line: string, at: number): number => {
  number.lastIndex = at;
  return number.test(line) ? number.lastIndex : -1;
};
