import { type ByType, byType, type InputsOf } from '../lib/variant.ts';
import { adversary } from './adversary.ts';
import * as builders from './builders.ts';
import type { Fault, FiringPoint } from './fault.ts';

/** All faults. The adversary draws from the builders, so it cannot be one of them. */
const all = { ...builders, adversary };

/** The faults, by the `type` that a scenario gives and the `fault` of a history. */
export const faults: ByType<typeof all> = byType(all) satisfies Record<string, Fault>;

/** A fault as a scenario holds it. */
export type FaultInput = InputsOf<ByType<typeof all>>;

const points: readonly FiringPoint[] = ['put', 'read', 'reshard', 'list', 'any'];
const variants: readonly Fault[] = Object.values<Fault>(faults).toSorted(
  (a, b) => points.indexOf(a.at) - points.indexOf(b.at),
);

/** The faults that AWS allows, those of puts first, without the adversary. */
export const legalFaults = variants.filter(({ legal, type }) => legal !== undefined && type !== adversary.type);

/** The faults that AWS rules out. They test the judge, and people's monitoring. */
export const lies = variants.filter(({ planted }) => planted !== undefined);
