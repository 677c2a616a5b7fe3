import { Floats, Ints } from '../../lib/columns.ts';
import { Names } from '../../lib/names.ts';
import type { SubjectEvent } from '../../model/event.ts';

/**
 * What an application reported about itself. `reader` and `shard` are ids (-1: no shard was named); `number` is an
 * index into `sequences`, or -1.
 */
export type Reported = {
  readonly line: number;
  readonly t: number;
  readonly reader: number;
  readonly shard: number;
  readonly number: number;
  readonly event: Pick<SubjectEvent, 'event' | 'worker' | 'seq' | 'sub' | 'at' | 'to' | 'message'>;
};

const none = -1;

/** Reports that a record is done, as columns: an application may send one for each record. */
export class DoneReports {
  readonly #lines = new Ints();
  readonly #times = new Floats();
  readonly #readers = new Ints();
  readonly #shards = new Ints();
  readonly #numbers = new Ints();
  readonly #subs = new Floats();
  readonly #workers = new Ints();
  readonly #names = new Names();

  get length(): number {
    return this.#lines.length;
  }

  add({ line, t, reader, shard, number, event: { sub, worker } }: Reported): void {
    this.#lines.push(line);
    this.#times.push(t);
    this.#readers.push(reader);
    this.#shards.push(shard);
    this.#numbers.push(number);
    this.#subs.push(sub ?? none);
    this.#workers.push(worker === undefined ? none : this.#names.id(worker));
  }

  /** `index`: from 0, below `length`. */
  at(index: number): Reported {
    const [sub, worker] = [this.#subs.at(index), this.#workers.at(index)];
    return {
      line: this.#lines.at(index),
      t: this.#times.at(index),
      reader: this.#readers.at(index),
      shard: this.#shards.at(index),
      number: this.#numbers.at(index),
      event: {
        event: 'done',
        ...(sub === none ? {} : { sub }),
        ...(worker === none ? {} : { worker: this.#names.name(worker) }),
      },
    };
  }

  readerAt(index: number): number {
    return this.#readers.at(index);
  }
}
