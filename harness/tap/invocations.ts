import type { Known } from './first-sending.ts';
import { Recent } from './recent.ts';

/** What is known of a call of an SDK from its attempts so far. */
export type Invocation = {
  /** The op of its last attempt. */
  readonly op: number;
  readonly attempts: number;
  readonly known: readonly Known[] | undefined;
};

/** A client tries again within seconds; so many records of calls are remembered. */
const recordsMax = 100_000;

/**
 * Calls by the header amz-sdk-invocation-id, which is one for all attempts of a call: who sends it again has not
 * received the answer, or not taken it.
 */
export class Invocations {
  readonly #seen = new Recent<Invocation>(recordsMax, ({ known }) => 1 + (known?.length ?? 0));

  before(id: string | undefined): Invocation | undefined {
    return id === undefined ? undefined : this.#seen.get(id);
  }

  note(id: string | undefined, invocation: Invocation): void {
    if (id !== undefined) this.#seen.set(id, invocation);
  }
}
