import type { ArmedFault, FaultTools, Forward, ProxiedCall, Shape } from '../fault.ts';
import { alone, keysOf, type Place, placesIn, without, withPlace } from './entries.ts';
import { isPutOf } from './put-options.ts';

export type FalseAck = { readonly call: ProxiedCall; readonly forward: Forward; readonly entry: Shape };

export type FalseAckOptions = {
  readonly producer?: string | undefined;
  readonly call: number;
  /** Called once, with the entry that was not stored. */
  readonly onFalseAck: (falseAck: FalseAck) => void;
};

/**
 * Acknowledges one record without storing it. The acknowledged place is made up: directly after the last one of the
 * same key, so that only reading can show the lie. It fires once, at the first record from `call` on whose key was
 * stored before.
 */
export const falseAck = ({ onFalseAck, ...options }: FalseAckOptions, tools: FaultTools): ArmedFault => {
  const places = new Map<string, Place>();
  let isDone = false;
  const passOn: ArmedFault = async (call, forward) => {
    const answer = await forward(call.body);
    for (const [index, place] of placesIn(call.api, answer).entries())
      if (place !== undefined) places.set(keysOf(call)[index] ?? '', place);
    return answer;
  };
  return async (call, forward) => {
    if (call.kind !== 'put') return forward(call.body);
    const isMine = !isDone && call.call >= options.call && isPutOf(options, call, tools);
    const index = isMine ? keysOf(call).findIndex((key) => places.has(key)) : -1;
    const before = places.get(keysOf(call)[index] ?? '');
    if (before === undefined) return passOn(call, forward);
    isDone = true;
    const rest = without(call, index);
    const answer = rest === undefined ? undefined : await forward(rest);
    onFalseAck({ call, forward, entry: alone(call, index) });
    return withPlace(call.api, answer, index, behind(before));
  };
};

const behind = ({ ShardId, SequenceNumber }: Place): Place => ({
  ShardId,
  SequenceNumber: String(BigInt(SequenceNumber) + 1n),
});
