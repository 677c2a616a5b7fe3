import { setMaxListeners } from 'node:events';
import type { ReadTools } from '../../consumers/consumer.ts';
import { readShard } from '../../consumers/read-shard.ts';
import { walkLineage } from '../../consumers/walk-lineage.ts';
import type { ShardInfo } from '../../model/event.ts';
import { isOpenShard } from '../../model/open-shards.ts';
import type { GivenRecord } from '../../tap/read-records.ts';
import { SubjectBook } from '../../tap/subject-book.ts';
import type { RunningSubject, SealedStream, SubjectTools } from '../subject.ts';
import type { SubjectDoor } from '../subject-door.ts';
import type { Policy } from './batch.ts';
import type { EnvironmentTools } from './environment.ts';
import type { HandlerLine } from './handler-line.ts';
import { handlerPlaces } from './handler-places.ts';
import type { EventSource } from './lambda-event.ts';
import type { MappingOptions } from './options.ts';
import type { Pool } from './pool.ts';
import { shardRecord } from './shard-record.ts';
import { type WorkedShard, workShard } from './work-shard.ts';

/** The producer name of the tool's own sentinels, which no handler receives. */
const ownProducer = 'kinesis-order';

/**
 * A running event source mapping. The lineage walker reads, the lanes of each shard invoke the handler, and the
 * handler's work becomes lines of the history.
 */
export class Mapping implements RunningSubject {
  readonly started: Promise<void>;
  readonly #options: MappingOptions;
  readonly #tools: SubjectTools;
  readonly #stop = new AbortController();
  readonly #book: SubjectBook;
  readonly #shards = new Map<string, WorkedShard>();
  readonly #begun = new Map<string, () => void>();
  readonly #place: ((onHandlerLine: EnvironmentTools['onHandlerLine']) => Pool) | undefined;
  #source: EventSource;
  #pool: Pool | undefined;
  #walk: Promise<void> = Promise.resolve();
  #sealed: SealedStream | undefined;
  /** True once the handler printed a `done` line: then only its own `done` lines count. */
  #reportsItself = false;
  #lastFailure: string | undefined;
  #gaveUp: string | undefined;

