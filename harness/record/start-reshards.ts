import type { Kinesis } from '../kinesis/kinesis.ts';
import { messageOf } from '../lib/error.ts';
import { cannotHoldBack, isMaybeSlow } from '../run/hold-back.ts';
import { reshards } from '../run/reshards.ts';
import type { OpenStream } from './open-stream.ts';
import type { RecordOptions } from './options.ts';

/** How long a reshard may take, milliseconds. Emulators need seconds. */
const reshardMs = 30_000;

/**
 * Starts each requested reshard once its count of records is acknowledged in this stream. A reshard that fails does
 * not end the recording: the history has a note.
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
