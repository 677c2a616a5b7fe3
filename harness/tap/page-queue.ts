/**
 * A page that may hold a record of a put without an answer waits for it, and so do all pages behind it: lines of a
 * chain keep their order.
 */
export class PageQueue {
  readonly #waiting: (() => boolean)[] = [];

  /** `write` answers false while it has to wait. */
  push(write: () => boolean): void {
    if (this.#waiting.length > 0 || !write()) this.#waiting.push(write);
  }

  /** An answer came: pages that waited for it are written. */
  flush(): void {
    while (this.#waiting[0]?.() === true) this.#waiting.shift();
  }
}
