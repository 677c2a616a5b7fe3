import type { EventBody, PutApi } from '../model/event.ts';

/** A record that a consumer was given, as a line of a dump tells it. What it does not tell is undefined. */
export type ReadFact = {
  readonly kind: 'read';
  /** Microseconds since 1970. */
  readonly time: number | undefined;
  /** Which application, where there are several. */
  readonly reader?: string | undefined;
  readonly worker: string | undefined;
  readonly shard: string | undefined;
  readonly seq: string | undefined;
  readonly sub: number | undefined;
  readonly key: string | undefined;
  /** What must be in order, if it is not the partition key. */
  readonly flow: string | undefined;
  readonly n: number | undefined;
  readonly producer: string | undefined;
  readonly digest: string | undefined;
  readonly bytes: number | undefined;
  /** ApproximateArrivalTimestamp, Unix milliseconds. */
  readonly arrival: number | undefined;
  /** Where it stands: which of the files (from 0), and which line (from 1). */
  readonly file?: number | undefined;
  readonly line?: number | undefined;
  /** Told by the file itself: a new iterator begins with this record. */
  readonly isRestart?: boolean;
};

/** A record that a producer sent, as its log tells it. */
export type PutFact = Omit<ReadFact, 'kind' | 'reader' | 'worker' | 'arrival' | 'isRestart'> & {
  readonly kind: 'put';
  readonly api: PutApi | undefined;
  readonly error: string | undefined;
};

/** What a consumer reported about itself: a line of the contract's `subject` events. */
export type ReportFact = {
  readonly kind: 'report';
  readonly reader?: string | undefined;
  readonly time: number | undefined;
  readonly event: 'start' | 'done' | 'failed' | 'checkpoint' | 'discard' | 'lost' | 'end';
  readonly worker: string | undefined;
  readonly shard: string | undefined;
  readonly seq: string | undefined;
  readonly sub: number | undefined;
  readonly at: string | undefined;
  readonly to: string | undefined;
};

/** An event of another history: what the stream itself holds. Its times are microseconds since 1970. */
export type EventFact = { readonly kind: 'event'; readonly time: number; readonly event: EventBody };

/**
 * An event of the consumer itself, whole: a page of what it was given, or what it said. Times in it are microseconds
 * since 1970; its chain is a number of its file alone.
 */
export type SubjectFact = {
  readonly kind: 'subject';
  readonly reader?: string | undefined;
  readonly time: number | undefined;
  readonly file: string;
  readonly event: Extract<EventBody, { readonly type: 'page' | 'subject' }>;
};

export type Fact = ReadFact | PutFact | ReportFact | EventFact | SubjectFact;
