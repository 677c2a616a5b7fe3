import { SubjectBook, type SubjectBookOptions } from '../tap/subject-book.ts';
import { SubjectRecorder } from '../tap/subject-recorder.ts';
import { Hearing, lineTally } from './hearing.ts';
import { Progress } from './progress.ts';
import type { RunningSubject, SealedStream, SubjectTools } from './subject.ts';
import { unreadWords } from './unread-words.ts';
import { untilHandled } from './until-handled.ts';

export type HeardOptions = Pick<SubjectBookOptions, 'owes'> & {
  readonly prefix?: string;
  readonly doneMs: number;
  /** True if the program has ended and will print nothing more. */
  readonly isOver: () => boolean;
};

type Tools = Pick<
  SubjectTools,
  'name' | 'write' | 'now' | 'nextChain' | 'flushed' | 'identify' | 'note' | 'clock' | 'signal'
>;

/**
 * A program that is started and stopped elsewhere, and that prints the lines of a consumer under test. This class reads
 * its lines and waits for them.
 */
export class HeardProgram implements RunningSubject {
  readonly #options: HeardOptions;
  readonly #tools: Tools;
  readonly #tally = lineTally();
  readonly #hearing: Hearing;
  readonly #book: SubjectBook;
  readonly progress = new Progress();
  readonly started = Promise.resolve();

  constructor(options: HeardOptions, tools: Tools) {
    const { prefix, owes } = options;
    const { name, identify } = tools;
    this.#options = options;
    this.#tools = tools;
    this.#book = new SubjectBook({ ...tools, reader: name, ...(owes === undefined ? {} : { owes }) });
    const recorder = new SubjectRecorder({ book: this.#book, identify, workerOf: (worker) => worker ?? name });
    this.#hearing = new Hearing({
      ...tools,
      recorder,
      progress: this.progress,
      tally: this.#tally,
      prefix: prefix === undefined ? undefined : new RegExp(prefix),
      onLine: () => undefined,
    });
  }

  feed(chunk: Buffer): Promise<void> | undefined {
    return this.#hearing.feed(chunk);
  }

  post(body: Uint8Array): Promise<void> {
    return this.#hearing.post(Buffer.from(body));
  }

  async finish(stream: SealedStream): Promise<string | undefined> {
    const { doneMs, isOver } = this.#options;
    this.#hearing.end(false);
    const why = await untilHandled({
      ...this.#tools,
      progress: this.progress,
      stream,
      doneMs,
      isOver,
      isFailed: () => false,
      isPaused: () => false,
    });
    const unread = unreadWords(this.#tools.name, this.#tally, this.progress);
    if (why === undefined && unread === undefined) this.#book.complete();
    return unread ?? why;
  }

  stop(): Promise<void> {
    this.#hearing.close();
    return Promise.resolve();
  }
}