  /** `place`: where the handler runs; default: threads or processes, by the kind of handler. */
  constructor(
    options: MappingOptions,
    tools: SubjectTools,
    place?: (onHandlerLine: EnvironmentTools['onHandlerLine']) => Pool,
  ) {
    this.#options = options;
    this.#tools = tools;
    this.#place = place;
    const { name, write, now, nextChain } = tools;
    // Each lane listens to this signal, which is not a leak.
    setMaxListeners(0, this.#stop.signal);
    tools.signal.addEventListener('abort', () => this.#stop.abort(tools.signal.reason), { once: true });
    const owes = { from: options.startingPosition, shards: 'all' } as const;
    this.#book = new SubjectBook({ reader: name, write, now, nextChain, owes });
    write({ type: 'reader', reader: this.#fetcher, role: 'live', of: name });
    this.#source = { stream: tools.stream, region: 'us-east-1' };
    this.started = this.#start();
  }

  async finish(stream: SealedStream): Promise<string | undefined> {
    this.#sealed = stream;
    const over = new AbortController();
    const budgetMs = this.#options.doneMs;
    const late = this.#tools.clock.sleep(budgetMs, over.signal).then(
      () => false,
      () => false,
    );
    const isDone = await Promise.race([this.#walk.then(() => !this.#stop.signal.aborted), late]);
    over.abort(new Error('over'));
    if (!isDone) return this.#whyNot(budgetMs);
    this.#book.complete();
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('the mapping was stopped'));
    await this.#pool?.close();
    await this.#walk.catch(() => undefined);
  }

  get #fetcher(): string {
    return `${this.#tools.name}/fetch`;
  }

  async #start(): Promise<void> {
    const { name, stream } = this.#tools;
    const door = await this.#tools.door?.(name);
    const region = regionOf(door);
    this.#source = { stream, region };
    const onHandlerLine = (line: HandlerLine, shard: string): void => this.#onHandlerLine(line, shard);
    const [options, tools] = [this.#options, this.#tools];
    const onHopeless = (words: string): void => this.#giveUp(words);
    this.#pool =
      this.#place?.(onHandlerLine) ?? handlerPlaces({ options, tools, door, region, onHandlerLine, onHopeless });
    await this.#pool.start();
    const reading = this.#first(await this.#tools.listShards()).map(
      ({ shard }) => new Promise<void>((begun) => this.#begun.set(shard, begun)),
    );
    const [readTools, pollMs] = [this.#readTools(), this.#options.pollMs];
    this.#walk = walkLineage(readTools, this.#options.startingPosition, (shard, from) =>
      readShard(readTools, { shard, from, pollMs, resume: 'AFTER_SEQUENCE_NUMBER' }),
    );
    await Promise.race([Promise.all(reading), this.#walk]);
  }

  /** The shards that are read from the start. Children wait until the handler is done with their parents. */
  #first(shards: readonly ShardInfo[]): readonly ShardInfo[] {
    if (this.#options.startingPosition === 'LATEST') return shards.filter(isOpenShard);
    const listed = new Set(shards.map(({ shard }) => shard));
    return shards.filter(({ parents }) => !parents.some((parent) => listed.has(parent)));
  }

  #readTools(): ReadTools {
    const { stream, kinesis, listShards, write, now, clock, nextChain, pollMsMin, identify } = this.#tools;
    return {
      reader: this.#fetcher,
      role: 'live',
      run: '',
      stream,
      kinesis,
      listShards,
      write,
      now,
      clock,
      nextChain,
      pollMsMin,
      signal: this.#stop.signal,
      read: ({ key, data }) => identify({ key, data }),
      onRead: () => undefined,
      onPage: (shard, records) => this.#take(shard, records),
      onShardOver: (shard, end) => this.#over(shard, end),
      lastAcked: () => undefined,
      acked: () => Promise.resolve(),
      sentinel: (shard) => this.#sealed?.sentinels.get(shard),
      isSealed: () => this.#sealed !== undefined,
      owed: (shard) => this.#sealed?.highest(shard),
    };
  }

  async #take(shard: string, records: readonly GivenRecord[]): Promise<void> {
    const worked = this.#shards.get(shard) ?? this.#open(shard);
    const given = records
      .filter((record) => !this.#isOurs(shard, record))
      .map((record) =>
        shardRecord(record, shard, this.#source, ({ key, data }) => this.#tools.identify({ key, data })),
      );
    if (given.length > 0) await worked.offer(given);
  }

  /** Opens a shard. A shard that the walker reaches later is a child, which is read from its beginning. */
  #open(shard: string): WorkedShard {
    const begun = this.#begun.get(shard);
    this.#book.start({ shard }, begun === undefined ? 'TRIM_HORIZON' : this.#options.startingPosition);
    const { batchWindow, parallelizationFactor, onFailure } = this.#options;
    const worked = workShard({
      shard,
      policy: policyOf(this.#options),
      windowMs: batchWindow * 1000,
      factor: parallelizationFactor,
      onFailure,
      clock: this.#tools.clock,
      signal: this.#stop.signal,
      book: this.#book,
      invoke: async (records) => {
        const event = { Records: records.map(({ event }) => event) };
        const outcome = (await this.#pool?.invoke(event)) ?? { ok: false, message: 'there is no handler' };
        if (!outcome.ok) this.#lastFailure = outcome.message;
        return outcome;
      },
      unreported: (done) => (this.#reportsItself ? [] : done),
    });
    this.#shards.set(shard, worked);
    begun?.();
    return worked;
  }

  async #over(shard: string, end: 'closed' | 'passed'): Promise<void> {
    await this.#shards.get(shard)?.finish();
    if (end === 'closed' && !this.#stop.signal.aborted) this.#book.report({ shard }, 'end');
  }

  #onHandlerLine({ event, ...fields }: HandlerLine, shard: string): void {
    if (this.#stop.signal.aborted) return;
    if (event === 'done') this.#reportsItself = true;
    this.#book.report({ shard }, event, fields);
  }

  #isOurs(shard: string, { seq, key, data }: GivenRecord): boolean {
    return this.#sealed?.sentinels.get(shard) === seq || this.#tools.identify({ key, data }).producer === ownProducer;
  }

  /** Stops delivering records; the run continues to its verdict. */
  #giveUp(words: string): void {
    this.#gaveUp = `${this.#tools.name} never answered: ${words}`;
    this.#tools.failed(this.#gaveUp);
    this.#stop.abort(new Error(this.#gaveUp));
  }

  #whyNot(budgetMs: number): string {
    if (this.#gaveUp !== undefined) return this.#gaveUp;
    const open = [...this.#shards]
      .map(([shard, worked]) => [shard, worked.open()] as const)
      .filter(([, count]) => count > 0);
    const where = open.map(([shard, count]) => `${count} of ${shard}`).join(', ') || 'none';
    const last = this.#lastFailure === undefined ? '' : `; its last failure: ${this.#lastFailure}`;
    return `${this.#tools.name} had not handled everything within ${budgetMs} ms (doneMs); read and not settled: ${where}${last}`;
  }
}

const policyOf = ({ batchSize, retries, bisect, partialBatchResponse, maxRecordAge }: MappingOptions): Policy => ({
  batchSize,
  retries,
  bisect,
  partialBatchResponse,
  maxAgeMs: maxRecordAge < 0 ? -1 : maxRecordAge * 1000,
});

const regionOf = (door: SubjectDoor | undefined): string =>
  door?.env['AWS_REGION'] ?? process.env['AWS_REGION'] ?? 'us-east-1';
