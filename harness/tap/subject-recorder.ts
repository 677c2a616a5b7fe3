import { digestOf } from '../model/digest.ts';
import type { ReadRecord } from '../model/event.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import { Recent } from './recent.ts';
import type { RecordId } from './record-ids.ts';
import type { Hand, SubjectBook } from './subject-book.ts';
import type { LineRecord, SubjectLine } from './subject-line.ts';

export type SubjectRecorderOptions = {
  readonly book: SubjectBook;
  /** A worker's name in the history, unique across all instances and their processes. */
  readonly workerOf: (told: string | undefined) => string | undefined;
  /** The identity in a payload. Without one, the judge compares place and digest. */
  readonly identify: (record: { readonly key: string; readonly data: Uint8Array }) => RecordId;
  /** True for a dump: there a counter alone is an identity. In a run, the producer is needed too, to match the puts. */
  readonly isDump?: boolean;
};

type SubjectReport = Extract<SubjectLine, { readonly type: 'done' | 'failed' | 'discard' | 'checkpoint' }>;
type Given = Pick<ReadRecord, 'seq' | 'sub'>;

/** The number of records, in batches, that are remembered until they are reported done. */
const batchedMax = 200_000;

/** Turns the subject lines of one process into events of the history. */
export class SubjectRecorder {
  readonly #options: SubjectRecorderOptions;
  readonly #batches = new Recent<readonly Given[]>(batchedMax, (records) => records.length + 1);

  constructor(options: SubjectRecorderOptions) {
    this.#options = options;
  }

  /** Writes a line. Returns the places that the line is about, if it names any. */
  record(line: SubjectLine): readonly Given[] {
    const { book, workerOf } = this.#options;
    const worker = workerOf(line.hand.worker);
    const hand: Hand = worker === undefined ? line.hand : { ...line.hand, worker };
    if (line.type === 'start') book.start(hand, line.at, line.sub);
    else if (line.type === 'deliver') return this.#deliver(hand, line.records, line.batch);
    else if (line.type === 'lost' || line.type === 'end') book.report(hand, line.type);
    else if (line.type === 'checkpoint' && line.isShardEnd) book.report(hand, 'checkpoint', { at: 'SHARD_END' });
    else return this.#report(hand, line);
    return [];
  }

  #report(hand: Hand, line: SubjectReport): readonly Given[] {
    const places = this.#placesOf(line, hand);
    const more = 'to' in line || 'message' in line ? pick(line) : {};
    // A checkpoint of a batch is one event, at its last record. A failure is one event for the whole batch.
    const told = line.type === 'checkpoint' ? places.slice(-1) : line.type === 'failed' ? places.slice(0, 1) : places;
    for (const place of told) this.#options.book.report(hand, line.type, { ...place, ...more });
    if (told.length === 0 && line.type === 'failed') this.#options.book.report(hand, 'failed', more);
    return told;
  }

  #deliver(hand: Hand, records: readonly LineRecord[], batch: string | undefined): readonly Given[] {
    const given = records.flatMap((record) => this.#read(record));
    if (batch !== undefined) {
      const places = given.map(({ seq, sub }) => (sub === undefined ? { seq } : { seq, sub }));
      this.#batches.set(batchKey(hand, batch), places);
    }
    this.#options.book.deliver(hand, given);
    return given;
  }

  #placesOf(
    line: { readonly seq?: string; readonly sub?: number; readonly batch?: string },
    hand: Hand,
  ): readonly Given[] {
    if (line.seq !== undefined) return [line.sub === undefined ? { seq: line.seq } : { seq: line.seq, sub: line.sub }];
    return line.batch === undefined ? [] : (this.#batches.get(batchKey(hand, line.batch)) ?? []);
  }

  /** If the application does not deaggregate, it got all user records of an aggregate. */
  #read(record: LineRecord): readonly ReadRecord[] {
    const { data, sub } = record;
    const users = data === undefined || sub !== undefined ? undefined : decodeAggregate(data);
    if (users === undefined) return [this.#one(record)];
    return users.map((user, index) => this.#one({ seq: record.seq, sub: index, key: user.key, data: user.data }));
  }

  #lineIdentity(n: number | undefined, producer: string | undefined): RecordId {
    if (n === undefined) return {};
    if (producer !== undefined) return { n, producer };
    return this.#options.isDump === true ? { n } : {};
  }

  #one({ seq, sub, key, data, digest, n, producer }: LineRecord): ReadRecord {
    const said = this.#lineIdentity(n, producer);
    const id = data === undefined ? said : this.#options.identify({ key: key ?? '', data });
    const known = data === undefined ? digest : digestOf(data);
    return {
      seq,
      ...(sub === undefined ? {} : { sub }),
      ...(key === undefined ? {} : { key }),
      ...id,
      ...(known === undefined ? {} : { digest: known }),
      ...(data === undefined ? {} : { bytes: data.byteLength }),
    };
  }
}

const batchKey = ({ shard, worker, lane }: Hand, batch: string): string => JSON.stringify([shard, worker, lane, batch]);

const pick = ({ to, message }: { readonly to?: string; readonly message?: string }) => ({
  ...(to === undefined ? {} : { to }),
  ...(message === undefined ? {} : { message }),
});
