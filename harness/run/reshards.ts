import { setTimeout as wait } from 'node:timers/promises';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { failureOf } from '../kinesis/put-outcome.ts';
import { errorName } from '../kinesis/waits.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { EventBody, ShardInfo } from '../model/event.ts';
import { openShards } from '../model/open-shards.ts';
import type { ReshardPlan } from '../scenario/resolved.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive-options.ts';
import type { HoldBack } from './hold-back.ts';
import { recordTopology } from './topology.ts';

export type ReshardOptions = Pick<
  DriveOptions,
  'kinesis' | 'stream' | 'recorder' | 'target' | 'signal' | 'note' | 'reshardByStack'
> & {
  readonly counts: Pick<Counters, 'reached'>;
  /** Told of each reshard, so that producers hold records back for the time after it. */
  readonly holdBack?: Pick<HoldBack, 'begin' | 'end'>;
  /**
   * The client that reshards and waits, if it does not call the engine directly. The actual shards are read from the
   * engine itself.
   */
  readonly caller?: Kinesis | undefined;
  /** The client that lists the shards for the history, if it does not call the engine directly. */
  readonly lister?: Kinesis | undefined;
  readonly scenario: Pick<DriveOptions['scenario'], 'reshard'> & {
    readonly budget: Pick<DriveOptions['scenario']['budget'], 'reshardMs'>;
  };
};

/** Carries out the planned reshards in order, each after its count of acknowledged records, never by time. */
export const reshards = async (options: ReshardOptions): Promise<void> => {
  for (const [index, plan] of options.scenario.reshard.entries()) {
    await options.counts.reached(plan.afterAcked);
    if (options.signal.aborted) return;
    options.holdBack?.begin();
    await reshard(options, index + 1, plan);
    options.holdBack?.end();
  }
};

const reshard = async (options: ReshardOptions, id: number, plan: ReshardPlan): Promise<void> => {
  const { kinesis, stream, recorder, signal } = options;
  const step = stepOf(options, plan, openShards(await kinesis.listShards(stream)));
  recorder.write({ type: 'reshard', id, phase: 'invoke', ...step.fields });
  try {
    const refusal = await askedAgain(options, id, step);
    await untilActive(options);
    if (refusal === undefined) recorder.write({ type: 'reshard', id, phase: 'ok' });
    else noEffect(options, id, refusal);
  } catch (thrown) {
    // It is unknown if the reshard took effect. The next topology shows it.
    recorder.write({ type: 'reshard', id, phase: 'info', error: messageOf(thrown) });
    throw thrown;
  } finally {
    if (!signal.aborted) await recordTopology({ ...options, kinesis: options.lister ?? kinesis });
  }
};

const untilActive = async ({ kinesis, caller = kinesis, stream, scenario, target, signal }: ReshardOptions) => {
  await caller.waitActive(stream, scenario.budget.reshardMs * target.slowness, signal);
};

const refusals: ReadonlySet<string> = new Set(['LimitExceededException', 'ResourceInUseException']);

/**
 * Requests a reshard, several times if necessary. A reshard that the service refused has changed nothing: it is
 * requested again once the stream is ACTIVE. A reshard without an answer may have taken effect: it is requested again
 * only if the shards show that it has not. The client itself does not retry, because kinesalite splits a closed shard
 * once more. Returns why a successfully answered call had no effect.
 */
const askedAgain = async (options: ReshardOptions, id: number, step: Step): Promise<string | undefined | void> => {
  const left = { refused: 20, unanswered: 3 };
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    try {
      return await step.call();
    } catch (thrown) {
      const why = refusals.has(errorName(thrown)) ? 'refused' : isUnanswered(thrown) ? 'unanswered' : undefined;
      if (why === undefined || options.signal.aborted) throw thrown;
      left[why] -= 1;
      const isDone = await settled(options, step).catch(() => Promise.reject(thrown as Error));
      if (why === 'unanswered' && isDone) {
        options.note(`reshard ${id} was carried out, though its answer did not come: ${messageOf(thrown)}`);
        return undefined;
      }
      if (left[why] === 0) throw thrown;
      options.note(`reshard ${id} was ${why}, and asked for again: ${messageOf(thrown)}`);
      await wait(pauseMs, undefined, { signal: options.signal });
    }
  }
};

/**
 * True if the call may have been carried out: there was no answer, an answer with a status 5xx, or one that cannot be
 * parsed.
 */
