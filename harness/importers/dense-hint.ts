import { several } from '../lib/several.ts';
import type { Fact } from './fact.ts';
import { flowId } from './flow-id.ts';

const keysMax = 100_000;
/** Larger steps are no gap of a counter that counts one by one. */
const stepMax = 17;
const openMax = 10_000;
const stepsMin = 20;
const denseMin = 0.95;

/**
 * A counter may leave numbers out, so a missing one breaks nothing unless it is said to be dense. Where nearly all
 * steps are by one, and some numbers are missing, a sentence names the first, because that may be a lost record.
 */
export class DenseHint {
  readonly #highest = new Map<string, number>();
  /** Missing numbers, by key and number. Late records fill them. */
  readonly #open = new Map<string, string>();
  #steps = 0;
  #byOne = 0;

  take(fact: Fact): void {
    if (fact.kind !== 'read' || fact.n === undefined) return;
    const { key = '', flow = key, n } = fact;
    const id = flowId(fact);
    const before = this.#highest.get(id);
    if (before === undefined && this.#highest.size >= keysMax) return;
    if (before === undefined || n > before) this.#highest.set(id, n);
    if (before === undefined) return;
    if (n <= before) return void (this.#open.size > 0 && this.#open.delete(`${id} ${n}`));
    this.#steps += 1;
    if (n === before + 1) this.#byOne += 1;
    else if (n - before <= stepMax) this.#missing(id, flow, before, n);
  }

  #missing(id: string, flow: string, before: number, n: number): void {
    for (let one = before + 1; one < n && this.#open.size < openMax; one += 1)
      this.#open.set(`${id} ${one}`, `${JSON.stringify(flow)} #${one}`);
  }

  words(): readonly string[] {
    const [first] = this.#open.values();
    if (first === undefined || this.#steps < stepsMin || this.#byOne < denseMin * this.#steps) return [];
    return [
      `${this.#byOne} of ${several(this.#steps, 'step')} within a key are by one, so ${several(this.#open.size, 'number')} may be missing: ${first} is the first. If no number may be missing, say so: --id json:/FIELD,counter=dense`,
    ];
  }
}
