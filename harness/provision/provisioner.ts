import type { StreamSummary } from '../kinesis/kinesis.ts';

/** Makes a stream and takes it away again. Each call has a deadline and names what it did in its errors. */
export type Provisioner = {
  readonly create: (spec: ProvisionSpec, deadlineMs: number, signal?: AbortSignal) => Promise<StreamSummary>;
  /** Idempotent: a stream that is not there is gone. */
  readonly remove: (name: string, deadlineMs: number) => Promise<void>;
};

export type ProvisionSpec = {
  readonly name: string;
  readonly shards: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly run: string;
};
