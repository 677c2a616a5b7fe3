import { z } from 'zod';
import { defineAct } from './act.ts';
import { actOptions, isOf } from './of-instance.ts';

/**
 * Sends SIGSTOP, and SIGCONT once another instance has started one of the paused one's shards. Imitates a long pause
 * of a JVM, or a machine that was unreachable.
 */
export const pauseConsumer = defineAct({
  type: 'pause-consumer',
  summary: 'an instance of a consumer under test is paused until another one has taken over one of its shards',
  options: z.strictObject({
    ...actOptions,
    /** The pause ends when this instance has taken over one of its shards. Default: any other instance. */
    untilOwner: z.string().min(1).optional(),
  }),
  make:
    ({ of, afterDelivered, untilOwner }) =>
    () => {
      const shards = new Set<string>();
      let paused: string | undefined;
      let isDone = false;
      return ({ instance, shard, delivered }, { pause, resume }, fired) => {
        if (isDone) return;
        if (paused !== undefined) {
          const isOther = instance !== paused && (untilOwner === undefined || isOf(instance, untilOwner));
          if (!isOther || !shards.has(shard)) return;
          isDone = true;
          fired({ of: paused, until: instance, shard });
          return resume(paused);
        }
        if (!isOf(instance, of)) return;
        shards.add(shard);
        if (delivered < afterDelivered) return;
        paused = instance;
        pause(instance);
      };
    },
});
