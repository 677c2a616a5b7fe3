import { compareSequence } from './sequence-number.ts';

/** Sixty digits in all: AWS's numbers have 56. A limb of 15 digits is exact in a double. */
export const limbsPer = 4;
const limbDigits = 15;
const digitsMax = limbsPer * limbDigits;
const zero = 48;

/** One number on its way: its limbs, the highest first, or its text where it is longer than they hold. Made once, and used again for every line. */
export class SequenceParts {
  readonly limbs = new Float64Array(limbsPer);
  long: string | undefined;

  /** Takes a text of decimal digits; leading zeros do not count. */
  read(text: string): void {
    let start = 0;
    while (start < text.length - 1 && text.charCodeAt(start) === zero) start += 1;
    this.limbs.fill(0);
    this.long = text.length - start > digitsMax ? text.slice(start) : undefined;
    if (this.long !== undefined) {
      this.limbs[0] = Number.POSITIVE_INFINITY;
      return;
    }
    for (let at = start; at < text.length; at += 1) {
      const limb = limbsPer - 1 - Math.floor((text.length - 1 - at) / limbDigits);
      this.limbs[limb] = (this.limbs[limb] ?? 0) * 10 + text.charCodeAt(at) - zero;
    }
  }
}

/**
 * Sequence numbers as columns of numbers: a million texts of 56 digits cost more to keep and to compare than all else that is known of their records.
 * Compared as numbers, limb by limb; one that is too long keeps its text, and is above all others.
 */
export class Sequences {
  length = 0;
  #limbs = new Float64Array(limbsPer * 64);
  readonly #long = new Map<number, string>();

  /** `at`: where in `limbs` the number begins. */
  push(limbs: Float64Array, at: number, long?: string): number {
    const start = this.length * limbsPer;
    if (start === this.#limbs.length) {
      const larger = new Float64Array(this.#limbs.length * 2);
      larger.set(this.#limbs);
      this.#limbs = larger;
    }
    for (let limb = 0; limb < limbsPer; limb += 1) this.#limbs[start + limb] = limbs[at + limb] ?? 0;
    if (long !== undefined) this.#long.set(this.length, long);
    this.length += 1;
    return this.length - 1;
  }

  pushParts(parts: SequenceParts): number {
    return this.push(parts.limbs, 0, parts.long);
  }

  compare(a: number, b: number): number {
    const [x, y] = [a * limbsPer, b * limbsPer];
    for (let limb = 0; limb < limbsPer; limb += 1) {
      const [one, other] = [this.#limbs[x + limb] ?? 0, this.#limbs[y + limb] ?? 0];
      if (one !== other) return one < other ? -1 : 1;
    }
    return this.#long.size === 0 ? 0 : compareSequence(this.#long.get(a) ?? '', this.#long.get(b) ?? '');
  }

  is(id: number, limbs: Float64Array, at: number, long?: string): boolean {
    const start = id * limbsPer;
    for (let limb = 0; limb < limbsPer; limb += 1) {
      if (this.#limbs[start + limb] !== limbs[at + limb]) return false;
    }
    return this.#long.size === 0 ? long === undefined : this.#long.get(id) === long;
  }

  /** Without leading zeros. */
  text(id: number): string {
    return this.#long.get(id) ?? textOfLimbs(this.#limbs, id * limbsPer);
  }

  low32(id: number): number {
    return low32Of(this.#limbs, id * limbsPer);
  }

  looksEncoded(id: number): boolean {
    return looksEncodedAt(this.#limbs, id * limbsPer);
  }

  /** A hash. */
  tag(id: number): number {
    const at = id * limbsPer;
    let hash = this.#long.get(id)?.length ?? 0;
    for (let limb = 0; limb < limbsPer; limb += 1) {
      const value = this.#limbs[at + limb] ?? 0;
      hash = Math.imul(hash ^ value, 0x01000193) ^ Math.imul(value / 4_294_967_296, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}

/** Without leading zeros. */
export const textOfLimbs = (limbs: Float64Array, at: number): string => {
  let text = '';
  for (let limb = 0; limb < limbsPer; limb += 1) text += String(limbs[at + limb] ?? 0).padStart(limbDigits, '0');
  return text.replace(/^0+(?=\d)/, '');
};

/** The number modulo 2^32, of one that is not longer than the limbs: 10^45 is 0 there, 10^30 is 2^30. */
export const low32Of = (limbs: Float64Array, at: number): number => {
  const second = Math.imul(limbs[at + 1] ?? 0, 1_073_741_824);
  return (second + Math.imul(limbs[at + 2] ?? 0, 1e15) + ((limbs[at + 3] ?? 0) | 0)) >>> 0;
};

/** 56 digits, a leading 4 or 5, and a last hexadecimal digit 2: the form that AWS's numbers have. */
export const looksEncodedAt = (limbs: Float64Array, at: number): boolean => {
  const top = limbs[at] ?? 0;
  return top >= 4e10 && top < 6e10 && (low32Of(limbs, at) & 15) === 2;
};
