import { Ints } from '../../lib/columns.ts';
import type { Tables } from '../view/tables.ts';
import { mustBe } from './not-plain.ts';

/** A row of eight numbers, half a line of the cache: all that is kept of one producer and key. */
const perRow = 8;
const field = {
  /** Its last acknowledged number, as two sums; and whether there is one. */
  ackedOne: 0,
  ackedTwo: 1,
  isAcked: 2,
  /** The number that is to be sent next, and the one that is to be read next: both count up from 0. */
  sent: 3,
  read: 4,
  /** Calls under way that hold it. */
  open: 5,
  /** The weakest produce mode so far. */
  mode: 6,
  /** The shard in which it lies; -1: none yet. */
  shard: 7,
} as const;

const acked = { known: 1, somehow: 2 } as const;

/** What is known of each flow, by its id. */
export class Flows {
  readonly #rows = new Ints();
  #count = 0;
  hasAfter = false;
  /** Flows that went on in another shard: the flow, and the shard that it left. */
  readonly #moved = new Ints();
  readonly #left = new Ints();
  /** From which shard to which any went. */
  readonly moves = new Map<string, readonly [from: number, to: number]>();

  /** Before anything else is said of it. */
  know(flow: number): void {
    for (; this.#count <= flow; this.#count += 1) {
      for (let at = 1; at < perRow; at += 1) this.#rows.push(0);
      this.#rows.push(-1);
    }
  }

  send(flow: number, n: number): void {
    const row = flow * perRow;
    mustBe(n === this.#rows.at(row + field.sent), 'a flow does not count up from 0');
    this.#rows.set(row + field.sent, n + 1);
  }

  /** The last that was sent was not stored, and is to be sent again. */
  takeBack(flow: number, n: number): void {
    const row = flow * perRow;
    mustBe(this.#rows.at(row + field.sent) === n + 1, 'a record that was sent behind one that failed');
    this.#rows.set(row + field.sent, n);
  }

  /** A record of the workload is sent: P1 to P4. `after`: the sums of the SequenceNumberForOrdering; undefined: none was said. Before `send`. */
  noteMode(flow: number, isBatch: boolean, after: Sums | undefined): void {
    const row = flow * perRow;
    const isFirst = this.#rows.at(row + field.isAcked) === 0;
    const isOpen = this.#rows.at(row + field.open) > 0;
    const isChained = after !== undefined && this.#isAcked(row, after);
    if (after !== undefined) {
      this.hasAfter = true;
      // Then the sequence numbers of the flow ascend, and it is above this one.
      mustBe(isChained && !isOpen, 'a SequenceNumberForOrdering that is not the last of its flow');
    }
    const mode = isBatch ? 4 : isOpen ? 3 : isChained ? 1 : isFirst ? 0 : 2;
    this.#rows.set(row + field.mode, Math.max(mode, this.#rows.at(row + field.mode)));
    this.#rows.set(row + field.open, this.#rows.at(row + field.open) + 1);
  }

  #isAcked(row: number, { one, two }: Sums): boolean {
    const isKnown = this.#rows.at(row + field.isAcked) === acked.known;
    return isKnown && this.#rows.at(row + field.ackedOne) === one && this.#rows.at(row + field.ackedTwo) === two;
  }

  noteAcked(flow: number, one: number, two: number): void {
    const row = flow * perRow;
    this.#rows.set(row + field.ackedOne, one);
    this.#rows.set(row + field.ackedTwo, two);
    this.#rows.set(row + field.isAcked, acked.known);
  }

  /** Which number it was is not kept: one that is said to come after it is not plain. */
  noteAckedInBatch(flow: number): void {
    this.#rows.set(flow * perRow + field.isAcked, acked.somehow);
  }

  close(flow: number): void {
    const row = flow * perRow + field.open;
    this.#rows.set(row, this.#rows.at(row) - 1);
  }

  /** The first to be given it: it is the next one, in the one shard of its flow. */
  read(flow: number, n: number, shard: number): void {
    const row = flow * perRow;
    mustBe(flow < this.#count && n === this.#rows.at(row + field.read), 'a record that is not the next of its flow');
    this.#rows.set(row + field.read, n + 1);
    if (this.#rows.at(row + field.shard) !== shard) this.#move(flow, shard);
  }

  #move(flow: number, shard: number): void {
    const row = flow * perRow;
    const left = this.#rows.at(row + field.shard);
    this.#rows.set(row + field.shard, shard);
    if (left < 0) return;
    this.#moved.push(flow);
    this.#left.push(left);
    this.moves.set(`${left} ${shard}`, [left, shard]);
  }

  /** Of the workload, without end markers: records read, and those among them that have one of their flow before them. */
  counted(isMarker: ReadonlySet<number>): { readonly read: number; readonly pairs: number } {
    let [read, pairs] = [0, 0];
    for (let flow = 0; flow < this.#count; flow += 1) {
      const own = isMarker.has(flow) ? 0 : this.#rows.at(flow * perRow + field.read);
      read += own;
      pairs += Math.max(0, own - 1);
    }
    return { read, pairs };
  }

  /** The shards of each key, by its id: one, or -1 where none of it was read; of those that lie in several, all. */
  shardsOfKeys({ records }: Tables, isMarker: ReadonlySet<number>): KeyShards {
    const one = new Int32Array(records.keys.size).fill(-1);
    const several = new Map<number, Set<number>>();
    const note = (flow: number, shard: number): void => {
      if (shard < 0 || isMarker.has(flow)) return;
      const key = records.flowKey.at(flow);
      const known = one[key] as number;
      if (known < 0) one[key] = shard;
      else if (known !== shard) several.set(key, (several.get(key) ?? new Set([known])).add(shard));
    };
    for (let flow = 0; flow < this.#count; flow += 1) note(flow, this.#rows.at(flow * perRow + field.shard));
    for (let move = 0; move < this.#moved.length; move += 1) note(this.#moved.at(move), this.#left.at(move));
    return { one, several };
  }

  /** Into the tables, as the judge of the whole keeps them. */
  writeModes(tables: Tables, isMarker: ReadonlySet<number>): void {
    for (let flow = 0; flow < this.#count; flow += 1) {
      tables.flowMode.set(flow, this.#rows.at(flow * perRow + field.mode));
      tables.flowPuts.set(flow, isMarker.has(flow) ? 0 : this.#rows.at(flow * perRow + field.sent));
    }
  }
}

/** A sequence number as two sums: enough to tell whether it is the same. */
export type Sums = { readonly one: number; readonly two: number };

export type KeyShards = { readonly one: Int32Array; readonly several: ReadonlyMap<number, ReadonlySet<number>> };