const isUnanswered = (thrown: unknown): boolean => {
  if (!(thrown instanceof HarnessError) || !(thrown.cause instanceof Error)) return false;
  const { $metadata: { httpStatusCode: status = 0 } = {} } = thrown.cause as Partial<ServiceException>;
  return (status < 400 || status >= 500) && failureOf('reshard', thrown.cause).outcome === 'info';
};

type ServiceException = { readonly $metadata: { readonly httpStatusCode?: number } };

/** Waits until the stream is ACTIVE. True if its shards are as the reshard makes them. */
const settled = async (options: ReshardOptions, { isDone }: Step): Promise<boolean> => {
  await untilActive(options);
  return isDone(openShards(await options.kinesis.listShards(options.stream)));
};

/**
 * Records that the engine reported success and changed nothing. The run continues, and what the reshard was to show
 * stays unknown.
 */
const noEffect = ({ recorder, note }: ReshardOptions, id: number, refusal: string): void => {
  recorder.write({ type: 'reshard', id, phase: 'fail', error: 'NoEffect', message: refusal });
  note(`reshard ${id}: ${refusal}`);
};

type Fields = Pick<
  Extract<EventBody, { type: 'reshard' }>,
  'action' | 'shards' | 'newStartingHashKey' | 'target' | 'via'
>;
type Step = {
  readonly fields: Fields;
  /** Returns why a successfully answered call had no effect. */
  readonly call: () => Promise<string | undefined | void>;
  /** True if these are the open shards after the reshard. */
  readonly isDone: (open: readonly ShardInfo[]) => boolean;
};

/** A split or a merge is done when its shards are closed. */
const areClosed =
  (...shards: readonly string[]): Step['isDone'] =>
  (open) =>
    !open.some(({ shard }) => shards.includes(shard));

/**
 * Updates the stack and then describes the stream. The history names it UpdateShardCount, which is the call that a
 * stack update makes.
 */
const stackStep = (options: ReshardOptions, target: number, before: number): Step => ({
  fields: { action: 'UpdateShardCount', target, via: 'UpdateStack' },
  isDone: ({ length }) => length === target,
  call: async () => {
    const { reshardByStack, note } = options;
    if (reshardByStack === undefined)
      throw new HarnessError('usage', 'reshard: UpdateStack: no stack made this stream');
    const { said, openShards: after } = await reshardByStack(target);
    const told = `the stack says ${said}, the stream has ${after} open shards and was to have ${target}`;
    if (after === target) return undefined;
    if (after === before) return `${told}: the engine did not carry the update out`;
    note(told);
    return undefined;
  },
});

const stepOf = (options: ReshardOptions, plan: ReshardPlan, open: readonly ShardInfo[]): Step => {
  if (plan.action === 'UpdateStack') return stackStep(options, plan.target, open.length);
  const { kinesis, caller = kinesis, stream } = options;
  if (plan.action === 'UpdateShardCount') {
    return {
      fields: { action: plan.action, target: plan.target },
      call: () => caller.updateShardCount(stream, plan.target),
      isDone: ({ length }) => length === plan.target,
    };
  }
  const at = typeof plan.shard === 'number' ? plan.shard : open.findIndex(({ shard: name }) => name === plan.shard);
  const shard = open[at];
  if (shard === undefined)
    throw new HarnessError('usage', `reshard: there is no open shard ${plan.shard}; the stream has ${open.length}`, {
      hint: `open are ${open.map(({ shard: name }) => name).join(', ')}`,
    });
  if (plan.action === 'SplitShard') {
    const middle = String((BigInt(shard.range[0]) + BigInt(shard.range[1]) + 1n) / 2n);
    return {
      fields: { action: plan.action, shards: [shard.shard], newStartingHashKey: middle },
      call: () => caller.splitShard(stream, shard.shard, middle),
      isDone: areClosed(shard.shard),
    };
  }
  const neighbour = open[at + 1];
  if (neighbour === undefined)
    throw new HarnessError('usage', `reshard: open shard ${plan.shard} has no neighbour above it to merge with`);
  return {
    fields: { action: plan.action, shards: [shard.shard, neighbour.shard] },
    call: () => caller.mergeShards(stream, shard.shard, neighbour.shard),
    isDone: areClosed(shard.shard, neighbour.shard),
  };
};
