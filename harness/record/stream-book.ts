import pLimit from 'p-limit';
import { HarnessError, messageOf } from '../lib/error.ts';
import { follow } from '../run/follow.ts';
import { Recent } from '../tap/recent.ts';
import { refKey, type StreamRef } from '../tap/stream-ref.ts';
import type { Tap } from '../tap/tap.ts';
import { type OpenOptions, type OpenStream, openStream } from './open-stream.ts';
import { isRecorded, type RecordedHistory, type RecordOptions } from './options.ts';
import { isSameStream } from './same-stream.ts';
import type { ScopeClients } from './scope-client.ts';
import { StreamMaker } from './stream-maker.ts';

export type BookOptions = Pick<
  OpenOptions,
  'identify' | 'skewMs' | 'fetchers' | 'onAcked' | 'onDiskError' | 'signal'
> & {
  readonly options: RecordOptions;
  readonly clients: ScopeClients;
  readonly tap: Tap;
  /**
   * True if this tool started the engine: then nobody writes past the gateway, and the engine's streams end with the
   * recording.
   */
  readonly isPrivate: boolean;
  readonly onOpen: (stream: OpenStream) => void;
  /** `missed`: why calls passed that are not in the history. */
  readonly finish: (stream: OpenStream, signal: AbortSignal, missed: string | undefined) => Promise<RecordedHistory>;
  readonly note: (text: string) => void;
};

/** A stream that the program deleted. The program got its answer; the stream is read to its end and then deleted. */
type Leaving = { readonly done: Promise<void>; readonly cut: (why: Error) => void };

const opsMax = 10_000;
const atOnce = 4;

/**
 * The streams of a recording: each is opened at its first use, whoever created it, and finished when it is deleted or
 * when the recording ends.
 */
export class StreamBook {
  readonly #book: BookOptions;
  readonly #maker: StreamMaker;
  readonly #opening = new Map<string, Promise<void>>();
  readonly #missed = new Map<string, string>();
  readonly #open = new Map<string, OpenStream>();
  readonly #leaving = new Map<string, Leaving>();
  readonly #losing: Promise<void>[] = [];
  readonly #used = new Set<string>();
  readonly #files = new Map<string, number>();
  readonly #owners = new Recent<() => OpenStream>(opsMax);
  #ops = 0;
  readonly ended: RecordedHistory[] = [];

  constructor(book: BookOptions) {
    this.#book = book;
    this.#maker = new StreamMaker(book);
  }

  isOpen(ref: StreamRef): boolean {
    return this.#open.has(refKey(ref));
  }

  leaving(ref: StreamRef): Leaving | undefined {
    return this.#leaving.get(refKey(ref));
  }

