import { type ByType, byType, type InputsOf } from '../../lib/variant.ts';
import type { Act } from './act.ts';
import * as builders from './builders.ts';

/** The acts of a scenario, by the `type` that it gives among its faults. */
export const acts: ByType<typeof builders> = byType(builders) satisfies Record<string, Act>;

/** An act as a scenario holds it. */
export type ActInput = InputsOf<ByType<typeof builders>>;
