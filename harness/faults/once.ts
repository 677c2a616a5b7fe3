import type { ArmedFault, Forward, ProxiedAnswer, ProxiedCall } from './fault.ts';

type Try = (call: ProxiedCall, forward: Forward, done: () => void) => Promise<ProxiedAnswer>;

/** A lie that is told once: `attempt` is asked for the calls that concern it until it says that it is done. */
export const once = (concerns: (call: ProxiedCall) => boolean, attempt: Try): ArmedFault => {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  return (call, forward) => (isDone || !concerns(call) ? forward(call.body) : attempt(call, forward, done));
};
