import { commandEnv } from '../commands/command-env.ts';
import { fillIn } from '../commands/command-place.ts';
import { type CommandEnd, type OutputOf, type RunningCommand, startCommand } from '../commands/start-command.ts';
import { HarnessError } from '../lib/error.ts';
import { lastWords } from '../lib/last-words.ts';
import { SubjectBook } from '../tap/subject-book.ts';
import { SubjectRecorder } from '../tap/subject-recorder.ts';
import { type CommandOptions, owesOf } from './command-options.ts';
import { Hearing, lineTally } from './hearing.ts';
import { Instance } from './instance.ts';
import { type LinesPlace, linesPlace } from './lines-place.ts';
import { Progress } from './progress.ts';
import { isStarted } from './started.ts';
import type { RunningSubject, SealedStream, SubjectTools } from './subject.ts';
import type { SubjectDoor } from './subject-door.ts';
import { unreadWords } from './unread-words.ts';
import { untilHandled } from './until-handled.ts';

type Running = {
  readonly instance: Instance;
  readonly door: SubjectDoor;
  readonly place: LinesPlace;
  readonly book: SubjectBook;
  hearing: Hearing;
};

/** The user's consumer, in one or several instances: starts them, reads their lines, waits for them, ends them. */
export class Application implements RunningSubject {
  readonly #options: CommandOptions;
  readonly #tools: SubjectTools;
  readonly #progress = new Progress();
  readonly #tally = lineTally();
  readonly #running: Running[] = [];
  readonly #delivered = new Map<string, number>();
  #isFailed = false;
  #isStopped = false;
  readonly started: Promise<void>;

  constructor(options: CommandOptions, tools: SubjectTools) {
    this.#options = options;
    this.#tools = tools;
    this.started = this.#start();
    this.started.catch(() => undefined);
  }

