import type { Named } from '../consumers/consumer.ts';
import { type ByType, byType, type InputsOf } from '../lib/variant.ts';
import * as builders from './builders.ts';
import type { Subject } from './subject.ts';

/** Consumers under test, by the name that a scenario gives as `type`. */
export const subjects: ByType<typeof builders> = byType(builders) satisfies Record<string, Subject>;

/** A consumer under test, as a scenario holds it. */
export type SubjectInput = InputsOf<ByType<typeof builders>> & Named;
