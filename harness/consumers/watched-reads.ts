import type { DataPlane, Page, ReadFailure } from '../kinesis/kinesis.ts';

type Reads = Pick<DataPlane, 'getShardIterator' | 'getRecords'>;
type Answer = Page | ReadFailure | { readonly ok: true; readonly iterator: string };
type Asked = { readonly call: string; readonly since: number };

/** From this many milliseconds, a call that waits is the reason why a reader is late. */
const longMs = 1000;

/**
 * The calls of a reader. `state` tells why a reader is not done in time: the call that it waits for, or the last
 * failure, or the number of its pages.
 */
export type WatchedReads = Reads & { readonly state: () => string };

/** Wraps the calls of a reader. `now`: microseconds. */
export const watchedReads = (kinesis: Reads, now: () => number): WatchedReads => {
  const under = new Set<Asked>();
  let failure: string | undefined;
  let pages = 0;
  let empty = 0;
  const watch = async <T extends Answer>(call: string, work: Promise<T>): Promise<T> => {
    const asked = { call, since: now() };
    under.add(asked);
    const answer = await work;
    under.delete(asked);
    if (answer.ok) hear(answer);
    else
      failure = `${call} failed last with ${answer.error}${answer.message === undefined ? '' : `: ${answer.message}`}`;
    return answer;
  };
  const hear = (answer: Answer): void => {
    if (!('records' in answer)) return;
    failure = undefined;
    pages += 1;
    empty = answer.records.length === 0 ? empty + 1 : 0;
  };
  return {
    getShardIterator: (...args) => watch('GetShardIterator', kinesis.getShardIterator(...args)),
    getRecords: (...args) => watch('GetRecords', kinesis.getRecords(...args)),
    state: () => {
      const [oldest] = under;
      const waitedMs = oldest === undefined ? 0 : Math.round((now() - oldest.since) / 1000);
      if (oldest !== undefined && waitedMs >= longMs) return `${oldest.call} was not answered for ${waitedMs} ms`;
      if (failure !== undefined) return failure;
      return `GetRecords answered ${pages} times, the last ${empty} without a record`;
    },
  };
};
