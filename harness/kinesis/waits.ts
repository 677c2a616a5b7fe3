import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { ControlPlane, StreamSummary } from './kinesis.ts';

type Describe = (name: string, withinMs: number) => Promise<StreamSummary>;

/** Waits for a stream by polling, because an engine sends no events. */
export const waits = (describe: Describe): Pick<ControlPlane, 'waitActive' | 'waitGone'> => ({
  waitActive: async (name, deadlineMs, signal) => {
    let last = 'no answer';
    const summary = await until(deadlineMs, signal, async (leftMs) => {
      const seen = await describe(name, leftMs);
      last = seen.status;
      return seen.status === 'ACTIVE' ? seen : undefined;
    });
    if (summary !== undefined) return summary;
    throw new HarnessError(
      'target',
      `stream ${name} was still ${last} after ${Math.round(deadlineMs)} ms (DescribeStreamSummary)`,
      { hint: 'the engine is slow or stuck: check its log, or increase the budget of the scenario' },
    );
  },
  waitGone: async (name, deadlineMs) => {
    const isGone = await until(deadlineMs, undefined, (leftMs) =>
      describe(name, leftMs).then(
        () => undefined,
        (thrown: unknown) =>
          errorName(thrown) === 'ResourceNotFoundException' ? true : Promise.reject(thrown as Error),
      ),
    );
    if (isGone !== undefined) return;
    const late = `${Math.round(deadlineMs)} ms after DeleteStream (DescribeStreamSummary)`;
    throw new HarnessError('target', `stream ${name} was still there ${late}`);
  },
});

/** The last poll of a wait gets at least this much time. */
const askMsMin = 1000;

/** Polls, at first quickly. Resolves to the answer, or to undefined at the deadline. */
export const until = async <T>(
  deadlineMs: number,
  signal: AbortSignal | undefined,
  ask: (leftMs: number) => Promise<T | undefined>,
): Promise<T | undefined> => {
  const clock = systemClock();
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    signal?.throwIfAborted();
    const answer = await ask(Math.max(askMsMin, deadlineMs - clock.now() / 1000));
    if (answer !== undefined) return answer;
    if (clock.now() / 1000 + pauseMs > deadlineMs) return undefined;
    await wait(pauseMs, undefined, signal === undefined ? {} : { signal });
  }
};

/** The service's name of an error, also inside a HarnessError; empty for other values. */
export const errorName = (thrown: unknown): string =>
  thrown instanceof HarnessError && thrown.cause instanceof Error
    ? thrown.cause.name
    : thrown instanceof Error
      ? thrown.name
      : '';
