import type { StreamSummary } from '../kinesis/kinesis.ts';
import { versions } from '../lib/own-version.ts';
import type { Head } from '../model/event.ts';
import { distributionUnder } from '../run/arm.ts';
import { headIdentity } from '../tap/identity/identify.ts';
import type { RecordOptions } from './options.ts';

export type RecordHeadOptions = Pick<
  RecordOptions,
  'run' | 'target' | 'clock' | 'question' | 'identity' | 'faults' | 'reshard' | 'recorder'
> & {
  readonly stream: string;
  readonly summary: StreamSummary;
  readonly recorded: NonNullable<Head['recorded']>;
  readonly isShared: boolean;
  readonly isResharded: boolean;
  readonly skewMs: number | undefined;
};

/**
 * The first line of a history of the user's program. It contains neither the program's arguments nor its environment.
 */
export const recordHead = (options: RecordHeadOptions): Head => {
  const { run, target, clock, question, identity, faults, summary, stream, isShared, skewMs = 0 } = options;
  return {
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run,
    startedAt: new Date(clock.wallMs() - clock.now() / 1000).toISOString(),
    recorded: options.recorded,
    stream: {
      name: stream,
      mode: summary.mode,
      distribution: distributionUnder(faults) ?? summary.distribution,
      retentionHours: summary.retentionHours,
      ...(summary.maxRecordSizeKiB === undefined ? {} : { maxRecordSizeKiB: summary.maxRecordSizeKiB }),
      shared: isShared,
    },
    target: { engine: target.engine, version: target.version, deviations: target.deviations },
    tolerances: { settleMs: 5000, skewMs: 1000 + Math.abs(skewMs) },
    question,
    recorder: options.recorder ?? 'proxy',
    identity: headIdentity(identity),
    scenario: { name: stream, faults, reshard: options.isResharded ? options.reshard : [] },
    versions: versions(),
  };
};
