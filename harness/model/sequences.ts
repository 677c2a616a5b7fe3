import { enlarged } from '../lib/enlarged.ts';
import { compareSequence } from './sequence-number.ts';

/**
 * A number is 8 limbs of 8 digits: 64 digits, while AWS's numbers have 56. Eight digits fit into 32 bits, and are read
 * from their bytes in two words.
 */
export const limbsPer = 8;
export const limbDigits = 8;

/** Limbs below those of every number. */
export const belowAll = (): Int32Array => new Int32Array(limbsPer).fill(-1);

const digitsMax = limbsPer * limbDigits;
const limbBase = 100_000_000;
/** Above every limb: the first one of a number that is too long for the limbs. */
const endless = 0x7fff_ffff;
const zero = 48;

/**
 * One parsed number: its limbs, the highest first, or its text if it is longer than they hold. One object is used
 * again for every line.
 */
export class SequenceParts {
  readonly limbs = new Int32Array(limbsPer);
  long: string | undefined;

  /** Takes a text of decimal digits; leading zeros do not count. */
  read(text: string): void {
    let start = 0;
    while (start < text.length - 1 && text.charCodeAt(start) === zero) start += 1;
    this.limbs.fill(0);
    this.long = text.length - start > digitsMax ? text.slice(start) : undefined;
    if (this.long !== undefined) {
      this.limbs[0] = endless;
      return;
    }
    for (let at = start; at < text.length; at += 1) {
      const limb = limbsPer - 1 - Math.floor((text.length - 1 - at) / limbDigits);
      this.limbs[limb] = (this.limbs[limb] ?? 0) * 10 + text.charCodeAt(at) - zero;
    }
  }
}

/**
 * Sequence numbers as columns of integers: a million strings of 56 digits cost more to keep and to compare than all
 * else that is known of their records. Numbers are compared limb by limb. One that is too long keeps its text, and is
 * above all others.
 */
export class Sequences {
  length = 0;
  #limbs = new Int32Array(limbsPer * 64);
  readonly #long = new Map<number, string>();

  /** `at`: where in `limbs` the number begins. */
  push(limbs: Int32Array, at: number, long?: string): number {
    const start = this.length * limbsPer;
    if (start === this.#limbs.length) this.#limbs = enlarged(this.#limbs, this.#limbs.length * 2);
    for (let limb = 0; limb < limbsPer; limb += 1) this.#limbs[start + limb] = limbs[at + limb] ?? 0;
    if (long !== undefined) this.#long.set(this.length, long);
    this.length += 1;
    return this.length - 1;
  }

  pushParts(parts: SequenceParts): number {
    return this.push(parts.limbs, 0, parts.long);
  }

  compare(a: number, b: number): number {
    const difference = compareLimbs(this.#limbs, a * limbsPer, this.#limbs, b * limbsPer);
    if (difference !== 0) return difference < 0 ? -1 : 1;
    return this.#long.size === 0 ? 0 : compareSequence(this.#long.get(a) ?? '', this.#long.get(b) ?? '');
  }

  is(id: number, limbs: Int32Array, at: number, long?: string): boolean {
    if (!areSame(this.#limbs, id * limbsPer, limbs, at)) return false;
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

  /** A hash of the number, 32 bits. */
  tag(id: number): number {
    const at = id * limbsPer;
    let hash = this.#long.get(id)?.length ?? 0;
    for (let limb = 0; limb < limbsPer; limb += 1) {
      hash = Math.imul(hash ^ (this.#limbs[at + limb] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}

/** Compares two sequence numbers, each from its own offset in a column of limbs: below 0, 0, or above 0. */
export const compareLimbs = (a: Int32Array, at: number, b: Int32Array, other: number): number => {
  for (let limb = 0; limb < limbsPer; limb += 1) {
    const difference = (a[at + limb] ?? 0) - (b[other + limb] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * True if both numbers are the same. The lowest limbs are compared first, because numbers of one shard differ there.
 */
export const areSame = (a: Int32Array, at: number, b: Int32Array, other: number): boolean => {
  for (let limb = limbsPer - 1; limb >= 0; limb -= 1) if (a[at + limb] !== b[other + limb]) return false;
  return true;
};

export const copyLimbs = (from: Int32Array, at: number, to: Int32Array, other: number): void => {
  for (let limb = 0; limb < limbsPer; limb += 1) to[other + limb] = from[at + limb] ?? 0;
};

/** Without leading zeros. */
export const textOfLimbs = (limbs: Int32Array, at: number): string => {
  let text = '';
  for (let limb = 0; limb < limbsPer; limb += 1) text += String(limbs[at + limb] ?? 0).padStart(limbDigits, '0');
  return text.replace(/^0+(?=\d)/, '');
};

/** The number modulo 2^32. The number must fit into the limbs. */
export const low32Of = (limbs: Int32Array, at: number): number => {
  let low = 0;
  // Higher limbs add nothing: 10^32 is a multiple of 2^32.
  for (let limb = limbsPer - 4; limb < limbsPer; limb += 1)
    low = (Math.imul(low, limbBase) + (limbs[at + limb] ?? 0)) | 0;
  return low >>> 0;
};

/** True if the number has the form of AWS's: 56 digits, a leading 4 or 5, and a last hexadecimal digit 2. */
export const looksEncodedAt = (limbs: Int32Array, at: number): boolean => {
  const top = limbs[at + 1] ?? 0;
  return limbs[at] === 0 && top >= 40_000_000 && top < 60_000_000 && (low32Of(limbs, at) & 15) === 2;
};
