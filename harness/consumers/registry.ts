import { type ByType, byType, type InputsOf } from '../lib/variant.ts';
import * as builders from './builders.ts';
import type { Consumer, Named } from './consumer.ts';

/** The reading strategies, by the `type` that a scenario gives. */
export const consumers: ByType<typeof builders> = byType(builders) satisfies Record<string, Consumer>;

/** A consumer of this tool's own, as a scenario holds it. */
export type ConsumerInput = InputsOf<ByType<typeof builders>> & Named;
