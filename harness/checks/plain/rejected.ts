import type { Delivered } from './delivered.ts';

/** A record that was sent. */
export type SentRecord = Pick<Delivered, 'flow' | 'n' | 'hasDigest' | 'high' | 'low'>;

/** Records whose put failed, or ended without anybody knowing how, until they are sent again as they were. Where the first was stored after all, there is a record too many in what is read. */
export class Rejected {
  readonly #records = new Map<string, SentRecord>();

  get size(): number {
    return this.#records.size;
  }

  add(record: SentRecord): void {
    this.#records.set(`${record.flow} ${record.n}`, record);
  }

  /** Every record that is sent, while any waits. false: it waited, and has other bytes now. */
  meet({ flow, n, hasDigest, high, low }: SentRecord): boolean {
    const id = `${flow} ${n}`;
    const before = this.#records.get(id);
    if (before === undefined) return true;
    this.#records.delete(id);
    return before.hasDigest === hasDigest && before.high === high && before.low === low;
  }

  /** The flows of those that wait. */
  *flows(): Generator<number> {
    for (const { flow } of this.#records.values()) yield flow;
  }
}
