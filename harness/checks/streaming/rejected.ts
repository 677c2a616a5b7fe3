import { pushTo } from '../../lib/push-to.ts';
import type { Delivered } from './delivered.ts';

/** A record that was sent. */
export type SentRecord = Pick<Delivered, 'flow' | 'n' | 'hasDigest' | 'high' | 'low'>;

/**
 * Records whose put failed, or ended without anybody knowing how, until they are sent again as they were. Where the
 * first was stored after all, there is a record too many in what is read.
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

  /** Every record that is sent, while any waits. undefined: it did not wait; false: it has other bytes now. */
  meet({ flow, n, hasDigest, high, low }: SentRecord): boolean | undefined {
    const own = this.#records.get(flow) ?? [];
    const at = own.findIndex((record) => record.n === n);
    const [before] = at < 0 ? [] : own.splice(at, 1);
    if (before === undefined) return undefined;
    if (own.length === 0) this.#records.delete(flow);
    return before.hasDigest === hasDigest && before.high === high && before.low === low;
  }

  /** Does any of the flow wait? */
  has(flow: number): boolean {
    return this.#records.has(flow);
  }

  /** Of those that wait. */
  flows(): Iterable<number> {
    return this.#records.keys();
  }
}
