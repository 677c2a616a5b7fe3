import type { EventBody } from '../model/event.ts';

export type History = { readonly write: (event: EventBody) => number; readonly flushed: () => Promise<void> };

/**
 * Buffers events for a history that begins later: a consumer may print lines before its first call shows which stream
 * it reads. Until then, `flushed` lets a consumer that writes much wait.
 */
export class LateBook {
  readonly #now: () => number;
  readonly #kept: EventBody[] = [];
  #history: History | undefined;
  #open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  constructor(now: () => number) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#history !== undefined;
  }

  open(history: History): void {
    if (this.#history !== undefined) return;
    this.#history = history;
    for (const event of this.#kept.splice(0)) history.write(event);
    this.#open();
  }

  readonly write = (event: EventBody): number => {
    if (this.#history !== undefined) return this.#history.write(event);
    this.#kept.push(event);
    return this.#now();
  };

  readonly flushed = async (): Promise<void> => {
    await this.#opened;
    await this.#history?.flushed();
  };

  /** Call it if no history will begin. Buffered events are dropped, and waiting consumers continue. */
  close(): void {
    this.#kept.length = 0;
    this.#open();
  }
}
