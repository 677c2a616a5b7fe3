import type { Random } from '../../../lib/random.ts';
import type { EventBody, IteratorStart, ReaderRole, ReadRecord } from '../../../model/event.ts';
import type { Strikes } from './disorder.ts';
import type { Stored, WildShard, WildStream } from './wild-stream.ts';

type Chain = {
  readonly reader: string;
  readonly number: number;
  readonly shard: WildShard;
  at: number;
  isNew: boolean;
  from: IteratorStart;
  isOver: boolean;
};
export type Clock = { readonly now: () => number; readonly wallMs: number };

/** Readers of all roles, with chains that begin anywhere, continue, restart and end. */
export class WildReader {
  readonly #random: Random;
  readonly #strikes: Strikes;
  readonly #stream: WildStream;
  readonly #write: (event: EventBody) => void;
  readonly #clock: Clock;
  #chains: Chain[] = [];
  #count = 0;

  constructor(
    { random, strikes, stream, clock }: { random: Random; strikes: Strikes; stream: WildStream; clock: Clock },
    write: (event: EventBody) => void,
  ) {
    this.#random = random;
    this.#strikes = strikes;
    this.#stream = stream;
    this.#clock = clock;
    this.#write = write;
  }

  announce(reader: string, role: ReaderRole): void {
    this.#write({ type: 'reader', reader, role });
  }

  /** Continues the chain of a shard, or begins another one. */
  poll(reader: string): void {
    const shard = this.#stream.shards[this.#random.int(0, this.#stream.shards.length - 1)];
    if (shard === undefined) return;
    const mine = this.#chains.findLast((chain) => chain.reader === reader && chain.shard === shard);
    const isStarting = mine === undefined || mine.isOver || this.#random.int(0, 5) === 0;
    this.#page(isStarting ? this.#open(reader, shard, mine) : mine);
  }

  drain(reader: string, from?: IteratorStart['type']): void {
    for (const shard of this.#stream.shards) {
      const chain = this.#open(reader, shard, undefined, from);
      for (let page = 0; page < 9 && !chain.isOver && (page === 0 || chain.at < shard.log.length); page += 1)
        this.#page(chain);
      if (!chain.isOver) this.#page(chain);
    }
  }

  #open(reader: string, shard: WildShard, before: Chain | undefined, type?: IteratorStart['type']): Chain {
    this.#count += 1;
    const at = this.#strikes('start-wrong') ? this.#random.int(0, shard.log.length) : undefined;
    const [from, right] = this.#start(shard, before, type);
    const chain = { reader, number: this.#count, shard, at: at ?? right, isNew: true, from, isOver: false };
    this.#chains.push(chain);
    return chain;
  }

  #start(shard: WildShard, before: Chain | undefined, wanted?: IteratorStart['type']): [IteratorStart, number] {
    const { log } = shard;
    const t = this.#clock.now();
    const asked = { t0: Math.max(0, t - this.#random.int(0, 3)), t };
    const type =
      wanted ??
      this.#random.pick([
        'TRIM_HORIZON',
        'LATEST',
        'AT_SEQUENCE_NUMBER',
        'AFTER_SEQUENCE_NUMBER',
        'AFTER_SEQUENCE_NUMBER',
        'AT_TIMESTAMP',
        'UNKNOWN',
      ] as const); // prettier-ignore
    const index = before === undefined ? this.#random.int(0, Math.max(0, log.length - 1)) : Math.max(0, before.at - 1);
    const seq = log[index] === undefined ? undefined : this.#stream.text(log[index].value);
    if (type === 'LATEST') return [{ type, ...asked }, log.length];
    if (type === 'AT_TIMESTAMP') {
      const at = this.#clock.wallMs + Math.floor(this.#random.int(0, t + 1) / 1000);
      const from = log.findIndex(({ record }) => (record.arrival ?? 0) >= at);
      return [{ type, at, ...asked }, from < 0 ? log.length : from];
    }
    if (type === 'AT_SEQUENCE_NUMBER' && seq !== undefined) return [{ type, seq, ...asked }, index];
    if (type === 'AFTER_SEQUENCE_NUMBER' && seq !== undefined) return [{ type, seq, ...asked }, index + 1];
    if (type === 'UNKNOWN') return [{ type, ...asked }, index];
    return [{ type: 'TRIM_HORIZON', ...asked }, 0];
  }

  #page(chain: Chain): void {
    const { shard } = chain;
    const start = chain.isNew ? { from: chain.from } : {};
    const named = { type: 'page', reader: chain.reader, chain: chain.number, shard: shard.name, ...start } as const;
    chain.isNew = false;
    const t0 = this.#clock.now();
    if (this.#strikes('page-error')) {
      this.#write({ ...named, t0, error: 'ProvisionedThroughputExceededException' });
      return;
    }
    if (this.#strikes('page-skips')) chain.at += 1;
    if (this.#strikes('page-repeats')) chain.at = Math.max(0, chain.at - 1);
    const records = shard.log.slice(chain.at, chain.at + this.#random.int(0, 3));
    chain.at += records.length;
    const isAtEnd = chain.at >= shard.log.length;
    const isEnd = this.#strikes('end-early') || (isAtEnd && shard.end !== undefined && !this.#strikes('end-never'));
    chain.isOver = isEnd;
    this.#write({
      ...named,
      ...(this.#random.int(0, 3) === 0 ? {} : { t0 }),
      records: this.#told(records),
      ...(isAtEnd || this.#strikes('behind-wrong') ? { behind: 0 } : { behind: this.#random.int(0, 1) * 40 }),
      ...(isEnd ? { more: false, children: shard.children } : this.#random.int(0, 1) === 0 ? {} : { more: true }),
    });
  }

  #told(records: readonly Stored[]): readonly ReadRecord[] {
    const told = records.map(({ value, record }) => this.#oneTold(this.#stream.text(value), record));
    return this.#strikes('page-turned') ? told.reverse() : told;
  }

  #oneTold(seq: string, record: Omit<ReadRecord, 'seq'>): ReadRecord {
    const { producer: _, n: __, idKey: ___, ...bare } = record;
    const whole = this.#strikes('identity-missing') ? bare : record;
    return {
      seq,
      ...whole,
      ...(this.#strikes('bytes-changed') ? { digest: '00112233aabbccdd' } : {}),
      ...(this.#strikes('identity-changed') ? { n: (record.n ?? 0) + this.#random.int(1, 4) } : {}),
      ...(this.#strikes('arrival-wrong') ? { arrival: this.#clock.wallMs - this.#random.int(0, 5000) } : {}),
    };
  }
}
