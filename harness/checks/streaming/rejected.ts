import { pushTo } from '../../lib/push-to.ts';
import type { Delivered } from './delivered.ts';

/** A record that was sent. */
export type SentRecord = Pick<Delivered, 'flow' | 'n' | 'hasDigest' | 'high' | 'low'>;

/**
 * Records whose put failed, or had an unknown outcome, until they are sent again unchanged. If the first attempt was
 * stored after all, readers get a record too many.
 */
export class Rejected {
  /** By flow. */
  readonly #records = new Map<number, SentRecord[]>();

  get size(): number {
    return this.#records.size;
  }

  add(record: SentRecord): void {
    pushTo(this.#records, record.flow, record);
  }

  /**
   * Called for every record that is sent, while any waits. Returns undefined if it did not wait, false if its bytes
   * changed.
   */
  meet({ flow, n, hasDigest, high, low }: SentRecord): boolean | undefined {
    const own = this.#records.get(flow) ?? [];
    const at = own.findIndex((record) => record.n === n);
    const [before] = at < 0 ? [] : own.splice(at, 1);
    if (before === undefined) return undefined;
    if (own.length === 0) this.#records.delete(flow);
    return before.hasDigest === hasDigest && before.high === high && before.low === low;
  }

  /** True if a record of the flow waits. */
  has(flow: number): boolean {
    return this.#records.has(flow);
  }

  /** The flows of records that wait. */
  flows(): Iterable<number> {
    return this.#records.keys();
  }
}
