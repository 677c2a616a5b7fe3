import type { ClaimAnswer } from '../conformance/ask-claim.ts';
import type { ClaimsProgress } from '../conformance/run-claims.ts';

/** The progress of `conformance`: how many claims are answered, and which are running. */
export class ClaimsSeen {
  readonly #under = new Set<string>();
  #last = '';

  asked(claim: string): void {
    this.#under.add(claim);
  }

  /** Notes an answer, and returns a line about it. */
  answered({ claim, kind }: Pick<ClaimAnswer, 'claim' | 'kind'>, { phase, done, planned }: ClaimsProgress): string {
    this.#under.delete(claim);
    const how = phase === 'asked' ? 'claims' : 'claims asked once more alone';
    this.#last = `${done} of ${planned} ${how}`;
    return `${this.#last} · ${claim}: ${kind}`;
  }

  get text(): string {
    const [first] = this.#under;
    const others = this.#under.size > 1 ? ` and ${this.#under.size - 1} more` : '';
    const waiting = first === undefined ? '' : `waiting for ${first}${others}`;
    return [this.#last, waiting].filter((part) => part !== '').join(' · ');
  }
}
