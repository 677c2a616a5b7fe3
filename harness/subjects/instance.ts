import type { CommandEnd, RunningCommand } from '../commands/start-command.ts';

export type InstanceOptions = {
  readonly name: string;
  /** Starts its n-th process, from 1. */
  readonly start: (process: number) => Promise<RunningCommand>;
  /** Called when a process ended by itself. */
  readonly onEnded: (end: CommandEnd, running: RunningCommand) => void;
  readonly say: (text: string) => void;
};

/** One instance of an application, over all its restarts. Starts and ends run one after the other. */
export class Instance {
  readonly #options: InstanceOptions;
  #running: RunningCommand | undefined;
  #turn: Promise<void> = Promise.resolve();
  #processes = 0;
  #isOver = false;
  #turns = 0;
  /** Processes that this tool ended, so their ends are not reported. */
  readonly #reported = new WeakSet<RunningCommand>();
  readonly #listeners = new Set<(text: string) => void>();
  #end: () => void = () => undefined;
  /** Resolves when its first process has ended. */
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

  /** True if it has ended and no restart is pending. */
  get isOver(): boolean {
    return this.#running === undefined && this.#turns === 0;
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#begin());
  }

  /** Sends SIGKILL. What the process has written so far is still read. */
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
