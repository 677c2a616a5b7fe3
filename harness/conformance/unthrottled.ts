import type { RawCall } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';

const throttled = 'ProvisionedThroughputExceededException';
const triesMax = 8;
const pauseMs = 25;

/**
 * Sends a call again that the service throttled. It had no effect, and no claim is about throughput. AWS allows five
 * reads of a shard in a second, and a probe may need more.
 */
export const unthrottled =
  (call: RawCall, clock: Pick<Clock, 'sleep'>, deadline: AbortSignal): RawCall =>
  async (operation, input, signal) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await call(operation, input, signal);
      if (answer.ok || answer.error !== throttled || tries === triesMax || deadline.aborted) return answer;
      await clock.sleep(pauseMs * 2 ** tries, deadline).catch(() => undefined);
    }
  };
