import type { Kinesis } from '../kinesis/kinesis.ts';
import { messageOf } from '../lib/error.ts';
import { cannotHoldBack, isMaybeSlow } from '../run/hold-back.ts';
import { reshards } from '../run/reshards.ts';
import type { OpenStream } from './open-stream.ts';
import type { RecordOptions } from './options.ts';

/** Shards are changed within seconds on emulators; milliseconds. */
const reshardMs = 30_000;

/**
 * Runs each requested reshard when its count of records was acknowledged in this stream. One that fails does not end
 * the recording: the history reports it.
 */
export const startReshards = async (
  { reshard, target }: RecordOptions,
  { kinesis, ref, recorder, counts, tap, note }: OpenStream,
  { signal, caller }: { readonly signal: AbortSignal; readonly caller: Kinesis | undefined },
): Promise<void> => {
  if (reshard.length > 0 && isMaybeSlow(target)) note(cannotHoldBack);
  try {
    await reshards({
      kinesis,
      caller,
      stream: ref.name,
      recorder: {
        ...recorder,
        write: (event) => {
          tap.learn(event);
          return recorder.write(event);
        },
      },
      target,
      signal,
      note,
      counts,
      scenario: { reshard, budget: { reshardMs } },
    });
  } catch (thrown) {
    if (!signal.aborted) note(`reshard: ${messageOf(thrown)}`);
  } finally {
    caller?.close();
  }
};
