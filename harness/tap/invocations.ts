import type { Known } from './first-sending.ts';
import { Recent } from './recent.ts';

/** What the attempts so far show about a call of an SDK. */
export type Invocation = {
  /** The op of the last attempt. */
  readonly op: number;
  readonly attempts: number;
  readonly known: readonly Known[] | undefined;
};

/** The number of calls and their records that are remembered. A client retries within seconds. */
const recordsMax = 100_000;

/**
 * Calls by the header amz-sdk-invocation-id, which is the same for all attempts of a call. A client that sends it again
 * did not receive the answer, or rejected it.
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
