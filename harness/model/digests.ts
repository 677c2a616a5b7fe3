import { Bytes, Ints } from '../lib/columns.ts';
import { Names } from '../lib/names.ts';

const hexDigits = 16;
const kinds = { none: 0, hex: 1, text: 2 } as const;

/** One parsed digest. One object is used again for every line. */
export class DigestParts {
  kind: number = kinds.none;
  high = 0;
  low = 0;
  text: string | undefined;

  read(text: string | undefined): void {
    this.text = text;
    this.kind =
      text === undefined ? kinds.none : text.length === hexDigits && /^[0-9a-f]+$/.test(text) ? kinds.hex : kinds.text;
    if (text === undefined || this.kind !== kinds.hex) return;
    this.setHex(Number.parseInt(text.slice(0, 8), 16) | 0, Number.parseInt(text.slice(8), 16) | 0);
  }

  setHex(high: number, low: number): void {
    this.kind = kinds.hex;
    this.high = high;
    this.low = low;
    this.text = undefined;
  }

  setNone(): void {
    this.kind = kinds.none;
    this.text = undefined;
  }
}

/**
 * Digests as columns. The usual sixteen lower-case hexadecimal digits become two integers. Any other text is kept as
 * it is. A digest may be absent.
 */
export class Digests {
  readonly #kind = new Bytes();
  readonly #high = new Ints();
  readonly #low = new Ints();
  readonly #texts = new Names();

  push(digest: DigestParts): number {
    this.#high.push(
      digest.kind === kinds.text ? this.#texts.id(digest.text ?? '') : digest.kind === kinds.none ? 0 : digest.high,
    );
    this.#low.push(digest.kind === kinds.hex ? digest.low : 0);
    return this.#kind.push(digest.kind);
  }

  is(id: number, digest: DigestParts): boolean {
    if (this.#kind.at(id) !== digest.kind) return false;
    if (digest.kind === kinds.hex) return this.#high.at(id) === digest.high && this.#low.at(id) === digest.low;
    return digest.kind === kinds.none || this.#texts.name(this.#high.at(id)) === digest.text;
  }

  /** True if both are the same, or one is absent: an absent digest proves no difference. */
  maySame(a: number, b: number): boolean {
    return this.#kind.at(a) === kinds.none || this.#kind.at(b) === kinds.none || this.same(a, b);
  }

  /** True if both are the same, or both are absent. */
  same(a: number, b: number): boolean {
    return (
      a === b ||
      (this.#kind.at(a) === this.#kind.at(b) &&
        this.#high.at(a) === this.#high.at(b) &&
        this.#low.at(a) === this.#low.at(b))
    );
  }

  text(id: number): string | undefined {
    const kind = this.#kind.at(id);
    if (kind === kinds.none) return undefined;
    if (kind === kinds.text) return this.#texts.name(this.#high.at(id));
    return `${hex(this.#high.at(id))}${hex(this.#low.at(id))}`;
  }
}

const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, '0');
