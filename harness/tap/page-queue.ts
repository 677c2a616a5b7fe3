/**
 * Keeps the pages of a stream in order. A page that may contain a record of an unanswered put waits for the answer,
 * and so do all pages after it.
 */
export class PageQueue {
  readonly #waiting: (() => boolean)[] = [];

  /** Writes a page, or queues it. `write` returns false if the page has to wait. */
  push(write: () => boolean): void {
    if (this.#waiting.length > 0 || !write()) this.#waiting.push(write);
  }

  /** Writes the queued pages that need not wait any longer. Call it after every answer. */
  flush(): void {
    while (this.#waiting[0]?.() === true) this.#waiting.shift();
  }
}
