import { assertOptions, type OptionNames } from '../lib/assert-options.ts';
import { HarnessError } from '../lib/error.ts';
import { isAnomalyId } from '../model/anomaly.ts';
import { type Expectations, questions } from '../model/expectations.ts';
import { ClientRecording } from './client-recording.ts';
import { type RecordedVerdict, recordedVerdict } from './recorded-verdict.ts';
import { isSdkClient, type SdkClient } from './sdk-client.ts';

export type RecordKinesisOptions = {
  /**
   * The identity of records: `json:/seq[,key=/k][,producer=/p]`, `re:REGEX`, `module:./file.mjs`, or `none` (default).
   */
  readonly id?: string;
  /** Names of the streams to record. Default: all. */
  readonly streams?: readonly string[];
  /** `pipeline` (default): is the order of each key kept? `service`: did AWS keep what it documents? */
  readonly question?: 'service' | 'pipeline';
  /** Overrides the default expectations of claims. */
  readonly expect?: Expectations;
  /** Also forbids the known deviations of the engine. */
  readonly strict?: boolean;
  /** Folder for the histories. Default `reports`. */
  readonly out?: string;
};

const optionNames: OptionNames<Required<RecordKinesisOptions>> = {
  id: true,
  streams: true,
  question: true,
  expect: true,
  strict: true,
  out: true,
};

export type KinesisRecording = {
  /** Folder of the histories. */
  readonly folder: string;
  /** Ends the recording, reads every stream to its end, and judges. Further calls return the same verdict. */
  readonly verdict: () => Promise<RecordedVerdict>;
};

/**
 * Records the Kinesis calls of clients of the AWS SDK v3, with their answers. Call it before the test, with one
 * client, a list of clients, or an object that names them. Throws HarnessError('usage') for invalid options.
 */
export const recordKinesis = (
  clients: SdkClient | readonly SdkClient[] | Readonly<Record<string, SdkClient>>,
  options: RecordKinesisOptions = {},
): KinesisRecording => {
  assertOptions<RecordKinesisOptions>('recordKinesis', options, optionNames);
  const { id = 'none', streams = [], question = 'pipeline', expect, strict = false, out = 'reports' } = options;
  assertJudging(question, expect);
  const recording = new ClientRecording({ clients: named(clients), id, streams, question, out });
  let judged: Promise<RecordedVerdict> | undefined;
  return {
    folder: recording.folder,
    verdict: () => {
      judged ??= recording.end().then((recorded) => recordedVerdict(recorded, recording.folder, { strict, expect }));
      return judged;
    },
  };
};

/** Throws for invalid options at the call of recordKinesis, not at the end of the test. */
const assertJudging = (question: string, expect: Expectations | undefined): void => {
  if (!questions.some((known) => known === question))
    throw new HarnessError('usage', `recordKinesis: there is no question ${JSON.stringify(question)}`, {
      hint: `possible: ${questions.join(', ')}`,
    });
  for (const [list, ids] of Object.entries(expect ?? {}))
    for (const id of ids ?? [])
      if (!isAnomalyId(id))
        throw new HarnessError('usage', `recordKinesis: expect.${list}: there is no anomaly ${JSON.stringify(id)}`, {
          hint: 'kinesis-order list checks prints all of them',
        });
};

type Named = { readonly name: string; readonly client: SdkClient };

const named = (clients: Parameters<typeof recordKinesis>[0]): readonly Named[] => {
  const list: readonly Named[] = isSdkClient(clients)
    ? [{ name: 'app', client: clients }]
    : Array.isArray(clients)
      ? clients.map((client: SdkClient, index) => ({ name: index === 0 ? 'app' : `app-${index + 1}`, client }))
      : Object.entries(clients as Readonly<Record<string, SdkClient>>).map(([name, client]) => ({ name, client }));
  if (list.length > 0 && list.every(({ client }) => isSdkClient(client))) return list;
  throw new HarnessError(
    'usage',
    'recordKinesis: expected a client of the AWS SDK v3, a list of them, or { name: client }',
    {
      hint: 'recordKinesis(new KinesisClient({ … })): a client has a middlewareStack',
    },
  );
};
