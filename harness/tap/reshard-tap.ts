import { textIn } from '../lib/text-in.ts';
import type { EventBody } from '../model/event.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import { shortMessage } from '../model/short-message.ts';
import { isWithoutEffect } from '../model/sure-errors.ts';
import type { ApiCall, CallWatch } from './call.ts';

type ReshardFields = Pick<
  Extract<EventBody, { type: 'reshard' }>,
  'action' | 'shards' | 'newStartingHashKey' | 'target'
>;

/** The fields of SplitShard, MergeShards and UpdateShardCount in the history; undefined for any other call. */
export const reshardFields = ({ operation, input }: ApiCall): ReshardFields | undefined => {
  const shard = textIn(input, 'ShardToSplit') ?? textIn(input, 'ShardToMerge') ?? '';
  if (operation === 'SplitShard') {
    const at = textIn(input, 'NewStartingHashKey');
    return {
      action: 'SplitShard',
      shards: [shard],
      ...(isSequenceNumber(at) ? { newStartingHashKey: at } : {}),
    };
  }
  if (operation === 'MergeShards')
    return { action: 'MergeShards', shards: [shard, textIn(input, 'AdjacentShardToMerge') ?? ''] };
  const target = input['TargetShardCount'];
  if (operation !== 'UpdateShardCount') return undefined;
  return { action: 'UpdateShardCount', ...(typeof target === 'number' ? { target } : {}) };
};

export type ReshardTapOptions = {
  readonly write: (event: EventBody) => number;
  readonly nextReshard: () => number;
  /**
   * Called when the call was accepted, or may have been: waits until the stream is ACTIVE, and lists its shards.
   * Rejects if that fails.
   */
  readonly settled: () => Promise<void>;
};

/**
 * Writes a reshard that a client requested: `invoke` when it is sent, `ok` when the stream is ACTIVE again, `fail` if
 * it had no effect, `info` if its outcome is unknown.
 */
export const watchReshard = ({ write, nextReshard, settled }: ReshardTapOptions, fields: ReshardFields): CallWatch => {
  const id = nextReshard();
  write({ type: 'reshard', id, phase: 'invoke', ...fields });
  const over = (phase: 'ok' | 'info', error?: string): void =>
    void write({ type: 'reshard', id, phase, ...(error === undefined ? {} : { error }) });
  return {
    answered: (answer) => {
      if (answer.kind === 'error' && isWithoutEffect(answer.code, answer.status)) {
        const message = answer.message === undefined ? {} : { message: shortMessage(answer.message) };
        write({ type: 'reshard', id, phase: 'fail', error: answer.code, ...message });
        return;
      }
      const error = answer.kind === 'error' ? answer.code : answer.kind === 'lost' ? 'NoAnswer' : undefined;
      settled().then(
        () => over(error === undefined ? 'ok' : 'info', error),
        (thrown: unknown) => over('info', thrown instanceof Error ? shortMessage(thrown.message) : 'unknown'),
      );
    },
  };
};
