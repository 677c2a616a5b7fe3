import pLimit from 'p-limit';
import type { RawCall } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import { Outcome, setUp } from './outcome.ts';
import type { Probe, StreamOptions } from './probe.ts';
import { type ProbeStream, probeStream, type StreamTools, untilActive } from './stream.ts';

/** Creates the streams of the probes, never more at once than a service allows, and removes all of them. */
export type StreamPool = {
  readonly stream: (name: string, tools: StreamTools, options?: StreamOptions) => Promise<ProbeStream>;
  readonly freeName: () => string;
  /**
   * Deletes the streams with these names. Resolves when the service has accepted the calls, or the streams are gone.
   */
  readonly remove: (names: readonly string[]) => Promise<void>;
};

/** AWS and its emulators allow five streams in CREATING; one is left for other users of the engine. */
const creatingMax = 4;
const retryMs = 150;

export const streamPool = (call: RawCall, options: { readonly run: string; readonly clock: Clock }): StreamPool => {
  const creating = pLimit(creatingMax);
  let made = 0;
  const freeName = (): string => {
    made += 1;
    return `kinesis-order-${options.run}-${made}`;
  };
  return {
    freeName,
    stream: (name, tools, wanted = {}) => creating(() => create(name, tools, wanted)),
    remove: async (names) => {
      await Promise.all(names.map((name) => remove(call, name, options.clock)));
    },
  };
};

/** With this tag `clean` recognises the streams if this process is killed. */
const tags = { 'kinesis-order': 'conformance' };

const create = async (name: string, tools: StreamTools, wanted: StreamOptions): Promise<ProbeStream> => {
  const { shards = 1, mode = 'PROVISIONED', maxRecordSizeInKiB } = wanted;
  const input = {
    StreamName: name,
    Tags: tags,
    ...(mode === 'ON_DEMAND' ? {} : { ShardCount: shards }),
    ...(mode === 'ON_DEMAND' ? { StreamModeDetails: { StreamMode: mode } } : {}),
    ...(maxRecordSizeInKiB === undefined ? {} : { MaxRecordSizeInKiB: maxRecordSizeInKiB }),
  };
  await untilTaken(tools, input);
  await untilActive(name, tools);
  // Older engines ignore the Tags of CreateStream. A refusal here is not what this probe tests.
  await tools.call('AddTagsToStream', { StreamName: name, Tags: tags });
  const output = setUp(await tools.call('DescribeStreamSummary', { StreamName: name }), 'DescribeStreamSummary');
  const summary = output.StreamDescriptionSummary;
  if (maxRecordSizeInKiB !== undefined && summary?.MaxRecordSizeInKiB !== maxRecordSizeInKiB) {
    throw new Outcome(
      'not there',
      `CreateStream took MaxRecordSizeInKiB ${maxRecordSizeInKiB} and the stream says nothing of it`,
    );
  }
  return probeStream(name, String(summary?.StreamARN), tools);
};

/** Creates a stream. Others may create streams, too, so it retries after LimitExceededException until the deadline. */
const untilTaken = async (tools: StreamTools, input: Record<string, unknown>): Promise<void> => {
  for (;;) {
    const answer = await tools.call('CreateStream', input);
    if (!answer.ok && answer.error === 'ValidationException' && input['StreamModeDetails'] !== undefined) {
      throw new Outcome('not there', `CreateStream knows no ON_DEMAND mode: ${answer.message.slice(0, 200)}`);
    }
    if (answer.ok || answer.error !== 'LimitExceededException') {
      setUp(answer, 'CreateStream');
      return;
    }
    await tools.clock.sleep(retryMs, tools.signal);
  }
};

const removeTriesMax = 40;

const remove = async (call: RawCall, name: string, clock: Clock): Promise<void> => {
  for (let tries = 0; tries < removeTriesMax; tries += 1) {
    const answer = await call('DeleteStream', { StreamName: name, EnforceConsumerDeletion: true });
    // Still CREATING or UPDATING, or too many at once: retry. Other errors will not change.
    if (answer.ok || !['ResourceInUseException', 'LimitExceededException'].includes(answer.error)) return;
    await clock.sleep(retryMs);
  }
};

/** The tools of one probe, and the names of the streams to remove when it is over. */
export const probeOf = (
  kept: StreamPool,
  tools: StreamTools & Pick<Probe, 'random'>,
): { readonly probe: Probe; readonly names: readonly string[] } => {
  const names: string[] = [];
  const freeName = (wanted?: string): string => {
    const name = wanted ?? kept.freeName();
    names.push(name);
    return name;
  };
  const stream = async (options?: StreamOptions): Promise<ProbeStream> => {
    if (tools.signal.aborted) throw new Outcome('no answer', 'the deadline came before the stream was made');
    return kept.stream(freeName(), tools, options);
  };
  return { probe: { ...tools, stream, freeName }, names };
};
