import type { RawCall } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { ProbeStream } from './stream.ts';

export type StreamOptions = {
  readonly shards?: number;
  readonly mode?: 'PROVISIONED' | 'ON_DEMAND';
  /** CreateStream.MaxRecordSizeInKiB; omitted by default. */
  readonly maxRecordSizeInKiB?: number;
};

/** The tools of a probe. Its streams are its own: created for it and deleted after it, whatever happens. */
export type Probe = {
  /** One call of the API with this probe's deadline; the answer is a value. */
  readonly call: RawCall;
  /** A new stream, ACTIVE. */
  readonly stream: (options?: StreamOptions) => Promise<ProbeStream>;
  /**
   * A name of this run's family that no stream has, or the given one. A stream that is created under it is deleted
   * with the others.
   */
  readonly freeName: (wanted?: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted at the probe's deadline. */
  readonly signal: AbortSignal;
  /** How long, in milliseconds, an acknowledged record may take to become visible. */
  readonly patienceMs: number;
};
