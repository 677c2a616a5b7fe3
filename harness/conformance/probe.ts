import type { RawCall } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { ProbeStream } from './stream.ts';

export type StreamOptions = {
  readonly shards?: number;
  readonly mode?: 'PROVISIONED' | 'ON_DEMAND';
  /** CreateStream.MaxRecordSizeInKiB; left away by default. */
  readonly maxRecordSizeInKiB?: number;
};

/** What a probe is given. Streams it asks for are its own, made for it and deleted after it, whatever happens. */
export type Probe = {
  /** One call of the API with this probe's deadline; the answer is a value. */
  readonly call: RawCall;
  /** A fresh stream, ACTIVE. */
  readonly stream: (options?: StreamOptions) => Promise<ProbeStream>;
  /**
   * A name that no stream has, of this run's family (or the given one). A stream made under it is deleted with the
   * others.
   */
  readonly freeName: (wanted?: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted at the probe's deadline. */
  readonly signal: AbortSignal;
  /** How long, in milliseconds, something acknowledged may take to show. */
  readonly patienceMs: number;
};
