import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { whileWanted } from '../lib/while-wanted.ts';
import { areOthersFaulted } from '../run/arm.ts';
import { caFiles } from '../run/ca-files.ts';
import { follow } from '../run/follow.ts';
import { unanswered } from '../run/liveness.ts';
import { localRoutes } from '../run/local-routes.ts';
import { upstreamOf } from '../run/upstream.ts';
import { identifierOf } from '../tap/identity/identify.ts';
import { createTap } from '../tap/tap.ts';
import { preflightOnce } from '../targets/preflight.ts';
import { nameOf } from '../targets/target.ts';
import { admitter } from './admit.ts';
import { endRoute, readyRoute } from './end-route.ts';
import { faultBook } from './fault-book.ts';
import { finishStream } from './finish-stream.ts';
import { gate } from './gate.ts';
import { load } from './load.ts';
import { missingStreams } from './missing-streams.ts';
import type { OpenStream } from './open-stream.ts';
import type { RecordOptions, RecordResult } from './options.ts';
import { placeOf } from './place.ts';
import { RecordedSubjects } from './recorded-subjects.ts';
import { scopeClients, scopeOptions } from './scope-client.ts';
import { startReshards } from './start-reshards.ts';
import { type BookOptions, StreamBook } from './stream-book.ts';
import { troubleNotes } from './trouble-notes.ts';

/** How long the calls that faults hold may take to be answered, milliseconds on a fast engine. */
const healMs = 10_000;

/**
 * Runs the user's program in front of a gateway: every stream that it uses becomes a history. Resolves when all of
 * them are read to their end, whatever happened to the program; rejects only if nothing could be begun.
 */
export const record = async (options: RecordOptions): Promise<RecordResult> => {
  await makeFolder(options.folder);
  const identify = await identifierOf(options.identity);
  const { skewMs } = await preflightOnce(options.target);
  const recording = new Recording(options, { identify, skewMs });
  try {
    return await recording.run();
  } finally {
    await recording.close();
  }
};

