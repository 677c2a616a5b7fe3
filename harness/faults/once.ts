import type { ArmedFault, Forward, ProxiedAnswer, ProxiedCall } from './fault.ts';

type Try = (call: ProxiedCall, forward: Forward, done: () => void) => Promise<ProxiedAnswer>;

/** A fault that fires once: calls that it concerns go to `attempt`, until `attempt` calls `done`. */
export const once = (concerns: (call: ProxiedCall) => boolean, attempt: Try): ArmedFault => {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  return (call, forward) => (isDone || !concerns(call) ? forward(call.body) : attempt(call, forward, done));
};
