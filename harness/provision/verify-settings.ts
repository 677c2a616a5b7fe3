import type { ControlPlane, StreamSummary } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import type { Provisioned, ProvisionSpec } from './provisioner.ts';

export type Look = {
  readonly kinesis: ControlPlane;
  readonly spec: ProvisionSpec;
  readonly summary: StreamSummary;
  /** What claims that the stream has the requested settings: `CreateStream`, `stack … is CREATE_COMPLETE`. */
  readonly who: string;
};

/**
 * Compares the stream itself with the requested settings, because an engine may accept a setting and not apply it.
 * Rejects with HarnessError('target') if a setting differs that a run depends on (shards, mode, retention, record
 * size, distribution). A missing tag or encryption does not change the order and becomes a note.
 */
export const settingsOf = async ({ kinesis, spec, summary, who }: Look): Promise<Provisioned> => {
  const wrong = needed(summary, spec);
  if (wrong.length > 0)
    throw new HarnessError('target', `${who}, but its stream ${spec.name} has ${wrong.join('; ')}`, {
      hint: 'this engine does not carry out what was asked: leave it out of the scenario, or try the other way of --provision',
    });
  const tags = spec.tags === undefined ? [] : await missingTags(kinesis, spec.name, spec.tags);
  return { ...summary, name: spec.name, findings: [...encryption(summary, spec), ...tags] };
};

type Value = string | number | undefined;

const needed = (seen: StreamSummary, spec: ProvisionSpec): readonly string[] => {
  const pairs: readonly (readonly [string, Value, Value])[] = [
    ['mode', spec.mode, seen.mode],
    ['open shards', spec.mode === 'ON_DEMAND' ? undefined : spec.shards, seen.openShards],
    ['retention hours', spec.retentionHours, seen.retentionHours],
    ['MaxRecordSizeInKiB', spec.maxRecordSizeKiB, seen.maxRecordSizeKiB],
    ['RecordDistributionStrategy', spec.recordDistributionStrategy, seen.distribution],
  ];
  return pairs
    .filter(([, asked, is]) => asked !== undefined && asked !== is)
    .map(([what, asked, is]) => `${what} ${is ?? 'not reported'}, asked for ${asked}`);
};

const encryption = (seen: StreamSummary, { encryptionKey }: ProvisionSpec): readonly string[] =>
  encryptionKey === undefined || seen.encryptionKey !== undefined
    ? []
    : [`encryption by ${encryptionKey} was asked for, and the stream says that it has none`];

const missingTags = async (
  kinesis: ControlPlane,
  name: string,
  asked: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const known = await kinesis.listTags(name);
  return Object.entries(asked)
    .filter(([key, value]) => known[key] !== value)
    .map(
      ([key, value]) =>
        `tag ${key} was asked to be ${JSON.stringify(value)}, and is ${JSON.stringify(known[key] ?? null)}`,
    );
};