  async finish(stream: SealedStream): Promise<string | undefined> {
    const { doneMs } = this.#options;
    const why = await untilHandled({
      name: this.#tools.name,
      progress: this.#progress,
      stream,
      doneMs,
      isOver: () => this.#running.every(({ instance }) => instance.isOver),
      isFailed: () => this.#isFailed,
      isPaused: () => this.#running.some(({ instance }) => instance.isPaused),
      clock: this.#tools.clock,
      signal: this.#tools.signal,
    });
    const unread = unreadWords(this.#tools.name, this.#tally, this.#progress);
    if (why === undefined && unread === undefined) this.#running[0]?.book.complete();
    return unread ?? why;
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.started.catch(() => undefined);
    await Promise.all(this.#running.map(({ instance }) => instance.stop()));
    for (const { hearing, place } of this.#running) {
      await place.close();
      hearing.end(false);
      hearing.close();
    }
    const { other, heard } = this.#tally;
    const { name, note } = this.#tools;
    if (other > 0) note(`${name} wrote ${heard} subject lines, and ${other} other lines`);
  }

  async #start(): Promise<void> {
    const { instances } = this.#options;
    const { name } = this.#tools;
    const names = Array.from({ length: instances }, (_, index) => `${name}/${index + 1}`);
    for (const one of names) this.#running.push(await this.#instance(one));
    try {
      await Promise.all(this.#running.map((running) => this.#begin(running)));
    } catch (thrown) {
      await Promise.all(this.#running.map(({ instance }) => instance.stop()));
      throw thrown;
    }
  }

  async #begin({ instance, door }: Running): Promise<void> {
    const { wait, timeoutMs } = this.#options;
    const { clock, signal } = this.#tools;
    await instance.start();
    await isStarted({ instance, door, progress: this.#progress, wait, timeoutMs, clock, signal });
  }

  async #instance(name: string): Promise<Running> {
    const { group, filter, aggregates, instances, lines } = this.#options;
    const { door: doorOf, now } = this.#tools;
    if (doorOf === undefined)
      throw new HarnessError('usage', 'consumers: a command needs a gateway, and this target has none');
    const door = await doorOf(name);
    const owes = owesOf(this.#options.owes);
    const book = new SubjectBook({
      ...this.#tools,
      reader: instances === 1 ? this.#tools.name : name,
      group: group ?? this.#tools.name,
      ...(owes === undefined ? {} : { owes }),
      ...(filter === undefined ? {} : { filter }),
      ...(aggregates === undefined ? {} : { aggregates }),
    });
    const place = linesPlace(lines, door, this.#options.cwd);
    void door.firstCall.then(() => this.#progress.seen());
    door.onFetch((page) => this.#progress.fetched(page, now()));
    door.onUnsubscribed((subscription) => this.#progress.unsubscribed(subscription));
    const instance = new Instance({
      name,
      start: (process) => this.#spawn(running, process),
      onEnded: (end, ended) => this.#ended(name, end, ended),
      say: this.#tools.note,
    });
    const running: Running = { instance, door, place, book, hearing: this.#hearing(name, book, 1) };
    place.listen((chunk) => running.hearing.feed(chunk));
    door.onPosted((body) => running.hearing.post(Buffer.from(body)));
    return running;
  }

  /**
   * The parser of one process. Each process has its own, because an incomplete line, and names of workers and batches,
   * are only valid for that process.
   */
  #hearing(instance: string, book: SubjectBook, process: number): Hearing {
    const { prefix, instances } = this.#options;
    const { name, now, flushed, identify } = this.#tools;
    const own = instances === 1 ? name : instance;
    const suffix = process === 1 ? '' : `.${process}`;
    const isAlone = instances === 1;
    const recorder = new SubjectRecorder({
      book,
      identify,
      workerOf: (worker) => `${worker === undefined ? own : isAlone ? worker : `${instance} ${worker}`}${suffix}`,
    });
    return new Hearing({
      recorder,
      progress: this.#progress,
      tally: this.#tally,
      prefix: prefix === undefined ? undefined : new RegExp(prefix),
      now,
      flushed,
      onLine: (line) => {
        if (line.type !== 'start' && line.type !== 'deliver') return;
        const records = line.type === 'deliver' ? line.records.length : 0;
        const delivered = (this.#delivered.get(instance) ?? 0) + records;
        this.#delivered.set(instance, delivered);
        this.#tools.acts.watch({ instance, event: line.type, shard: line.hand.shard, delivered }, this.#stage);
      },
    });
  }

  async #spawn(running: Running, process: number): Promise<RunningCommand> {
    const { run, env, cwd, gracefulShutdown } = this.#options;
    const { door, place, book } = running;
    const [program, ...args] = run;
    if (process > 1) {
      running.hearing.end(true);
      book.forget();
      running.hearing = this.#hearing(running.instance.name, book, process);
      this.#progress.restarted(this.#tools.now());
    }
    const known = running.hearing;
    const fill = (text: string): string => fillIn(text.replaceAll('{lines}', place.name), door);
    return startCommand({
      run: [fill(program), ...args.map(fill)],
      env: {
        ...commandEnv({
          place: door,
          run: door.id,
          isPointed: true,
          isAws: door.isAws,
          env: { ...globalThis.process.env, ...door.env },
        }),
        KINESIS_ORDER_LINES: place.name,
        KINESIS_ORDER_INSTANCE: running.instance.name,
        ...env,
      },
      id: door.id,
      logFile: process === 1 ? door.logFile : door.logFile.replace(/\.log$/, `.${process}.log`),
      gracefulShutdown,
      stdin: 'ignore',
      hasFd3: place.from === 'fd3',
      onOutput: (chunk: Buffer, from: OutputOf) => {
        if (from === 'stdout') running.instance.printed(chunk);
        return from === place.from ? known.feed(chunk) : undefined;
      },
      ...(cwd === undefined ? {} : { cwd }),
    });
  }

  #ended(name: string, { code, signal }: CommandEnd, running: RunningCommand): void {
    this.#progress.disturbed(this.#progress.lastT);
    if (code === 0) return;
    this.#isFailed = true;
    const end = signal === null ? `exit code ${code}` : `signal ${signal}`;
    this.#tools.failed(`the consumer ${name} failed with ${end}${lastWords(running.lastLines())}`);
  }

  get #stage() {
    const act = (name: string, work: (instance: Instance) => void | Promise<void>): void => {
      const found = this.#running.find(({ instance }) => instance.name === name);
      this.#progress.disturbed(this.#tools.now());
      // The instance may already have ended late in a run.
      if (found !== undefined && found.instance.isRunning && !this.#isStopped)
        Promise.resolve(work(found.instance)).catch((thrown: unknown) => this.#tools.failed(String(thrown)));
    };
    return {
      kill: (name: string) => act(name, (instance) => instance.kill()),
      restart: (name: string, isGraceful: boolean) => act(name, (instance) => instance.restart(isGraceful)),
      pause: (name: string) => act(name, (instance) => instance.pause()),
      resume: (name: string) => act(name, (instance) => instance.resume()),
      instances: this.#running.map(({ instance }) => instance.name),
    };
  }
}
