import type { Kinesis } from '../kinesis/kinesis.ts';
import { rawOperations } from '../kinesis/raw.ts';
import { namePrefix } from '../provision/names.ts';
import type { Stacks } from '../provision/stacks.ts';

/**
 * The rights that each verb needs on AWS, from the calls that the code makes. Every method that calls a service has
 * its actions here (the compiler demands them), and every verb the methods that it uses. Tests compare both with the
 * calls that are really sent. `docs/iam.md` is rendered from this file.
 */
type Method = Exclude<keyof Kinesis, 'close'>;
type StackMethod = Exclude<keyof Stacks, 'close'>;

const kinesisActions = {
  addTags: ['AddTagsToStream'],
  // Tags in CreateStream need the right to add them (API reference, CreateStream).
  createStream: ['CreateStream', 'AddTagsToStream'],
  deleteStream: ['DeleteStream'],
  describe: ['DescribeStreamSummary'],
  getRecords: ['GetRecords'],
  registerConsumer: ['DescribeStreamSummary', 'RegisterStreamConsumer', 'DescribeStreamConsumer'],
  deregisterConsumer: ['DeregisterStreamConsumer'],
  subscribe: ['SubscribeToShard'],
  getShardIterator: ['GetShardIterator'],
  increaseRetention: ['IncreaseStreamRetentionPeriod'],
  listShards: ['ListShards'],
  listStreams: ['ListStreams'],
  listTags: ['ListTagsForStream'],
  mergeShards: ['MergeShards'],
  putRecord: ['PutRecord'],
  putRecords: ['PutRecords'],
  splitShard: ['SplitShard'],
  startEncryption: ['StartStreamEncryption'],
  updateMaxRecordSize: ['UpdateMaxRecordSize'],
  updateShardCount: ['UpdateShardCount'],
  waitActive: ['DescribeStreamSummary'],
  waitGone: ['DescribeStreamSummary'],
} as const satisfies Record<Method, readonly string[]>;

const stackActions = {
  create: ['CreateStack', 'TagResource'],
  find: ['DescribeStacks'],
  firstFailure: ['DescribeStackEvents'],
  list: ['ListStacks'],
  remove: ['DeleteStack'],
  resource: ['DescribeStackResource'],
  update: ['UpdateStack', 'TagResource'],
} as const satisfies Record<StackMethod, readonly string[]>;

/** Actions without a resource: AWS requires `*` for them. */
const ofNoResource: ReadonlySet<string> = new Set(['DescribeLimits', 'ListStacks', 'ListStreams']);

export type Verb = {
  readonly verb: string;
  readonly note: string;
  readonly stream: string;
  readonly kinesis: readonly string[];
  readonly cloudformation: readonly string[];
};

/** Few scenarios subscribe, so these rights are listed separately. */
const fanOut = ['deregisterConsumer', 'registerConsumer', 'subscribe'] as const satisfies readonly Method[];
const methods = (Object.keys(kinesisActions) as readonly Method[]).filter(
  (name) => !fanOut.some((one) => one === name),
);
const of = (...names: readonly Method[]): readonly string[] => unique(names.flatMap((name) => kinesisActions[name]));
const stacks = (...names: readonly StackMethod[]): readonly string[] =>
  unique(names.flatMap((name) => stackActions[name]));
const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const own = `${namePrefix}*`;
/** Calls before the first run on a target. */
const preflight = ['DescribeLimits', 'ListStreams'] as const;

export const verbs: readonly Verb[] = [
  {
    verb: 'run --provision api',
    note: 'Streams made by the Kinesis API.',
    stream: own,
    kinesis: unique([...of(...methods), ...preflight]),
    cloudformation: [],
  },
  {
    verb: 'run',
    note: 'Streams made by CloudFormation, which acts with the caller’s rights: so the rights on streams are needed too, and those on other resources in a template of your own.',
    stream: own,
    kinesis: unique([...of(...methods), ...preflight]),
    cloudformation: stacks('create', 'update', 'remove', 'find', 'resource', 'firstFailure'),
  },
  {
    verb: 'run, stream.existing',
    note: 'Put the name of the stream in place of `STREAM`. A scenario that says `mayReshard` needs `MergeShards`, `SplitShard` or `UpdateShardCount` as well.',
    stream: 'STREAM',
    kinesis: unique([
      ...of('describe', 'listShards', 'putRecord', 'putRecords', 'getShardIterator', 'getRecords', 'listStreams'),
      ...preflight,
    ]),
    cloudformation: [],
  },
  {
    verb: 'run, subscribeToShard',
    note: 'Beside the rights of `run`, where a scenario has a consumer `subscribeToShard`.',
    stream: own,
    kinesis: of(...fanOut),
    cloudformation: [],
  },
  {
    verb: 'clean',
    note: 'Looks at every stack and every stream by name, and at the tags of those that are named like its own.',
    stream: own,
    kinesis: of('listStreams', 'listTags', 'deleteStream', 'waitGone'),
    cloudformation: stacks('list', 'find', 'remove', 'firstFailure'),
  },
  {
    verb: 'doctor --target aws',
    note: 'Makes nothing.',
    stream: own,
    kinesis: preflight,
    cloudformation: [],
  },
  {
    verb: 'conformance --target aws',
    note: 'Calls all of the API, on streams of its own.',
    stream: own,
    kinesis: unique(rawOperations),
    cloudformation: [],
  },
];

type Statement = {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
};
export type Policy = { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] };

export const policyOf = ({ stream, kinesis, cloudformation }: Verb): Policy => {
  const consumers = kinesis.includes('RegisterStreamConsumer');
  const arn = `arn:aws:kinesis:*:*:stream/${stream}`;
  return {
    Version: '2012-10-17',
    Statement: [
      ...allow('kinesis', kinesis, false, consumers ? [arn, `${arn}/consumer/*`] : arn),
      ...allow('cloudformation', cloudformation, false, `arn:aws:cloudformation:*:*:stack/${stream}`),
      ...allow('kinesis', kinesis, true, '*'),
      ...allow('cloudformation', cloudformation, true, '*'),
    ],
  };
};

const allow = (
  service: string,
  actions: readonly string[],
  isOfNone: boolean,
  Resource: Statement['Resource'],
): readonly Statement[] => {
  const Action = actions
    .filter((action) => ofNoResource.has(action) === isOfNone)
    .map((action) => `${service}:${action}`);
  return Action.length === 0 ? [] : [{ Effect: 'Allow', Action, Resource }];
};

/** The body of docs/iam.md: one policy for each verb. */
export const renderRights = (): string =>
  verbs
    .map((verb) => `## ${verb.verb}\n\n${verb.note}\n\n\`\`\`json\n${JSON.stringify(policyOf(verb), null, 2)}\n\`\`\``)
    .join('\n\n');
