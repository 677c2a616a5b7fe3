import type { ReaderEvent, SubjectEvent } from '../../model/event.ts';
import type { Tables } from '../index/tables.ts';
import type { Delivered } from './delivered.ts';
import type { Spill } from './spills.ts';
import { GivenSums } from './subject-front.ts';
import { isKept, oddSubject, SubjectGroup } from './subject-group.ts';

/**
 * Consumers under test that are plain: each got every record of every shard once and in order, with one worker per
 * shard, did them in this order, and wrote no checkpoint ahead of them. No claim about consumers finds anything then.
 * Anything else spills everything.
 */
export class StreamingSubjects {
  /** A field, because it is read for each record of a history. */
  isAny = false;
  readonly #tables: Tables;
  readonly #spill: Spill;
  readonly #groups = new Map<string, SubjectGroup>();
  readonly #ofReader = new Map<number, SubjectGroup>();
  /** What the front of each shard got, by shard, with holes: the workload, and sentinels. */
  readonly #read: GivenSums[] = [];
  readonly #markers: GivenSums[] = [];

  constructor(tables: Tables, spill: Spill) {
    this.#tables = tables;
    this.#spill = spill;
  }

  get groups(): Iterable<SubjectGroup> {
    return this.#groups.values();
  }

  of(reader: number): SubjectGroup | undefined {
    return this.#ofReader.get(reader);
  }

  /** Takes a reader line of any role. `isMet`: some reader has read already. */
  know(event: ReaderEvent, isMet: boolean): void {
    const id = this.#tables.readers.id(event.reader);
    if (event.role !== 'subject') {
      if (event.filter === true) return this.#spill('all', 'a reader that leaves out records by design');
      if (this.#ofReader.has(id)) this.#spill('all', 'a consumer under test that becomes another reader');
      return;
    }
    const odd = isMet ? 'a consumer under test that is named after records were read' : oddSubject(event);
    if (odd !== undefined) return this.#spill('all', odd);
    const name = event.group ?? event.reader;
    const group = this.#groups.get(name) ?? new SubjectGroup(name);
    if (this.#ofReader.has(id) && this.#ofReader.get(id) !== group)
      return this.#spill('all', 'a consumer under test of two groups');
    this.#groups.set(name, group);
    this.isAny = true;
    this.#ofReader.set(id, group);
  }

  /** Takes a report of an application. Returns false if the report need not be kept. */
  report(event: SubjectEvent, line: number): boolean {
    const group = this.of(this.#tables.readers.id(event.reader));
    if (group === undefined) this.#spill('all', 'a report of a consumer that is not named');
    else if (event.event === 'discard') this.#spill('all', 'a record that a consumer under test gave up');
    else if (!isKept(event)) this.#take(group, event, line);
    return isKept(event);
  }

  #take(group: SubjectGroup, { event, shard, seq, sub, at }: SubjectEvent, line: number): void {
    if (event === 'done') group.hasDone = true;
    if (shard === undefined) return;
    const front = group.front(this.#tables.shards.id(shard));
    if (event === 'checkpoint' && at === 'SHARD_END') return front.close();
    if (seq === undefined) return;
    const { sequence } = this.#tables;
    sequence.read(seq);
    const isOdd = sequence.long !== undefined || (sub ?? 0) !== 0;
    const odd = isOdd
      ? 'a report of a user record'
      : event === 'done'
        ? front.finish(sequence.limbs, line)
        : front.checkpoint(sequence.limbs);
    if (odd !== undefined) this.#spill('all', odd);
  }

  /** Takes a record that the front of a shard got. */
  noteRead(shard: number, limbs: Int32Array, at: number, record: Delivered, isMarker: boolean): void {
    const sums = isMarker ? this.#markers : this.#read;
    (sums[shard] ??= new GivenSums()).add(limbs, at, record, true);
  }

  /** True if the group got of a shard what its readers got. */
  isGivenAll(group: SubjectGroup, shard: number): boolean {
    const front = group.known(shard);
    if (front === undefined) return false;
    return front.sums.agreesWith(this.#read[shard] ?? none) && front.markers.agreesWith(this.#markers[shard] ?? none);
  }
}

const none = new GivenSums();
