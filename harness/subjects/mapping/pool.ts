import type { Environment } from './environment.ts';
import type { LambdaEvent } from './lambda-event.ts';
import type { Outcome } from './read-answer.ts';

/**
 * Runs concurrent invocations, each in its own environment. An idle environment is used again, as Lambda does. So a
 * handler's state outlives an event, but belongs to no lane.
 */
export type Pool = {
  /** Starts the first environment, whose errors show what is wrong with the handler itself. */
  readonly start: () => Promise<void>;
  readonly invoke: (event: LambdaEvent) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

/**
 * The most environments; further invocations wait. Lambda's account limit is 1,000, but threads and processes of one
 * machine cost more.
 */
const environmentsMax = 16;

export const environmentPool = (make: (index: number) => Environment): Pool => {
  const all: Environment[] = [];
  const idle: Environment[] = [];
  const waiting: ((environment: Environment) => void)[] = [];
  const another = (): Environment => {
    const made = make(all.length);
    all.push(made);
    return made;
  };
  const acquire = (): Environment | Promise<Environment> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (all.length < environmentsMax) return another();
    return new Promise((resolve) => waiting.push(resolve));
  };
  const release = (environment: Environment): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(environment);
    else next(environment);
  };
  return {
    start: async () => {
      const first = another();
      await first.start();
      idle.push(first);
    },
    invoke: async (event) => {
      const environment = await acquire();
      try {
        return await environment.invoke(event);
      } finally {
        release(environment);
      }
    },
    close: async () => {
      await Promise.all(all.map((environment) => environment.close()));
    },
  };
};
