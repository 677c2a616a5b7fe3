import { parsed } from './parsed.ts';
import { type Getter, getterOf } from './path.ts';
import { scalarsOf } from './scalars.ts';
import { endOfNumber, endOfText } from './scan-scalar.ts';

/** Where a wanted value is: in a scalar of the line, in JSON inside a string, or in the part that all lines share. */
type Want =
  | { readonly scalar: number; readonly inside: Getter | undefined }
  | { readonly scalar: undefined; readonly constant: unknown };

/** How a wanted value is found. `constant`: absent values, true, false and null are part of the shape. */
export type Stands = 'text' | 'number' | 'inside' | 'constant';

const wrapped = '.';
const newline = 10;
const carriageReturn = 13;

/**
 * Lines of a dump usually differ only in their strings and numbers. If a line has the same shape as a parsed one, its
 * values are found without parsing it, and equal those of JSON.parse.
 */
export class LineShape {
  /** The text before each scalar, and after the last, including the quotes of strings. */
  readonly #literals: readonly Uint8Array[];
  readonly #areTexts: readonly boolean[];
  readonly #wants: readonly Want[];
  /** Where the scalars of the last matched line begin and end. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** The bytes of that line. */
  bytes: Buffer = Buffer.alloc(0);

  private constructor(literals: readonly string[], areTexts: readonly boolean[], wants: readonly Want[]) {
    this.#literals = literals.map((literal) => new Uint8Array(Buffer.from(literal)));
    this.#areTexts = areTexts;
    this.#wants = wants;
    this.#starts = new Int32Array(areTexts.length);
    this.#ends = new Int32Array(areTexts.length);
  }

  /** The shape of a line; undefined if lines like this must be parsed. */
  static of(line: string, wanted: readonly (readonly string[])[]): LineShape | undefined {
    const whole = parsed(line);
    const scalars = whole === undefined ? undefined : scalarsOf(line);
    if (scalars === undefined) return undefined;
    const wants: Want[] = [];
    for (const tokens of wanted) {
      const scalar = scalars.paths.findIndex(
        (path) => path.length <= tokens.length && path.every((token, depth) => token === tokens[depth]),
      );
      const rest = scalar < 0 ? [] : tokens.slice((scalars.paths[scalar] as readonly string[]).length);
      const constant = scalar < 0 ? getterOf(tokens)(whole) : undefined;
      if (typeof constant === 'object' && constant !== null) return undefined;
      if (scalar < 0) wants.push({ scalar: undefined, constant });
      else wants.push({ scalar, inside: rest.length === 0 ? undefined : getterOf([wrapped, ...rest]) });
    }
    return new LineShape(scalars.literals, scalars.areTexts, wants);
  }

  /** The end of the line that begins at `from`; -1 if it has another shape. */
  cut(bytes: Buffer, from: number): number {
    const { length } = this.#areTexts;
    let at = from;
    for (let index = 0; index <= length; index += 1) {
      const literal = this.#literals[index] as Uint8Array;
      const size = literal.length;
      for (let place = 0; place < size; place += 1) if (bytes[at + place] !== literal[place]) return -1;
      at += size;
      if (index === length) break;
      this.#starts[index] = at;
      at = this.#areTexts[index] === true ? endOfText(bytes, at) : endOfNumber(bytes, at);
      if (at < 0) return -1;
      this.#ends[index] = at;
    }
    this.bytes = bytes;
    if (bytes[at] === carriageReturn) at += 1;
    return at >= bytes.length || bytes[at] === newline ? at : -1;
  }

  /** What is known about a wanted value before a line is matched. */
  stands(want: number): Stands {
    const found = this.#wants[want] as Want;
    if (found.scalar === undefined) return 'constant';
    if (found.inside !== undefined) return 'inside';
    return this.#areTexts[found.scalar] === true ? 'text' : 'number';
  }

  start(want: number): number {
    return this.#starts[(this.#wants[want] as Want).scalar ?? -1] ?? 0;
  }

  end(want: number): number {
    return this.#ends[(this.#wants[want] as Want).scalar ?? -1] ?? 0;
  }

  /** The value in the last matched line. */
  value(want: number): unknown {
    const found = this.#wants[want] as Want;
    if (found.scalar === undefined) return found.constant;
    const value = this.#scalar(found.scalar);
    return found.inside === undefined ? value : found.inside({ [wrapped]: value });
  }

  #scalar(index: number): string | number {
    const [start, end] = [this.#starts[index] as number, this.#ends[index] as number];
    if (this.#areTexts[index] !== true) return Number(this.bytes.toString('latin1', start, end));
    const text = this.bytes.toString('utf8', start, end);
    return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
  }
}
