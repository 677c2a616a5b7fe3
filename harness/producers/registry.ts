import { type ByType, byType, type InputsOf } from '../lib/variant.ts';
import * as builders from './builders.ts';
import type { Named, Producer } from './producer.ts';

/** The sending strategies, by the `type` that a scenario gives. */
export const producers: ByType<typeof builders> = byType(builders) satisfies Record<string, Producer>;

/** A producer as a scenario holds it. */
export type ProducerInput = InputsOf<ByType<typeof builders>> & Named;
