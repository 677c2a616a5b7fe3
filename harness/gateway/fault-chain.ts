import type { ArmedFault, FaultTools, Forward, ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import { laterCalls } from './later-calls.ts';

export type ArmedByName = {
  readonly id: number;
  readonly fault: string;
  readonly arm: (tools: FaultTools) => ArmedFault;
};

export type Fired = {
  readonly id: number;
  readonly fault: string;
  /** The op of the history. Absent where nobody numbered the call. */
  readonly op?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** Faults around calls: each wraps the next, and the innermost sends. It knows no fault by name. */
export type FaultChain = {
  /** False where no fault is armed, or all are healed: then a call passes as it is. */
  readonly isArmed: () => boolean;
  readonly pass: (call: ProxiedCall, forward: Forward) => Promise<ProxiedAnswer>;
  /** A put call was answered: held calls wait for later ones. */
  readonly answered: (call: Pick<ProxiedCall, 'producer' | 'call'>) => void;
  /** Work that `heal` waits for. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /** Lets go what is held. No fault fires any more. */
  readonly release: () => void;
  /** Resolves when nothing is in the background. */
  readonly idle: () => Promise<void>;
  readonly pending: () => number;
};

export const faultChain = (faults: readonly ArmedByName[], onFired: (fired: Fired) => void): FaultChain => {
  const later = laterCalls();
  const background = new Set<Promise<unknown>>();
  const inBackground = (work: Promise<unknown>): void => {
    const caught = work.catch(() => undefined).finally(() => background.delete(caught));
    background.add(caught);
  };
  const toolsOf = ({ id, fault }: ArmedByName): FaultTools => ({
    fired: ({ op }, detail) =>
      onFired({ id, fault, ...(op === undefined ? {} : { op }), ...(detail === undefined ? {} : { detail }) }),
    afterLater: later.after,
    inBackground,
  });
  let armed = faults.map((fault) => fault.arm(toolsOf(fault)));
  return {
    isArmed: () => armed.length > 0,
    pass: (call, forward) =>
      armed.reduceRight<Forward>((next, fault) => (body) => fault({ ...call, body }, next), forward)(call.body),
    answered: later.answered,
    inBackground,
    release: () => {
      armed = [];
      later.release();
    },
    idle: async () => {
      while (background.size > 0) await Promise.all(background);
    },
    pending: () => background.size,
  };
};
