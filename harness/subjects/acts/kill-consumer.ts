import { z } from 'zod';
import { defineAct } from './act.ts';
import { actOptions, isOf } from './of-instance.ts';

/**
 * Sends SIGKILL to an instance and all that it started. A single instance is started again; of several, the others
 * have to take over.
 */
export const killConsumer = defineAct({
  type: 'kill-consumer',
  summary: 'an instance of a consumer under test is killed, with its child processes; a single instance is restarted',
  options: z.strictObject({
    ...actOptions,
    /** Starts it again. Default: only if it is the only instance. */
    restart: z.boolean().optional(),
  }),
  make:
    ({ of, afterDelivered, restart }) =>
    () => {
      let isDone = false;
      return ({ instance, event, delivered }, { kill, restart: again, instances }, fired) => {
        if (isDone || event !== 'deliver' || !isOf(instance, of) || delivered < afterDelivered) return;
        isDone = true;
        const isAgain = restart ?? instances.length === 1;
        fired({ of: instance, delivered, restart: isAgain });
        if (isAgain) again(instance, false);
        else kill(instance);
      };
    },
});
