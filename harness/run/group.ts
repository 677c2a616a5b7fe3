import type { ControlPlane } from '../kinesis/kinesis.ts';
import { errorName } from '../kinesis/waits.ts';
import type { Clock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { type Slice, sliceWords } from '../model/slice.ts';

export type GroupOptions = {
  readonly kinesis: Pick<ControlPlane, 'listTags' | 'addTags'>;
  readonly stream: string;
  readonly slice: Slice;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** How long one slice waits for the others, milliseconds. */
  readonly withinMs: number;
};

/** The steps of a slice. `loaded`: it has written everything, and its reshards took effect. */
const steps = ['ready', 'begun', 'loaded', 'done', 'failed'] as const;
type Step = (typeof steps)[number];

/**
 * Lets the slices of a run wait for each other. They communicate by tags of the stream, the only thing that all of
 * them can see. Slice 1 creates the stream, reshards it and deletes it; the others wait for it.
 */
export class Group {
  readonly #options: GroupOptions;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /**
   * Waits until all slices are ready, before anybody writes. Otherwise a reshard could be over before a slice began.
   */
  async begin(signal: AbortSignal): Promise<void> {
    await this.#tell('ready');
    if (this.#isFirst) await this.#met('ready', this.#others, signal);
    else await this.#met('begun', [1], signal);
    if (this.#isFirst) await this.#tell('begun');
  }

  /** Waits until slice 1 has carried out all reshards. Then sentinels may be put. */
  async loaded(signal: AbortSignal): Promise<void> {
    if (this.#isFirst) await this.#tell('loaded');
    else await this.#met('loaded', [1], signal);
  }

  /**
   * Reports the end of this slice. Slice 1 then waits for all others, before it deletes the stream. Returns undefined,
   * or the reason if it did not wait for all.
   */
  async over(step: 'done' | 'failed', signal: AbortSignal): Promise<string | undefined> {
    try {
      await this.#tell(step);
      if (this.#isFirst && step === 'done') await this.#met('done', this.#others, signal);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof HarnessError) return thrown.message;
      if (signal.aborted) return undefined;
      throw thrown;
    }
  }

  get #isFirst(): boolean {
    return this.#options.slice.index === 1;
  }

  get #others(): readonly number[] {
    return Array.from({ length: this.#options.slice.count - 1 }, (_, index) => index + 2);
  }

  async #tell(step: Step): Promise<void> {
    const { kinesis, stream, slice } = this.#options;
    await this.#patiently(() => kinesis.addTags(stream, { [tagOf(slice.index)]: step }));
  }

  /**
   * Waits until these slices have reached a step. Rejects with HarnessError('target') if one failed or the time is
   * over.
   */
  async #met(step: Step, slices: readonly number[], signal: AbortSignal): Promise<void> {
    const { kinesis, stream, slice, clock, withinMs } = this.#options;
    const deadline = clock.now() + withinMs * 1000;
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, pauseMsMax(slice.count))) {
      const tags = await this.#patiently(() => kinesis.listTags(stream));
      const late = slices.filter((index) => !isSoFar(tags[tagOf(index)], step));
      if (late.length === 0) return;
      const failed = late.find((index) => tags[tagOf(index)] === 'failed');
      if (failed !== undefined) throw new HarnessError('target', `slice ${failed} of ${slice.count} failed`);
      if (clock.now() > deadline) throw this.#late(step, late);
      await clock.sleep(pauseMs, signal);
    }
  }

  #late(step: Step, late: readonly number[]): HarnessError {
    const { slice, withinMs } = this.#options;
    return new HarnessError(
      'target',
      `slice ${sliceWords(slice)} waited ${Math.round(withinMs / 1000)} s for slice ${late.join(', ')} to be ${step}`,
      { hint: `start all slices with --group ${slice.group}, or give them longer with --shard-wait` },
    );
  }

  /** Repeats a refused call, because AWS allows five tag calls a second. */
  async #patiently<T>(call: () => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    for (let tries = 1; ; tries += 1) {
      try {
        return await call();
      } catch (thrown) {
        if (tries === triesMax || !notNow.has(errorName(thrown))) throw thrown;
        await clock.sleep(250 * tries);
      }
    }
  }
}

const triesMax = 8;
const notNow: ReadonlySet<string> = new Set([
  'LimitExceededException',
  'ResourceInUseException',
  'ThrottlingException',
]);

/**
 * The longest pause between two looks, in milliseconds: with it, all slices together make about four calls a second.
 */
const pauseMsMax = (count: number): number => Math.max(250, count * 250);

const tagOf = (index: number): string => `kinesis-order-slice-${index}`;

/** True if a slice has reached a step. A failed slice has reached none. */
const isSoFar = (told: string | undefined, step: Step): boolean => {
  const at = steps.indexOf(told as Step);
  return told !== 'failed' && at >= steps.indexOf(step);
};
