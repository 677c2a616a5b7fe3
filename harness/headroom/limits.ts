import type { Head } from '../model/event.ts';
import { type Limits, limitsOf } from '../model/limits.ts';

export type NamedLimits = { readonly profile: string; readonly limits: Limits };

/**
 * What a history is held against: AWS as it is today, unless the scenario in its head names another of AWS's profiles,
 * with the stream's own record size where the head tells one. An engine's own profile says nothing of AWS, and is not
 * asked.
 */
export const headroomLimits = (head: Head | undefined): NamedLimits => {
  const scenario = head?.scenario ?? {};
  const named = scenario['limits'];
  const profile = named === 'aws-2022' ? named : 'aws';
  const kib = recordSizeIn(head?.stream) ?? recordSizeIn(scenario['stream']);
  return { profile, limits: limitsOf(profile, kib === undefined ? {} : { maxRecordSizeInKiB: kib }) };
};

/** A size that AWS does not know cannot be held against: then its default stands. */
const recordSizeIn = (stream: unknown): number | undefined => {
  const kib = (stream as { readonly maxRecordSizeKiB?: unknown } | undefined)?.maxRecordSizeKiB;
  return Number.isInteger(kib) && Number(kib) >= 1024 && Number(kib) <= 10_240 ? Number(kib) : undefined;
};
