import { join } from 'node:path';
import type { LocalRoute } from '../gateway/local-route.ts';
import { counter } from '../lib/counter.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { actBook } from '../run/act-book.ts';
import { Fetchers } from '../subjects/fetchers.ts';
import { HeardProgram } from '../subjects/heard-program.ts';
import { LateBook } from '../subjects/late-book.ts';
import { linesPath } from '../subjects/lines-place.ts';
import { subjects as registry } from '../subjects/registry.ts';
import type { RunningSubject, SubjectTools } from '../subjects/subject.ts';
import type { SubjectDoor } from '../subjects/subject-door.ts';
import { ownId } from '../tap/record-ids.ts';
import type { FaultBook } from './fault-book.ts';
import type { OpenStream } from './open-stream.ts';
import type { RecordedSubject, RecordOptions } from './options.ts';

export type RecordedSubjectsOptions = {
  readonly options: RecordOptions;
  readonly faults: Pick<FaultBook, 'fired'>;
  /** Opens a port of the gateway with this name. */
  readonly listen: (name: string) => Promise<Pick<SubjectDoor, 'endpoint' | 'host' | 'port' | 'tls' | 'stream'>>;
  readonly caFiles: () => Promise<{ readonly caFile: string; readonly bundleFile: string }>;
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Chain numbers of consumers under test start here, above those of all chains at the gateway. */
const chainsFrom = 1_000_000;

/** The consumers under test of a recording. All of them read one stream: the first that is recorded. */
export class RecordedSubjects {
  readonly #given: RecordedSubjectsOptions;
  readonly #running: RunningSubject[] = [];
  readonly #book: LateBook;
  readonly #first = new Map<string, () => void>();
  readonly #nextChain = counter(chainsFrom);
  readonly failed: string[] = [];
  readonly fetchers = new Fetchers();
  #own: HeardProgram | undefined;
  #stream: OpenStream | undefined;
  #isCommandOver = false;

  constructor(given: RecordedSubjectsOptions) {
    this.#given = given;
    this.#book = new LateBook(given.options.clock.now);
    const { ownLines, producer } = given.options;
    if (ownLines === undefined) return;
    const client = this.fetchers.open(producer, ownLines.name);
    client.onFetch((page) => this.#ownProgram().progress.fetched(page, given.options.clock.now()));
    client.onUnsubscribed((subscription) => this.#ownProgram().progress.unsubscribed(subscription));
    client.onPosted((body) => this.#ownProgram().post(body));
    this.#ownProgram();
  }

  /** Starts the consumers one after the other; resolves when all read. */
  async start(): Promise<void> {
    for (const subject of this.#given.options.subjects) {
      const running = this.#make(subject);
      this.#running.push(running);
      await running.started;
    }
  }

  onRequest(port: string): void {
    this.#first.get(port)?.();
  }

  /** Call it with the command's output. It is read if the command prints the lines of a consumer under test. */
  readonly hear = (chunk: Buffer): Promise<void> | undefined => this.#own?.feed(chunk);

  commandOver(): void {
    this.#isCommandOver = true;
  }

  /** Call it when a history has begun. The consumers are recorded in the first history that fits. */
  attach(stream: OpenStream): void {
    const { streams } = this.#given.options;
    if (this.#stream !== undefined || (streams.length > 0 && streams[0] !== stream.ref.name)) return;
    this.#stream = stream;
    this.#book.open({ write: stream.recorder.write, flushed: stream.recorder.flush });
  }

  isOf(stream: OpenStream): boolean {
    return this.#stream === stream;
  }

  /** The payload of the sentinels, or false if there must be none; undefined by default. */
  get sentinel(): false | { readonly payload: string } | undefined {
    return this.#given.options.subjects.map(({ sentinel }) => sentinel as false | { readonly payload: string }).at(0);
  }

  async finish({ kinesis, ref, counts, note }: OpenStream, sentinels: ReadonlyMap<string, string>): Promise<void> {
    if (this.#running.length === 0) return;
    const shards = await kinesis.listShards(ref.name);
    const sealed = { sentinels, shards, highest: counts.highest };
    for (const why of await Promise.all(this.#running.map((subject) => subject.finish(sealed))))
      if (why !== undefined) note(why);
  }

  async stop(): Promise<void> {
    if (this.#stream === undefined) this.#book.close();
    await Promise.all(this.#running.map((subject) => subject.stop()));
  }

  /**
   * The routes for lines that are POSTed. At a consumer's port they are that consumer's, at any other port the
   * command's own.
   */
  get routes(): readonly LocalRoute[] {
    const own: LocalRoute = {
      matches: ({ method, path }) => method === 'POST' && path === linesPath,
      answer: async ({ body }) => {
        await this.#ownProgram().post(body);
        return { status: 202, contentType: 'application/json', body: '{"heard":true}\n' };
      },
    };
    return [this.fetchers.route, own];
  }

  #ownProgram(): HeardProgram {
    if (this.#own !== undefined) return this.#own;
    const { ownLines = { name: 'consumer', doneMs: 60_000 }, command } = this.#given.options;
    const isOver = (): boolean => command !== undefined && this.#isCommandOver;
    this.#own = new HeardProgram({ ...ownLines, isOver }, this.#tools(ownLines.name));
    this.#running.push(this.#own);
    return this.#own;
  }

  #make({ type, name, ...given }: RecordedSubject): RunningSubject {
    if (!isKeyOf(registry, type)) throw new HarnessError('usage', `--consumer: there is no consumer ${type}`);
    return registry[type].make(given)(this.#tools(name));
  }

  #tools(name: string): SubjectTools {
    const { options, faults, note, signal } = this.#given;
    const { target, clock, run, streams } = options;
    const stream = (): OpenStream => {
      if (this.#stream !== undefined) return this.#stream;
      throw new HarnessError('usage', `${name}: no stream is recorded yet`);
    };
    return {
      name,
      stream: streams[0] ?? '',
      kinesis: {
        getShardIterator: (...asked) => stream().kinesis.getShardIterator(...asked),
        getRecords: (...asked) => stream().kinesis.getRecords(...asked),
      },
      listShards: () => stream().kinesis.listShards(stream().ref.name),
      pollMsMin: target.pollMsMin ?? 0,
      write: this.#book.write,
      now: clock.now,
      nextChain: this.#nextChain,
      flushed: this.#book.flushed,
      identify: (record) => ownId(record, run) ?? {},
      door: (instance) => this.#door(instance, name),
      acts: actBook({
        faults: options.faults,
        name,
        fired: (fired) => faults.fired(fired, this.#book.write),
      }),
      note: (text) => (this.#stream === undefined ? note(text) : this.#stream.note(text)),
      failed: (text) => {
        this.failed.push(text);
        this.#book.write({ type: 'note', text });
      },
      clock,
      signal,
    };
  }

  async #door(instance: string, group: string): Promise<SubjectDoor> {
    const { listen, caFiles, options } = this.#given;
    const place = await listen(instance);
    const { caFile, bundleFile } = await caFiles();
    const fileName = instance.replaceAll('/', '-');
    return {
      ...place,
      ca: caFile,
      bundle: bundleFile,
      firstCall: new Promise<void>((resolve) => this.#first.set(instance, resolve)),
      env: {},
      isAws: options.target.client.endpoint === undefined,
      id: `${options.run}-${fileName}`,
      logFile: join(options.folder, `${fileName}.log`),
      ...this.fetchers.open(instance, group),
    };
  }
}
