import type { Clock } from '../lib/clock.ts';
import type { ReshardPlan } from '../scenario/resolved.ts';
import type { RunningTarget } from '../targets/target.ts';

export type HoldBackOptions = {
  readonly reshard: readonly Pick<ReshardPlan, 'afterAcked'>[];
  readonly planned: number;
  readonly acked: () => number;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
};

/**
 * Keeps records for the time after a planned reshard. An engine may take seconds for a reshard (AWS does), and a load
 * that ends before that tests nothing. While a reshard is under way, half of the records up to the next reshard, or to
 * the end, are sent. The rest waits until the reshard took effect.
 */
export class HoldBack {
  readonly #options: HoldBackOptions;
  readonly #waiting: (() => void)[] = [];
  #done = 0;
  #underWay = 0;
  #begunAt: number | undefined;
  #tookUs = 0;

  constructor(options: HoldBackOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /**
   * Calls `send` as soon as this many records may be sent. Resolves to undefined, without sending, if the run ended
   * before.
   */
  async send<T>(records: number, send: () => Promise<T>): Promise<T | undefined> {
    while (this.#isHeld(records)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#options.signal.aborted && this.#options.reshard.length > 0) return undefined;
    this.#underWay += records;
    try {
      return await send();
    } finally {
      this.#underWay -= records;
      this.#wake();
    }
  }

  /** Call it when the next reshard is requested. */
  begin(): void {
    this.#begunAt = this.#options.clock.now();
  }

  /** Call it when the reshard took effect, or failed. */
  end(): void {
    this.#tookUs += this.#options.clock.now() - (this.#begunAt ?? this.#options.clock.now());
    this.#begunAt = undefined;
    this.#done += 1;
    this.#wake();
  }

  /** The total duration of all reshards, in milliseconds. It does not count against producers. */
  get tookMs(): number {
    const now = this.#options.clock.now();
    return (this.#tookUs + now - (this.#begunAt ?? now)) / 1000;
  }

  /**
   * True if these records have to wait. They wait only for a requested reshard or for calls in flight, so nothing is
   * held forever.
   */
  #isHeld(records: number): boolean {
    const { reshard, planned, acked, signal } = this.#options;
    const plan = reshard[this.#done];
    if (plan === undefined || signal.aborted) return false;
    const next = reshard[this.#done + 1]?.afterAcked ?? planned;
    const mayGo = plan.afterAcked + Math.floor(Math.max(0, next - plan.afterAcked) / 2);
    const isAsked = acked() >= plan.afterAcked;
    return acked() + this.#underWay + records > mayGo && (isAsked || this.#underWay > 0);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** True for engines that this tool did not start. Those that it starts reshard at once. */
export const isMaybeSlow = ({ name }: Pick<RunningTarget, 'name'>): boolean => name === 'endpoint' || name === 'aws';

export const cannotHoldBack =
  'the programs send by themselves: their records cannot be held back for a reshard, and may all be sent before it takes effect';
