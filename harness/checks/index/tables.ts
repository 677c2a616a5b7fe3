import { Bytes, Floats, Ints } from '../../lib/columns.ts';
import { IndexByNumber } from '../../lib/index-by-number.ts';
import { Names } from '../../lib/names.ts';
import { Sparse, SparseNames } from '../../lib/sparse.ts';
import { DigestParts, Digests } from '../../model/digests.ts';
import type {
  EndEvent,
  FaultEvent,
  Head,
  IteratorStart,
  PhaseEvent,
  ReaderEvent,
  ReaderRole,
  TopologyEvent,
} from '../../model/event.ts';
import type { Question } from '../../model/expectations.ts';
import { SequenceParts, Sequences } from '../../model/sequences.ts';
import { DoneReports, type Reported } from './done-reports.ts';
import { Failures } from './failures.ts';
import { Records } from './records.ts';

export const outcome = { none: 0, ok: 1, fail: 2, info: 3 } as const;

/** A reshard as its events tell it. `doneT` is Infinity while it was not answered. */
export type Reshard = {
  readonly id: number;
  readonly line: number;
  readonly t: number;
  action: string;
  shards: readonly string[];
  doneT: number;
  doneLine: number;
  result: 'ok' | 'fail' | 'info' | 'open';
  /** Why it failed, or is not known to be done: index into `failures`; -1: unknown. */
  failure: number;
};

export type Snapshot = { readonly line: number; readonly event: TopologyEvent };

/** One iterator and its NextShardIterators: who read which shard, from where, with which pages. */
export type Chain = {
  readonly reader: number;
  readonly shard: number;
  readonly from: IteratorStart;
  readonly pages: number[];
};

/**
 * A history as columns of numbers: filled line by line, and all that the checks look at. An `entry` is one record of a
 * call, a `read` one record of a page; both are indices. Sequence numbers and digests are indices into columns of
 * their own.
 */
export class Tables {
  head: Head | undefined;
  /** The question of the caller, which overrides that of the head. */
  asked: Question | undefined;
  lastT = Number.NEGATIVE_INFINITY;
  /** Undefined, too, if a line behind it was cut short: then it is not the end. */
  end: EndEvent | undefined;
  readonly records = new Records();
  readonly sequences = new Sequences();
  readonly digests = new Digests();
  /** The number and the digest of the current record. One object each is used again for every line. */
  readonly sequence = new SequenceParts();
  readonly digest = new DigestParts();
  readonly shards = new Names();
  readonly readers = new Names();
  readonly roles = new Map<number, ReaderRole>();
  /**
   * A final reader was named after a phase: load was over. A final reader named before any phase does not tell that.
   */
  isReadToEnd = false;
  /** Readers that say more of themselves than their role. */
  readonly readerSays = new Map<number, ReaderEvent>();

  // Calls.
  readonly ops = new IndexByNumber();
  readonly opNumber = new Floats();
  readonly opLine = new Ints();
  readonly opAckLine = new Ints();
  readonly opT = new Floats();
  readonly opAckT = new Floats();
  readonly opFirst = new Ints();
  readonly opCount = new Ints();
  readonly opBatch = new Bytes();
  readonly opSentinel = new Bytes();
  readonly opParts = new Map<number, readonly { readonly key: string; readonly hash?: string }[]>();
  /** Why calls failed as a whole, and entries by themselves: into `failures`. */
  readonly failures = new Failures();
  readonly opFailure = new Map<number, number>();
  readonly entryFailure = new Map<number, number>();

  /**
   * Calls whose answer the sender did not receive: by the call that was sent in place of them. Contract, `retryOf`.
   */
  readonly opRetryOf = new Sparse();
  /** Calls that their client sent more than once by itself. Contract, `attempts`. */
  readonly opAttempts = new Sparse();

