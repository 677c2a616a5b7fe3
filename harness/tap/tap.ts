import { textIn } from '../lib/text-in.ts';
import type { ApiAnswer, ApiCall, CallObserver, CallWatch } from './call.ts';
import { refKey, type StreamRef, streamRefBefore, streamRefOf } from './stream-ref.ts';
import type { StreamTap } from './stream-tap.ts';

export type TapOptions = {
  /**
   * Awaited before a call is sent. Prepares the stream that the call names, and registers it with `begin`. If it
   * resolves to an answer, the client gets that answer in place of the engine's.
   */
  readonly before?: (call: ApiCall, stream: StreamRef | undefined) => Promise<ApiAnswer | undefined> | undefined;
  /**
   * A call could not be recorded, for instance because the user's identity module threw. The history then has a gap.
   */
  readonly onFailure?: (thrown: unknown) => void;
  /** Called after each answered call, also for calls that no history records. */
  readonly after?: (call: ApiCall, stream: StreamRef | undefined, answer: ApiAnswer) => void;
};

export type Tap = {
  readonly observer: CallObserver;
  readonly begin: (stream: StreamRef, tap: StreamTap) => void;
  readonly end: (tap: StreamTap) => void;
  readonly of: (stream: StreamRef) => StreamTap | undefined;
};

/** Assigns calls to the histories of several streams, regions and accounts. Other calls are ignored. */
export const createTap = ({ before, after, onFailure }: TapOptions = {}): Tap => {
  const streams = new Map<string, StreamTap>();
  const tapOf = (call: ApiCall, ref: StreamRef | undefined): StreamTap | undefined => {
    if (ref !== undefined) return streams.get(refKey(ref));
    const iterator = textIn(call.input, 'ShardIterator');
    if (iterator === undefined) return undefined;
    return [...streams.values()].find((stream) => stream.hasIterator(iterator));
  };
  const safely = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (thrown) {
      if (onFailure === undefined) throw thrown;
      onFailure(thrown);
      return undefined;
    }
  };
  const sent = (call: ApiCall): CallWatch => {
    const ref = streamRefOf(call);
    // This tool's own producers record their own calls.
    const watch = call.tag === undefined ? safely(() => tapOf(call, ref)?.sent(call)) : undefined;
    return {
      ...watch,
      answered: (answer) => {
        safely(() => watch?.answered(answer));
        after?.(call, ref, answer);
      },
      event: (event) => safely(() => watch?.event?.(event)),
      ended: () => safely(() => watch?.ended?.()),
    };
  };
  return {
    observer: { ...(before === undefined ? {} : { before: (call) => before(call, streamRefBefore(call)) }), sent },
    begin: (ref, tap) => void streams.set(refKey(ref), tap),
    end: (tap) => {
      for (const [key, stream] of streams) if (stream === tap) streams.delete(key);
    },
    of: (ref) => streams.get(refKey(ref)),
  };
};
