import { Ints } from '../../lib/columns.ts';
import { type SequenceParts, Sequences } from '../../model/sequences.ts';

/**
 * Numbers places in the order of their first occurrence, and finds them by shard, sequence number and sub-sequence
 * number. Open addressing.
 */
export class PlaceIndex {
  readonly shard = new Ints();
  readonly sub = new Ints();
  readonly numbers = new Sequences();
  #slots = new Int32Array(1024).fill(-1);
  /** Places whose sequence numbers do not fit into the limbs, by text. No known engine has such numbers. */
  readonly #long = new Map<string, number>();

  get size(): number {
    return this.shard.length;
  }

  /** The id of a place; adds it if it is new. The number begins at `at` in `limbs`; `long` if it does not fit. */
  id(shard: number, limbs: Int32Array, at: number, long: string | undefined, sub: number): number {
    if (long !== undefined) return this.#longId(shard, limbs, long, sub);
    const id = this.numbers.push(limbs, at);
    const slot = this.#slotOf(id, shard, sub);
    const known = this.#slots[slot] as number;
    if (known >= 0) {
      this.numbers.length -= 1;
      return known;
    }
    this.shard.push(shard);
    this.sub.push(sub);
    this.#slots[slot] = id;
    if (this.size * 2 >= this.#slots.length) this.#grow();
    return id;
  }

  idOf(shard: number, parts: SequenceParts, sub: number): number {
    return this.id(shard, parts.limbs, 0, parts.long, sub);
  }

  /** -1 if the place never occurred. */
  find(shard: number, parts: SequenceParts, sub: number): number {
    if (parts.long !== undefined) return this.#long.get(`${shard} ${sub} ${parts.long}`) ?? -1;
    const id = this.numbers.push(parts.limbs, 0);
    const known = this.#slots[this.#slotOf(id, shard, sub)] as number;
    this.numbers.length -= 1;
    return known;
  }

  /** Negative if `a` lies before `b`. Both must be in one shard. */
  compare(a: number, b: number): number {
    return this.numbers.compare(a, b) || this.sub.at(a) - this.sub.at(b);
  }

  #longId(shard: number, limbs: Int32Array, long: string, sub: number): number {
    const name = `${shard} ${sub} ${long}`;
    const known = this.#long.get(name);
    if (known !== undefined) return known;
    const id = this.numbers.push(limbs, 0, long);
    this.shard.push(shard);
    this.sub.push(sub);
    this.#long.set(name, id);
    return id;
  }

  #slotOf(id: number, shard: number, sub: number): number {
    const mask = this.#slots.length - 1;
    let slot = (this.numbers.tag(id) ^ Math.imul(shard + 1, 0x85ebca6b) ^ Math.imul(sub + 2, 0xc2b2ae35)) & mask;
    for (let known = this.#slots[slot] as number; known >= 0; known = this.#slots[slot] as number) {
      const isSame = this.shard.at(known) === shard && this.sub.at(known) === sub;
      if (isSame && this.numbers.compare(known, id) === 0) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const long = new Set(this.#long.values());
    for (let id = 0; id < this.size; id += 1)
      if (!long.has(id)) this.#slots[this.#slotOf(id, this.shard.at(id), this.sub.at(id))] = id;
  }
}
