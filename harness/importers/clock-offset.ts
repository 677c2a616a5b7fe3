import { median } from '../lib/median.ts';
import type { Fact } from './fact.ts';

/** The number of puts and reads that are compared. */
const seenMax = 20_000;
const minute = 60e6;
const quarter = 15 * minute;

/**
 * Detects puts whose times differ from their reads by a multiple of 15 minutes: usually one of the logs was read in the
 * wrong time zone.
 */
export class ClockOffset {
  readonly #puts = new Map<string, number>();
  readonly #reads = new Map<string, number>();
  readonly #offsets: number[] = [];

  take(fact: Fact): void {
    if ((fact.kind !== 'put' && fact.kind !== 'read') || fact.time === undefined || fact.n === undefined) return;
    const own = fact.kind === 'put' ? this.#puts : this.#reads;
    if (own.size >= seenMax) return;
    const other = fact.kind === 'put' ? this.#reads : this.#puts;
    const id = `${fact.flow ?? fact.key ?? ''} ${fact.n}`;
    if (own.has(id)) return;
    own.set(id, fact.time);
    const met = other.get(id);
    if (met !== undefined) this.#offsets.push(fact.kind === 'put' ? fact.time - met : met - fact.time);
  }

  /**
   * A sentence if puts are logged after their reads, by up to ten minutes. `known`: a difference up to this, in
   * milliseconds, is expected.
   */
  skewWords(known = 0): string | undefined {
    const late = this.#offsets.filter((offset) => offset > known * 1000);
    const most = late.reduce((max, offset) => Math.max(max, offset), 0);
    if (late.length === 0 || most > 10 * minute) return undefined;
    return `${late.length === 1 ? '1 put is logged after its read' : `${late.length} puts are logged after their reads`}, by up to ${Math.ceil(most / 1000)} ms: a log is written late, or the clocks of the machines differ. --clock-skew ${skewText(most)} says so`;
  }

  /** A sentence if the times differ by a multiple of 15 minutes. `zoneless`: the sides whose times have no zone. */
  words(zoneless: ReadonlySet<'puts' | 'reads'>): string | undefined {
    if (this.#offsets.length < 3) return undefined;
    const offset = median(this.#offsets) as number;
    const whole = Math.round(offset / quarter) * quarter;
    if (whole === 0 || Math.abs(offset - whole) > 3 * minute || Math.abs(whole) > 14 * 4 * quarter) return undefined;
    const side = whole > 0 ? 'puts' : 'reads';
    const zone = zoneText(Math.abs(whole));
    const what = `puts are ${spanText(Math.abs(whole))} ${whole > 0 ? 'after' : 'before'} their reads (median)`;
    if (zoneless.has(side))
      return `${what}, and the times of the ${side} have no zone: set it with --zone ${side}=${zone}`;
    const opposite = side === 'puts' ? 'reads' : 'puts';
    if (zoneless.has(opposite))
      return `${what}, and the times of the ${opposite} have no zone: set it with --zone ${opposite}=${zone.replace('+', '-')}`;
    return whole > 0 ? `${what}: the clocks of the machines, or the zones in their logs, are wrong` : undefined;
  }
}

/** A duration in the form of --clock-skew, rounded up. */
const skewText = (micros: number): string =>
  micros < 1e6 ? `${Math.ceil(micros / 10_000) * 10}ms` : `${Math.ceil(micros / 1e6)}s`;

const zoneText = (micros: number): string => `+${spanText(micros)}`;
const spanText = (micros: number): string => {
  const minutes = micros / minute;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};
