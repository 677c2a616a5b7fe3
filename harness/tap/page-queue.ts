/**
 * A page that may contain a record of an unanswered put waits for the answer, and so do all pages after it, so that the
 * lines of a chain keep their order.
 */
export class PageQueue {
  readonly #waiting: (() => boolean)[] = [];

  /** `write` returns false if it has to wait. */
  push(write: () => boolean): void {
    if (this.#waiting.length > 0 || !write()) this.#waiting.push(write);
  }

  /** Writes the pages that waited for an answer. Call it after every answer. */
  flush(): void {
    while (this.#waiting[0]?.() === true) this.#waiting.shift();
  }
}
