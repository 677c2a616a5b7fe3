import { Ints } from '../../lib/columns.ts';
import { Firsts } from '../../lib/firsts.ts';
import type { Events } from './deliveries.ts';
import type { DoneReports, Reported } from './done-reports.ts';

/** One record that an application says it has done, or has given up. `position` -1: its place is unknown. */
export type Saying = {
  readonly item: number;
  readonly position: number;
  readonly shard: number;
  readonly line: number;
  readonly reported: Reported;
};

/** What one application says it has done, in the order of lines. Kept as numbers, as `Deliveries` are. */
export class Sayings implements Events<Saying> {
  readonly #reports: DoneReports;
  readonly #items = new Ints();
  readonly #positions = new Ints();
  /** Indices into the reports. */
  readonly #of = new Ints();
  readonly #firsts = new Firsts();

  constructor(reports: DoneReports) {
    this.#reports = reports;
  }

  get length(): number {
    return this.#items.length;
  }

  /** `report`: an index into the reports. */
  add(item: number, position: number, report: number): void {
    this.#firsts.note(item, this.#items.push(item));
    this.#positions.push(position);
    this.#of.push(report);
  }

  /** `index`: from 0. */
  at(index: number): Saying | undefined {
    return index >= 0 && index < this.length ? this.#made(index) : undefined;
  }

  *[Symbol.iterator](): Generator<Saying> {
    for (let index = 0; index < this.length; index += 1) yield this.#made(index);
  }

  /** The first one about an item. */
  firstOf(item: number): Saying | undefined {
    return this.at(this.#firsts.of(item));
  }

  #made(index: number): Saying {
    const reported = this.#reports.at(this.#of.at(index));
    const { shard, line } = reported;
    return { item: this.#items.at(index), position: this.#positions.at(index), shard, line, reported };
  }
}
