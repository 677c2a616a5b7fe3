import type { Kinesis, StreamSummary } from '../kinesis/kinesis.ts';
import { errorName } from '../kinesis/waits.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { apiProvisioner } from '../provision/api.ts';
import { refKey, type StreamRef } from '../tap/stream-ref.ts';
import type { RecordOptions } from './options.ts';
import type { ScopeClients } from './scope-client.ts';

export type StreamMakerOptions = {
  readonly options: Pick<RecordOptions, 'run' | 'shards' | 'target'>;
  readonly clients: ScopeClients;
  readonly signal: AbortSignal;
};

const activeMs = 10_000;
const goneMs = 10_000;

/** Streams that this tool creates because they are missing, and those that the program created. */
export class StreamMaker {
  readonly #maker: StreamMakerOptions;
  readonly #making = new Map<string, Promise<StreamSummary>>();
  readonly #ours = new Set<string>();
  readonly #theirs = new Set<string>();

  constructor(maker: StreamMakerOptions) {
    this.#maker = maker;
  }

  isOurs(ref: StreamRef): boolean {
    return this.#ours.has(refKey(ref));
  }

  /** True if the stream did not exist before the recording. */
  isNew(ref: StreamRef): boolean {
    return this.isOurs(ref) || this.#theirs.has(refKey(ref));
  }

  /** Call it when the program's CreateStream was answered. */
  wasMade(ref: StreamRef): void {
    this.#theirs.add(refKey(ref));
  }

  get theirs(): readonly string[] {
    return [...this.#theirs];
  }

  /** The stream's summary; undefined if it does not exist. `make`: creates a missing stream, once for all callers. */
  async find(ref: StreamRef, make: boolean): Promise<StreamSummary | undefined> {
    const kinesis = this.#maker.clients.of(ref);
    const seen = await summaryOf(kinesis, ref.name);
    if (seen !== undefined || !make) return seen;
    const key = refKey(ref);
    const making = this.#making.get(key) ?? this.#make(kinesis, ref).finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  async remove(ref: StreamRef): Promise<void> {
    await apiProvisioner(this.#maker.clients.of(ref)).remove(ref.name, goneMs * this.#slowness);
  }

  /** Waits until the stream is ACTIVE, so that puts may be sent to it. */
  async ready(ref: StreamRef, seen: StreamSummary): Promise<StreamSummary> {
    if (seen.status === 'ACTIVE') return seen;
    return this.#maker.clients.of(ref).waitActive(ref.name, activeMs * this.#slowness, this.#maker.signal);
  }

  get #slowness(): number {
    return this.#maker.options.target.slowness;
  }

  async #make(kinesis: Kinesis, ref: StreamRef): Promise<StreamSummary> {
    const { run, shards = 1 } = this.#maker.options;
    const spec = { name: ref.name, run, shards, mode: 'PROVISIONED', tags: {} } as const;
    await apiProvisioner(kinesis).create(spec, activeMs * this.#slowness, this.#maker.signal);
    this.#ours.add(refKey(ref));
    return kinesis.describe(ref.name);
  }
}

const summaryOf = async (kinesis: Kinesis, name: string): Promise<StreamSummary | undefined> => {
  try {
    return await kinesis.describe(name);
  } catch (thrown) {
    if (errorName(thrown) === 'ResourceNotFoundException') return undefined;
    throw thrown instanceof HarnessError ? thrown : new HarnessError('target', messageOf(thrown));
  }
};
