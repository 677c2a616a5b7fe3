import type { ControlPlane, StreamSummary } from '../kinesis/kinesis.ts';
import { errorName } from '../kinesis/waits.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { tagKey } from './names.ts';
import type { Provisioner, ProvisionSpec } from './provisioner.ts';
import { settingsOf } from './verify-settings.ts';
import { waitForSlot } from './wait-for-slot.ts';

/**
 * Errors after which a creation is repeated. Only five streams may be CREATING at once, on AWS and on most engines, so
 * several runs wait for a slot.
 */
const noRoom = ['LimitExceededException'] as const;

/**
 * Provisions streams by the Kinesis API itself. Settings that CreateStream does not accept are set afterwards, each
 * when the stream is ACTIVE again.
 */
export const apiProvisioner = (kinesis: ControlPlane): Provisioner => ({
  create: async (spec, deadlineMs, signal) => {
    const { name, run } = spec;
    const tags = { ...spec.tags, [tagKey]: run };
    await waitForSlot({ notNow: noRoom, deadlineMs, signal }, () => kinesis.createStream({ ...spec, tags }));
    const waiting = { kinesis, name, deadlineMs, signal };
    await kinesis.waitActive(name, deadlineMs, signal);
    const summary = await settings(waiting, spec);
    await assureTags(kinesis, name, tags);
    return settingsOf({ kinesis, spec, summary, who: 'CreateStream was answered' });
  },
  remove: (name, deadlineMs) => removeStream(kinesis, name, deadlineMs),
});

/**
 * Deletes a stream. Resolves when the stream is gone, whoever deleted it. While the stream is being created or
 * changed, the call is repeated until the deadline.
 */
export const removeStream = async (
  kinesis: Pick<ControlPlane, 'deleteStream' | 'waitGone'>,
  name: string,
  deadlineMs: number,
): Promise<void> => {
  try {
    await waitForSlot({ notNow: [...noRoom, 'ResourceInUseException'], deadlineMs }, () => kinesis.deleteStream(name));
  } catch (thrown) {
    if (errorName(thrown) === 'ResourceNotFoundException') return;
    throw thrown;
  }
  await kinesis.waitGone(name, deadlineMs);
};

type Waiting = {
  readonly kinesis: ControlPlane;
  readonly name: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
};

/** Applies the settings one after the other: a stream that is UPDATING refuses the next change. */
const settings = async (
  { kinesis, name, deadlineMs, signal }: Waiting,
  { retentionHours: hours, encryptionKey: key, maxRecordSizeKiB: kib }: ProvisionSpec,
): Promise<StreamSummary> => {
  const active = (): Promise<StreamSummary> => kinesis.waitActive(name, deadlineMs, signal);
  let seen = await kinesis.describe(name);
  if (hours !== undefined && hours > seen.retentionHours) {
    await asked('retentionHours', kinesis.increaseRetention(name, hours));
    seen = await active();
  }
  // Some engines accept MaxRecordSizeInKiB in CreateStream and forget it.
  if (kib !== undefined && kib !== seen.maxRecordSizeKiB) {
    await asked('maxRecordSizeKiB', kinesis.updateMaxRecordSize(seen.arn, kib));
    seen = await active();
  }
  if (key === undefined || seen.encryptionKey !== undefined) return seen;
  await asked('encryptionKey', kinesis.startEncryption(name, key));
  return active();
};

/** Awaits a setting. Not every engine has every setting, so the error names the scenario's field. */
const asked = async (field: string, call: Promise<void>): Promise<void> => {
  try {
    await call;
  } catch (thrown) {
    throw new HarnessError('target', `stream.${field}: ${messageOf(thrown)}`, {
      hint: `leave stream.${field} out where an engine does not know it`,
      cause: thrown,
    });
  }
};

/**
 * Sets missing tags, because some engines accept tags in CreateStream and forget them, and `clean` needs them.
 * Failures are ignored.
 */
export const assureTags = async (
  kinesis: ControlPlane,
  name: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  const known = await kinesis.listTags(name).catch(() => ({}) as Readonly<Record<string, string>>);
  if (Object.entries(tags).some(([key, value]) => known[key] !== value))
    await kinesis.addTags(name, tags).catch(() => undefined);
};
