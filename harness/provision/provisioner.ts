import type { StreamSpec, StreamSummary } from '../kinesis/kinesis.ts';

/** Makes a stream and takes it away again. Each call has a deadline and names what it did in its errors. */
export type Provisioner = {
  readonly create: (spec: ProvisionSpec, deadlineMs: number, signal?: AbortSignal) => Promise<Provisioned>;
  /** Changes the number of shards in the stack's template; only where a stack made the stream. */
  readonly reshard?: (spec: ProvisionSpec, deadlineMs: number) => Promise<StackReshard>;
  /** Idempotent: a stream that is not there is gone. */
  readonly remove: (name: string, deadlineMs: number) => Promise<void>;
};

/**
 * What is asked of a stream: what its creation takes, and what is set afterwards. `tags` stand beside the harness's
 * own.
 */
export type ProvisionSpec = Omit<StreamSpec, 'tags'> & {
  readonly run: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
};

/**
 * The stream as it is, looked at after the last step, and what differs from what was asked and does not matter to a
 * run.
 */
export type Provisioned = StreamSummary & {
  readonly name: string;
  readonly findings: readonly string[];
};

/** What a stack update says and what the stream did: they need not agree. */
export type StackReshard = { readonly said: string; readonly openShards: number };
