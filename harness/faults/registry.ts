import { type ByType, byType, type InputsOf } from '../lib/variant.ts';
import { adversary } from './adversary.ts';
import * as builders from './builders.ts';
import type { Fault, FiringPoint } from './fault.ts';

/** The list, and the adversary, which draws from the list and so cannot stand in it. */
const all = { ...builders, adversary };

/** Faults by the name that a scenario gives as `type` and a history as `fault`. */
export const faults: ByType<typeof all> = byType(all) satisfies Record<string, Fault>;

/** A fault as a scenario holds it. */
export type FaultInput = InputsOf<ByType<typeof all>>;

const points: readonly FiringPoint[] = ['put', 'read', 'reshard', 'list', 'any'];
const variants: readonly Fault[] = Object.values<Fault>(faults).toSorted(
  (a, b) => points.indexOf(a.at) - points.indexOf(b.at),
);

/** What a client may legally meet, faults of puts first. */
export const legalFaults = variants.filter(({ legal, type }) => legal !== undefined && type !== adversary.type);

/** What AWS rules out, planted to test the judge and people's monitoring. */
export const lies = variants.filter(({ planted }) => planted !== undefined);
