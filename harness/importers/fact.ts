import type { EventBody, PutApi } from '../model/event.ts';

/** A record that was delivered to a consumer, as in a line of a dump. Absent values are undefined. */
export type ReadFact = {
  readonly kind: 'read';
  /** Microseconds since 1970. */
  readonly time: number | undefined;
  /** The application, if there are several. */
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
  /** Its origin: the index of the file (from 0), and the line (from 1). */
  readonly file?: number | undefined;
  readonly line?: number | undefined;
  /** The file says that a new iterator begins with this record. */
  readonly isRestart?: boolean;
};

/** A record that a producer sent, as in its log. */
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

/** An event of another history: the content of the stream itself. Its times are microseconds since 1970. */
export type EventFact = { readonly kind: 'event'; readonly time: number; readonly event: EventBody };

/**
 * A complete event of the consumer: a page that was delivered to it, or a report. Its times are microseconds since
 * 1970, and its chain number is only unique in its file.
 */
export type SubjectFact = {
  readonly kind: 'subject';
  readonly reader?: string | undefined;
  readonly time: number | undefined;
  readonly file: string;
  readonly event: Extract<EventBody, { readonly type: 'page' | 'subject' }>;
};

export type Fact = ReadFact | PutFact | ReportFact | EventFact | SubjectFact;
