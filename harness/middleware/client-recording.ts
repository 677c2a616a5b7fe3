import { join } from 'node:path';
import { systemClock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { freshRunName } from '../lib/run-name.ts';
import { admitter } from '../record/admit.ts';
import { faultBook } from '../record/fault-book.ts';
import { finishStream } from '../record/finish-stream.ts';
import type { RecordedHistory, RecordOptions } from '../record/options.ts';
import { quietOptions } from '../record/quiet-options.ts';
import { type ScopeClients, scopeClients } from '../record/scope-client.ts';
import { StreamBook } from '../record/stream-book.ts';
import { Fetchers } from '../subjects/fetchers.ts';
import type { ApiCall, CallObserver } from '../tap/call.ts';
import { identifierOf } from '../tap/identity/identify.ts';
import { parseIdentity } from '../tap/identity/parse.ts';
import { createTap } from '../tap/tap.ts';
import { preflightOnce } from '../targets/preflight.ts';
import { clientTarget, endpointOf } from './client-target.ts';
import type { SdkClient, SdkRequest } from './sdk-client.ts';
import { watchClient } from './watch-client.ts';

export type ClientRecordingOptions = {
  readonly clients: readonly { readonly name: string; readonly client: SdkClient }[];
  /** The identity, as --id takes it. */
  readonly id: string;
  /** The streams to record. Empty: all. */
  readonly streams: readonly string[];
  readonly question: 'service' | 'pipeline';
  readonly out: string;
};

export type Recorded = {
  readonly histories: readonly RecordedHistory[];
  readonly calls: number;
  readonly notes: readonly string[];
  readonly failure: HarnessError | undefined;
};

type Begun = { readonly observer: CallObserver; readonly book: StreamBook; readonly clients: ScopeClients };

/**
 * Records the calls of the program's clients through a middleware in each. The first call waits until the engine has
 * been inspected.
 */
export class ClientRecording {
  readonly #options: ClientRecordingOptions;
  readonly #identity;
  readonly #unwatch: readonly (() => void)[];
  readonly #broken = new AbortController();
  readonly #notes = new Set<string>();
  readonly #clock = systemClock();
  readonly #run;
  #endpoint: string | undefined;
  #beginning: Promise<Begun> | undefined;
  #begun: Begun | undefined;
  #calls = 0;
  #ending: Promise<Recorded> | undefined;

  constructor(options: ClientRecordingOptions) {
    this.#options = options;
    this.#identity = parseIdentity(options.id);
    this.#run = freshRunName(this.#clock.wallMs());
    this.#unwatch = options.clients.map(({ name, client }) =>
      watchClient({
        client,
        name,
        nextId: () => {
          this.#calls += 1;
          return this.#calls;
        },
        observer: (request) => this.#observer(client, request),
      }),
    );
  }

  get folder(): string {
    return join(this.#options.out, this.#run);
  }

  /** Ends the load: later calls are not recorded, and each stream is read to its end. */
  end(): Promise<Recorded> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  #observer(client: SdkClient, request: SdkRequest): CallObserver | undefined | Promise<CallObserver | undefined> {
    if (this.#begun !== undefined) return this.#isOfIt(request) ? this.#begun.observer : undefined;
    this.#endpoint ??= endpointOf(request) ?? 'AWS';
    this.#beginning ??= this.#begin(client, request);
    return this.#beginning.then(
      ({ observer }) => (this.#isOfIt(request) ? observer : undefined),
      // The program's call goes on, unrecorded. The failure is reported with the verdict.
      () => undefined,
    );
  }

  #isOfIt(request: SdkRequest): boolean {
    const endpoint = endpointOf(request) ?? 'AWS';
    if (endpoint === this.#endpoint) return true;
    this.#notes.add(`calls to ${endpoint} were not recorded: this recording is for ${this.#endpoint}`);
    return false;
  }

  async #begin(client: SdkClient, request: SdkRequest): Promise<Begun> {
    const { id, streams, question, out } = this.#options;
    await makeFolder(this.folder);
    const identify = await identifierOf(this.#identity);
    const target = await clientTarget(client, request, join(out, '.cache'));
    const { skewMs } = await preflightOnce(target);
    const stop = new AbortController();
    const options: RecordOptions = {
      ...quietOptions({
        target,
        clock: this.#clock,
        run: this.#run,
        folder: this.folder,
        identity: this.#identity,
        identityText: id,
        streams,
        question,
        stop: stop.signal,
      }),
      recorder: 'middleware',
    };
    const clients = scopeClients(target);
    const tap = createTap({
      before: (call, ref) => admit(call, ref),
      onFailure: (thrown) => this.#fail(thrown),
      after: ({ operation }: ApiCall, ref, { kind }) => {
        if (operation === 'CreateStream' && ref !== undefined && kind === 'ok') book.wasMade(ref);
      },
    });
    const { signal } = this.#broken;
    const book = new StreamBook({
      options,
      clients,
      tap,
      identify,
      skewMs,
      signal,
      isPrivate: false,
      fetchers: new Fetchers(),
      onAcked: () => undefined,
      onDiskError: (error) => this.#fail(error),
      onOpen: () => undefined,
      finish: (stream, until, missed) => {
        const cut = missed === undefined ? undefined : ({ reason: 'failed', error: missed } as const);
        const faults = faultBook([], options.producer);
        return finishStream(stream, { options, faults, subjects: undefined, cut, signal: until });
      },
      note: (text) => this.#notes.add(text),
    });
    const admit = admitter({ options, book });
    this.#begun = { observer: tap.observer, book, clients };
    return this.#begun;
  }

  #fail(thrown: unknown): void {
    this.#broken.abort(thrown instanceof HarnessError ? thrown : new HarnessError('target', messageOf(thrown)));
  }

  async #end(): Promise<Recorded> {
    let failure: unknown;
    const begun = await this.#beginning?.catch((thrown: unknown) => {
      failure = thrown;
      return undefined;
    });
    try {
      if (begun !== undefined) {
        for (const { counts } of begun.book.streams) counts.loadOver();
        await begun.book.finish();
      }
    } finally {
      for (const unwatch of this.#unwatch) unwatch();
      begun?.clients.close();
    }
    const reason: unknown = failure ?? this.#broken.signal.reason;
    return {
      histories: begun?.book.ended ?? [],
      calls: this.#calls,
      notes: [...this.#notes, ...(begun?.book.unusedNotes ?? [])],
      failure: reason === undefined ? undefined : asHarnessError(reason),
    };
  }
}

const asHarnessError = (thrown: unknown): HarnessError =>
  thrown instanceof HarnessError ? thrown : new HarnessError('target', messageOf(thrown), { cause: thrown });