  // Entries.
  readonly entryOp = new Ints();
  readonly entryRecord = new Ints();
  /** Producer and partition key: what the service is asked to keep in order. */
  readonly entryFlow = new Ints();
  readonly entryStatus = new Bytes();
  readonly entryShard = new Ints();
  /** Into `sequences`; -1 where none was acknowledged. */
  readonly entryNumber = new Ints();
  /** Into `digests`. */
  readonly entryDigest = new Ints();
  /** Into `sequences`. */
  readonly entryAfter = new Sparse();
  /** ExplicitHashKeys, and those of entries. */
  readonly hashes = new Names();
  readonly entryHash = new Sparse();
  readonly entrySub = new Sparse();
  readonly entryPart = new Sparse();

  // Flows: from these the produce mode is derived.
  readonly flowMode = new Bytes();
  readonly flowOpen = new Ints();
  readonly flowLast = new Ints();
  readonly flowPuts = new Ints();
  /** Flows that are not those of producer and partition key: the (producer, key) flows that wrote each. */
  readonly flowWriters = new Map<number, Set<number>>();
  /** Flows that a read record names by `flow`: their name is no partition key. */
  readonly namedFlows = new Set<number>();
  inFlight = 0;
  inFlightMax = 0;

  // Reading.
  readonly chains: Chain[] = [];
  readonly chainIds = new Map<string, number>();
  readonly pageLine = new Ints();
  readonly pageChain = new Ints();
  readonly pageT = new Floats();
  readonly pageT0 = new Floats();
  readonly pageBehind = new Floats();
  /** 0: absent. 1: a next iterator came. 2: none came. */
  readonly pageMore = new Bytes();
  readonly pageFirst = new Ints();
  readonly pageCount = new Ints();
  readonly pageFailed = new Bytes();
  readonly pageChildren = new Map<number, readonly string[]>();
  /** Why reads failed: into `failures`. */
  readonly pageFailure = new Map<number, number>();
  readonly readPage = new Ints();
  /** -1: without identity. */
  readonly readRecord = new Ints();
  /** Number and digest of a read, into `sequences` and `digests`; -1 where they are those of its `readEntry`. */
  readonly readNumber = new Ints();
  readonly readDigest = new Ints();
  /**
   * The acknowledged entry whose place this read is at, when that was known at once; -1: to be found among all places.
   */
  readonly readEntry = new Ints();
  readonly readSub = new Sparse();
  /** The PartitionKey of a read, if it is not the key of the identity. */
  readonly readKey = new SparseNames();
  readonly readArrival = new Floats();

  /** Who handled a page inside its group: only where that is told. */
  readonly pageWorker = new Map<number, string>();
  readonly pageLane = new Map<number, string>();

  // The rest.
  /** What applications reported, besides that records are done. */
  readonly reported: Reported[] = [];
  readonly dones = new DoneReports();
  readonly phases: { readonly line: number; readonly phase: PhaseEvent['phase'] }[] = [];
  readonly snapshots: Snapshot[] = [];
  readonly reshards = new Map<number, Reshard>();
  readonly faults: { readonly line: number; readonly event: FaultEvent }[] = [];

  get question(): Question {
    return this.asked ?? this.head?.question ?? 'service';
  }

  /** True if one counter counts over all producers of a key. Then its flow has no producer. */
  get isCountedByKey(): boolean {
    return this.head?.identity?.scope === 'key';
  }

  /** True if `retryOf` is evidence: the recorder saw the wire. */
  get isRetryOfEvidence(): boolean {
    return this.head?.recorder === 'proxy' || this.head?.recorder === 'middleware';
  }

  /** The ExplicitHashKey of an entry; undefined where none was sent. */
  hashOf(entry: number): string | undefined {
    const hash = this.entryHash.get(entry);
    return hash === undefined ? undefined : this.hashes.name(hash);
  }

  /** Into `digests`. */
  digestOfRead(read: number): number {
    const own = this.readDigest.at(read);
    return own >= 0 ? own : this.entryDigest.at(this.readEntry.at(read));
  }

  /** Into `sequences`. */
  numberOfRead(read: number): number {
    const own = this.readNumber.at(read);
    return own >= 0 ? own : this.entryNumber.at(this.readEntry.at(read));
  }

  /** -1 below, 0, 1 above: two acknowledged entries by their numbers alone. */
  compareEntries(a: number, b: number): number {
    return this.sequences.compare(this.entryNumber.at(a), this.entryNumber.at(b));
  }
}
