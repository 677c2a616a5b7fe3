import { z } from 'zod';
import { defineAct } from './act.ts';
import { actOptions, isOf } from './of-instance.ts';

/** Ends an instance by a signal and starts it again, as a deployment does. */
export const restartConsumer = defineAct({
  type: 'restart-consumer',
  summary: 'an instance of a consumer under test is stopped with a signal, and restarted',
  options: z.strictObject(actOptions),
  make:
    ({ of, afterDelivered }) =>
    () => {
      let isDone = false;
      return ({ instance, event, delivered }, { restart }, fired) => {
        if (isDone || event !== 'deliver' || !isOf(instance, of) || delivered < afterDelivered) return;
        isDone = true;
        fired({ of: instance, delivered });
        restart(instance, true);
      };
    },
});
