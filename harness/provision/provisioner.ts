import type { StreamSpec, StreamSummary } from '../kinesis/kinesis.ts';

/** Creates and deletes a stream. Each call has a deadline and is named in its errors. */
export type Provisioner = {
  readonly create: (spec: ProvisionSpec, deadlineMs: number, signal?: AbortSignal) => Promise<Provisioned>;
  /** Changes the number of shards in the stack's template. Present only for streams made by a stack. */
  readonly reshard?: (spec: ProvisionSpec, deadlineMs: number) => Promise<StackReshard>;
  /** Deletes the stream. Idempotent: a missing stream is no error. */
  readonly remove: (name: string, deadlineMs: number) => Promise<void>;
};

/** The settings of a stream: those of its creation, and those set afterwards. `tags` are added to the tool's own. */
export type ProvisionSpec = Omit<StreamSpec, 'tags'> & {
  readonly run: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
};

/** The stream as described after the last step, and the differences from its settings that do not matter to a run. */
export type Provisioned = StreamSummary & {
  readonly name: string;
  readonly findings: readonly string[];
};

/** What a stack update reports and what the stream did: they may differ. */
export type StackReshard = { readonly said: string; readonly openShards: number };
