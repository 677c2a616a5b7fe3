import type { PutOutcome } from '../kinesis/kinesis.ts';
import { several } from '../lib/several.ts';
import type { PutApi } from '../model/event.ts';

type Tally = { all: number; failed: number; last: string };

/** Names each operation of which every call failed, with its last error: such calls tested nothing. */
export class FailedCalls {
  readonly #calls = new Map<PutApi, Tally>();

  note(api: PutApi, outcome: PutOutcome): void {
    const tally = this.#calls.get(api) ?? { all: 0, failed: 0, last: '' };
    this.#calls.set(api, tally);
    tally.all += 1;
    if (outcome.outcome === 'ok') return;
    tally.failed += 1;
    tally.last = `${outcome.error}${outcome.message === undefined ? '' : `: ${outcome.message}`}`;
  }

  get words(): readonly string[] {
    return [...this.#calls]
      .filter(([, { all, failed }]) => failed === all)
      .map(([api, { all, last }]) => `${api}: ${several(all, 'call')}, none of them succeeded; the last: ${last}`);
  }
}
