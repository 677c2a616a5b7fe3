/** The code of an engine's error, and its words. */
export type Failure = { readonly error: string; readonly message?: string };

/** How many different failures are kept. Of later ones only the code is kept: a message may hold an id of its own. */
const distinctMax = 65_536;

/** Why calls failed, each different reason once. Nothing is kept of calls that went well. */
export class Failures {
  readonly #ids = new Map<string, number>();
  readonly #failures: Failure[] = [];
  readonly #max: number;

  constructor(max = distinctMax) {
    this.#max = max;
  }

  /** The id of a failure. An error that is no text counts as absent. -1: neither error nor message is known. */
  id(error: unknown, message: unknown): number {
    if (typeof error !== 'string') return typeof message === 'string' ? this.#idOf({ error: 'an error', message }) : -1;
    const isFull = this.#failures.length >= this.#max;
    return this.#idOf(typeof message !== 'string' || isFull ? { error } : { error, message });
  }

  #idOf(failure: Failure): number {
    const name = JSON.stringify(failure);
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    this.#ids.set(name, this.#failures.length);
    return this.#failures.push(failure) - 1;
  }

  at(id: number): Failure | undefined {
    return this.#failures[id];
  }
}
