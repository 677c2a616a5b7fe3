import type { Recorder } from '../history/recorder.ts';
import type { ControlPlane } from '../kinesis/kinesis.ts';
import type { EventBody } from '../model/event.ts';

export type TopologiesOptions = {
  readonly kinesis: Pick<ControlPlane, 'describe' | 'listShards' | 'waitActive'>;
  readonly stream: string;
  readonly recorder: Pick<Recorder, 'write'>;
  readonly onList: (event: EventBody) => void;
  /** How long a stream may take to become ACTIVE again, in milliseconds. */
  readonly settleMs: number;
  readonly signal: AbortSignal;
};

/**
 * Lists the shards with this tool's own client, one list after the other. A program's own ListShards is not used,
 * because it may be filtered and paged.
 */
export type Topologies = {
  readonly list: () => Promise<void>;
  /** Waits until the stream is ACTIVE, then lists. */
  readonly settled: () => Promise<void>;
  /** Call it when an unlisted shard was seen. Lists again soon, once for all shards that are seen meanwhile. */
  readonly lookAgain: () => void;
  readonly idle: () => Promise<void>;
};

export const topologies = (options: TopologiesOptions): Topologies => {
  const { kinesis, stream, recorder, onList, settleMs, signal } = options;
  let last: Promise<void> = Promise.resolve();
  let isAwaited = false;
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const list = async (): Promise<void> => {
    const { status } = await kinesis.describe(stream);
    const event: EventBody = { type: 'topology', status, shards: await kinesis.listShards(stream) };
    recorder.write(event);
    onList(event);
  };
  const settle = async (): Promise<void> => {
    await kinesis.waitActive(stream, settleMs, signal);
    await list();
  };
  return {
    list: () => inTurn(list),
    settled: () => inTurn(settle),
    lookAgain: () => {
      if (isAwaited) return;
      isAwaited = true;
      void inTurn(() => {
        isAwaited = false;
        return settle();
      }).catch(() => undefined);
    },
    idle: () => last,
  };
};
