import type { Head } from '../model/event.ts';
import { type Limits, limitsOf } from '../model/limits.ts';

export type NamedLimits = { readonly profile: string; readonly limits: Limits };

/**
 * The limits that a history is compared with: AWS's current ones, unless the scenario in its head names another of
 * AWS's profiles, and the stream's own record size if the head has one. An engine's own profile says nothing about
 * AWS and is ignored.
 */
export const headroomLimits = (head: Head | undefined): NamedLimits => {
  const scenario = head?.scenario ?? {};
  const named = scenario['limits'];
  const profile = named === 'aws-2022' ? named : 'aws';
  const kib = recordSizeIn(head?.stream) ?? recordSizeIn(scenario['stream']);
  return { profile, limits: limitsOf(profile, kib === undefined ? {} : { maxRecordSizeInKiB: kib }) };
};

/** The record size of a stream in KiB; undefined if AWS does not have such a size, so that the default applies. */
const recordSizeIn = (stream: unknown): number | undefined => {
  const kib = (stream as { readonly maxRecordSizeKiB?: unknown } | undefined)?.maxRecordSizeKiB;
  return Number.isInteger(kib) && Number(kib) >= 1024 && Number(kib) <= 10_240 ? Number(kib) : undefined;
};