class Recording {
  readonly #options: RecordOptions;
  readonly #book: StreamBook;
  readonly #clients;
  readonly #faults;
  readonly #subjects: RecordedSubjects;
  readonly #over;
  readonly #tap = createTap({
    before: (call, ref) => this.#admit(call, ref),
    onFailure: (thrown) =>
      this.#broken.abort(thrown instanceof HarnessError ? thrown : new HarnessError('target', messageOf(thrown))),
    after: ({ operation }, ref, answer) => {
      this.#operations[operation] = (this.#operations[operation] ?? 0) + 1;
      if (ref === undefined) return;
      if (operation === 'CreateStream' && answer.kind === 'ok') this.#book.wasMade(ref);
      this.#missing.take(ref, answer);
    },
  });
  readonly #admit;
  readonly #fired: Record<string, number> = {};
  readonly #operations: Record<string, number> = {};
  readonly #missing = missingStreams();
  readonly #troubles = troubleNotes();
  readonly #notes: string[] = [];
  readonly #broken = new AbortController();
  readonly #first = gate();
  readonly #enough = gate();
  readonly #ca = caFiles();
  readonly #resharding: Promise<void>[] = [];
  #gateway: Gateway | undefined;
  /** Stops waiting for the engine's end, because engines outlive recordings. */
  #forgetEngine = (): void => undefined;
  #endpoint: string | undefined;
  #requests = 0;
  #acked = 0;
  #isLoadOver = false;
  #dead: HarnessError | undefined;

  constructor(options: RecordOptions, known: Pick<BookOptions, 'identify' | 'skewMs'>) {
    this.#options = options;
    this.#clients = scopeClients(options.target);
    this.#faults = faultBook(options.faults, options.producer);
    // The signal for consumers under test. Without a command, Ctrl-C only ends the load, and they go on. With a
    // command, Ctrl-C is an interruption, and stops them.
    this.#over =
      options.command === undefined ? follow(this.#broken.signal) : follow(options.stop, this.#broken.signal);
    this.#subjects = new RecordedSubjects({
      options,
      faults: this.#faults,
      listen: async (name) => {
        const listener = await this.#gatewayOf().listen(name);
        return placeOf(options, listener, await this.#ca.files(this.#gatewayOf()));
      },
      caFiles: () => this.#ca.files(this.#gatewayOf()),
      note: (text) => this.#notes.push(text),
      signal: this.#over.signal,
    });
    this.#book = new StreamBook({ ...known, ...this.#bookOptions() });
    this.#admit = admitter({ options, book: this.#book });
  }

  async run(): Promise<RecordResult> {
    const { target, producer, listen, onListening, command, stop } = this.#options;
    const gateway = await this.#start();
    const listener = await gateway.listen(producer, listen);
    this.#endpoint = listener.endpoint;
    onListening(listener.endpoint);
    await this.#subjects.start();
    // If the engine ends, the load ends too, because nothing more can be recorded.
    this.#forgetEngine = whileWanted(target.ended, () => this.#enough.open());
    const loaded = await load({
      options: this.#options,
      hear: this.#subjects.hear,
      place: placeOf(this.#options, listener, await this.#ca.files(gateway)),
      firstRequest: this.#first.opened,
      enough: this.#enough.opened,
      signal: this.#broken.signal,
    });
    this.#isLoadOver = true;
    this.#subjects.commandOver();
    for (const { counts } of this.#book.streams) counts.loadOver();
    const budgetMs = healMs * target.slowness;
    const { signal } = this.#broken;
    const hung = await gateway.heal({ withinMs: budgetMs, signal });
    if (hung > 0) this.#notes.push(`${hung} held calls were not answered within ${budgetMs} ms`);
    await Promise.all(this.#resharding);
    this.#dead = await this.#deadEngine();
    this.#progress('drain');
    await this.#book.finish();
    await this.#subjects.stop();
    const failure = loaded.failure ?? this.#dead ?? (signal.reason as HarnessError | undefined);
    return {
      histories: this.#book.ended,
      endpoint: listener.endpoint,
      requests: this.#requests,
      operations: this.#operations,
      ...(loaded.command === undefined ? {} : { command: loaded.command }),
      ...(this.#subjects.failed.length === 0 ? {} : { failedConsumers: this.#subjects.failed }),
      ...(failure === undefined ? {} : { failure }),
      fired: this.#fired,
      isInterrupted: stop.aborted && command !== undefined,
      notes: [
        ...this.#notes,
        ...this.#book.unusedNotes,
        ...this.#missing.notes(this.#options),
        ...this.#troubles.notes(),
      ],
    };
  }

  async close(): Promise<void> {
    await this.#subjects.stop();
    this.#over.release();
    this.#forgetEngine();
    await this.#gateway?.close();
    this.#clients.close();
    await this.#ca.remove();
  }

  #gatewayOf(): Gateway {
    if (this.#gateway !== undefined) return this.#gateway;
    throw new HarnessError('target', 'the gateway is not open');
  }

  async #start(): Promise<Gateway> {
    this.#gateway = await startGateway({
      upstream: upstreamOf(this.#options.target),
      observer: this.#tap.observer,
      faults: this.#faults.armed,
      onFired: (fired) => {
        const drawn = fired.detail?.['kind'];
        const kind = typeof drawn === 'string' ? drawn : fired.fault;
        this.#fired[kind] = (this.#fired[kind] ?? 0) + 1;
        const stream = this.#book.ownerOf(fired.op, fired.stream);
        if (stream !== undefined) this.#faults.fired(fired, stream.recorder.write);
      },
      routes: [endRoute(this.#enough.open), readyRoute, ...this.#subjects.routes, ...localRoutes(this.#options.target)],
      onTrouble: this.#troubles.take,
      onRequest: (port) => {
        this.#requests += 1;
        if (port === this.#options.producer) this.#first.open();
        this.#subjects.onRequest(port);
      },
    });
    return this.#gateway;
  }

  #bookOptions(): Omit<BookOptions, 'identify' | 'skewMs'> {
    const options = this.#options;
    const { signal } = this.#broken;
    return {
      options,
      clients: this.#clients,
      tap: this.#tap,
      isPrivate: options.isPrivate,
      signal,
      onAcked: (records) => {
        this.#acked += records;
        this.#progress('load');
        if (this.#acked >= (options.stopAfter ?? Number.POSITIVE_INFINITY)) this.#enough.open();
      },
      onDiskError: (error) => this.#broken.abort(error),
      fetchers: this.#subjects.fetchers,
      onOpen: (stream) => {
        this.#subjects.attach(stream);
        if (this.#isLoadOver) stream.counts.loadOver();
        if (stream.isResharded)
          this.#resharding.push(startReshards(options, stream, { signal, caller: this.#caller(stream) }));
      },
      finish: (stream, until, missed) => {
        const subjects = this.#subjects.isOf(stream) ? this.#subjects : undefined;
        return finishStream(stream, { options, faults: this.#faults, subjects, cut: this.#cut(missed), signal: until });
      },
      note: (text) => this.#notes.push(text),
    };
  }

  /** The client for reshards if a fault may affect them: they then go through the gateway, under this tool's name. */
  #caller({ ref }: OpenStream): Kinesis | undefined {
    if (this.#endpoint === undefined || !areOthersFaulted(this.#options.faults)) return undefined;
    const client = scopeOptions(this.#options.target, ref);
    return createKinesis({ ...client, endpoint: this.#endpoint, name: 'kinesis-order' });
  }

  /** Why the load did not end by itself. Without a command, a signal is the normal end. */
  #cut(missed: string | undefined): Parameters<typeof finishStream>[1]['cut'] {
    if (missed !== undefined) return { reason: 'failed', error: missed };
    if (this.#dead !== undefined) return { reason: 'failed', error: this.#dead.message };
    const isCut = this.#options.stop.aborted && this.#options.command !== undefined;
    return isCut ? { reason: 'interrupted', error: 'interrupted while the command ran' } : undefined;
  }

  #progress(phase: 'load' | 'drain'): void {
    this.#options.onProgress?.({ phase, acked: this.#acked, streams: this.#book.streams.length });
  }

  /** The error if the engine no longer answers, so that nothing can be read; else undefined. */
  async #deadEngine(): Promise<HarnessError | undefined> {
    const [stream] = this.#book.streams;
    if (stream === undefined) return undefined;
    const error = await unanswered(stream.kinesis, stream.ref.name);
    if (error === undefined) return undefined;
    const { target } = this.#options;
    const { engine, words } = target;
    const said = words() === '' ? '' : `; ${engine} printed: ${words().slice(-600)}`;
    return new HarnessError('target', `${nameOf(target)} no longer answers (${error})${said}`, {
      hint: 'check the log of the engine: it ended, hangs, or was stopped',
    });
  }
}
