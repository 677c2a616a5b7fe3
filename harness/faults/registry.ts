import type { ByType, InputsOf } from '../lib/variant.ts';
import { adversary } from './adversary.ts';
import type * as builders from './builders.ts';
import type { Fault } from './fault.ts';
import { legalFaults } from './legal-faults.ts';
import { lies } from './lies.ts';

/** Faults by the name that a scenario gives as `type` and a history as `fault`. */
export const faults = { ...legalFaults, ...lies, adversary } as const satisfies Record<string, Fault>;

/** A fault as a scenario holds it. */
export type FaultInput = InputsOf<ByType<typeof builders>>;