  get hiddenNames(): readonly string[] {
    return [...this.#leaving.keys()].map(nameIn);
  }

  /** The names of all streams in a region and account. */
  namesIn(scope: Omit<StreamRef, 'name'>): Promise<readonly string[]> {
    return this.#book.clients.of({ ...scope, name: '' }).listStreams();
  }

  /** The open streams, once each, in the order in which they began. */
  get streams(): readonly OpenStream[] {
    return [...new Set(this.#open.values())];
  }

  /** The stream of a call: by its op, else by the name of its stream, else the first stream. */
  ownerOf(op: number | undefined, name: string | undefined): OpenStream | undefined {
    if (op !== undefined) return this.#owners.get(String(op))?.();
    return this.streams.find(({ ref }) => ref.name === name) ?? this.streams[0];
  }

  /**
   * Resolves when the history has begun, or if there is no such stream; `make`: creates a missing stream. Never
   * rejects: if the stream cannot be recorded, its calls are missing in the history, which is noted.
   */
  begin(ref: StreamRef, make: boolean): Promise<void> {
    const key = refKey(ref);
    const known =
      this.#opening.get(key) ??
      this.#begin(ref, make)
        .catch((thrown: unknown) => {
          this.#missed.set(key, `calls were forwarded before the stream could be inspected: ${messageOf(thrown)}`);
          this.#book.note(`stream ${ref.name} could not be recorded: ${messageOf(thrown)}`);
        })
        .finally(() => this.#opening.delete(key));
    this.#opening.set(key, known);
    return known;
  }

  /** Creates a missing stream before anybody uses it. */
  async make(ref: StreamRef): Promise<void> {
    await this.#maker.find(ref, true);
  }

  /**
   * Notes on streams that the program created and never used. Streams that are not recorded have none, because it is
   * unknown if records were written to them.
   */
  get unusedNotes(): readonly string[] {
    return this.#maker.theirs
      .filter((key) => !this.#used.has(key))
      .map(nameIn)
      .filter((name) => isRecorded(this.#book.options, name))
      .map((name) => `stream ${name}: order not tested: no records were written to it`);
  }

  /** Call it when the program's CreateStream was answered. */
  wasMade(ref: StreamRef): void {
    this.#maker.wasMade(ref);
    const before = this.#open.get(refKey(ref));
    if (before !== undefined) this.#lose(before);
  }

  /** Call it for the program's DeleteStream. The stream is read to its end and then deleted. */
  leave(ref: StreamRef): void {
    const key = refKey(ref);
    const stream = this.#open.get(key);
    if (stream === undefined) return;
    this.#forget(stream);
    const over = follow(this.#book.signal);
    const gone = async (): Promise<void> => {
      this.ended.push(await this.#book.finish(stream, over.signal, this.#missed.get(key)));
      await this.#maker.remove(ref);
    };
    const done = gone()
      .catch((thrown: unknown) => this.#book.note(`stream ${ref.name}: ${messageOf(thrown)}`))
      .finally(() => {
        over.release();
        this.#leaving.delete(key);
      });
    this.#leaving.set(key, { done, cut: over.abort });
  }

  /** Ends the recording: open histories are finished, and streams that this tool created are deleted. */
  async finish(): Promise<void> {
    const limit = pLimit(atOnce);
    const { finish, options, isPrivate, signal, note } = this.#book;
    await Promise.all([...this.#leaving.values()].map(({ done }) => done));
    await Promise.all(this.#losing);
    const streams = this.streams;
    const histories = await Promise.all(
      streams.map((stream) => limit(() => finish(stream, signal, this.#missed.get(refKey(stream.ref))))),
    );
    this.ended.push(...histories);
    if (options.keep || isPrivate) return;
    const mine = streams.filter(({ isOurs }) => isOurs);
    await Promise.all(
      mine.map(({ ref }) =>
        this.#maker
          .remove(ref)
          .catch((thrown: unknown) => note(`stream ${ref.name} could not be removed: ${messageOf(thrown)}`)),
      ),
    );
  }

  /**
   * Ends a history whose stream was deleted past the gateway (the engine was reset, or somebody else deleted it):
   * there is nothing left to read.
   */
  #lose(stream: OpenStream): void {
    this.#forget(stream);
    const gone = new AbortController();
    gone.abort(new HarnessError('target', 'the stream was made again, and had been deleted past the gateway'));
    const finished = this.#book.finish(stream, gone.signal, undefined).then((history) => void this.ended.push(history));
    this.#losing.push(finished);
  }

  async #begin(ref: StreamRef, make: boolean): Promise<void> {
    const { clients, options, isPrivate, tap } = this.#book;
    const seen = await this.#maker.find(ref, make);
    if (seen === undefined) return;
    const other = await this.#sameAs(ref);
    if (other !== undefined) {
      this.#open.set(refKey(ref), other);
      tap.begin(ref, other.tap);
      return;
    }
    const stream = await openStream({
      ...this.#book,
      ref,
      kinesis: clients.of(ref),
      summary: await this.#maker.ready(ref, seen),
      fileName: this.#fileNameOf(ref.name),
      isOurs: this.#maker.isOurs(ref),
      hasPast: !this.#maker.isNew(ref),
      recorded: ['puts', 'pages'],
      isShared: !isPrivate,
      isResharded: options.streams.includes(ref.name) || (options.streams.length === 0 && this.#open.size === 0),
      nextOp: (owner) => {
        this.#ops += 1;
        this.#owners.set(String(this.#ops), owner);
        return this.#ops;
      },
    });
    this.#open.set(refKey(ref), stream);
    this.#used.add(refKey(ref));
    tap.begin(ref, stream.tap);
    this.#book.onOpen(stream);
  }

  async #sameAs(ref: StreamRef): Promise<OpenStream | undefined> {
    for (const stream of this.streams)
      if (stream.ref.name === ref.name && (await isSameStream(this.#book.options.target, stream.ref, ref)))
        return stream;
    return undefined;
  }

  #forget(stream: OpenStream): void {
    for (const [key, open] of this.#open) if (open === stream) this.#open.delete(key);
    this.#book.tap.end(stream.tap);
  }

  /** `orders.ndjson`; for the next history of that name `orders.2.ndjson`. */
  #fileNameOf(name: string): string {
    const count = (this.#files.get(name) ?? 0) + 1;
    this.#files.set(name, count);
    return count === 1 ? `${name}.ndjson` : `${name}.${count}.ndjson`;
  }
}

const nameIn = (key: string): string => key.split('/').slice(2).join('/');
