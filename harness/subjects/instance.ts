import type { CommandEnd, RunningCommand } from '../commands/start-command.ts';

export type InstanceOptions = {
  readonly name: string;
  /** The n-th process of it, from 1. */
  readonly start: (process: number) => Promise<RunningCommand>;
  /** It ended by itself. */
  readonly onEnded: (end: CommandEnd, running: RunningCommand) => void;
  readonly say: (text: string) => void;
};

/** One of an application's processes, over all its restarts. Ends are handled one after the other. */
export class Instance {
  readonly #options: InstanceOptions;
  #running: RunningCommand | undefined;
  #turn: Promise<void> = Promise.resolve();
  #processes = 0;
  #isOver = false;
  #turns = 0;
  /** Processes that this tool ended: their ends are expected. */
  readonly #reported = new WeakSet<RunningCommand>();
  readonly #listeners = new Set<(text: string) => void>();
  #end: () => void = () => undefined;
  /** Its first process has ended. */
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });
  isPaused = false;

  constructor(options: InstanceOptions) {
    this.#options = options;
  }

  /** Subscribes to its output; returns how to unsubscribe. */
  readonly onOutput = (listener: (text: string) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  printed(chunk: Buffer): void {
    for (const listener of this.#listeners) listener(chunk.toString('utf8'));
  }

  get name(): string {
    return this.#options.name;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** It has ended, and will not be started again. */
  get isOver(): boolean {
    return this.#running === undefined && this.#turns === 0;
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#begin());
  }

  /** SIGKILL. What it has written so far is still read. */
  kill(): Promise<void> {
    this.#killNow();
    return this.#inTurn(() => this.#finish());
  }

  restart(isGraceful: boolean): Promise<void> {
    if (!isGraceful) this.#killNow();
    return this.#inTurn(async () => {
      await this.#finish();
      if (!this.#isOver) await this.#begin();
    });
  }

  pause(): void {
    this.isPaused = true;
    this.#running?.forward('SIGSTOP');
  }

  resume(): void {
    this.isPaused = false;
    this.#running?.forward('SIGCONT');
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#isOver = true;
    if (this.isPaused) this.resume();
    await this.#inTurn(() => this.#finish());
  }

  lastLines(): readonly string[] {
    return this.#running?.lastLines() ?? [];
  }

  #killNow(): void {
    if (this.#running === undefined) return;
    this.#reported.add(this.#running);
    this.#running.forward('SIGKILL');
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turns += 1;
    const done = this.#turn.then(work).finally(() => {
      this.#turns -= 1;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #begin(): Promise<void> {
    this.#processes += 1;
    const running = await this.#options.start(this.#processes);
    this.#running = running;
    void running.exited.then((end) => {
      this.#end();
      if (this.#reported.has(running) || end.isOurs) return;
      this.#running = undefined;
      this.#options.onEnded(end, running);
    });
  }

  async #finish(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.isPaused = false;
    if (running === undefined) return;
    this.#reported.add(running);
    const left = await running.end();
    if (left.length > 0)
      this.#options.say(
        `${this.name} left processes that could not be ended: ${left.map(({ pid }) => pid).join(', ')}`,
      );
  }
}
