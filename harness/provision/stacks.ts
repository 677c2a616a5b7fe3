import {
  type Capability,
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { visible } from '../lib/visible.ts';

export type StackSpec = {
  readonly name: string;
  readonly body: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Capabilities that must be acknowledged to CloudFormation: roles, macros. */
  readonly capabilities?: readonly Capability[];
};

export type SeenStack = {
  readonly name: string;
  readonly id: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
};

/** The calls of CloudFormation that are needed here. Each error names the call and has the service's own message. */
export type Stacks = {
  readonly create: (spec: StackSpec) => Promise<void>;
  /** Resolves to false if there was nothing to change. */
  readonly update: (spec: StackSpec) => Promise<boolean>;
  readonly remove: (name: string) => Promise<void>;
  /** undefined if there is no stack of this name or id. */
  readonly find: (name: string) => Promise<SeenStack | undefined>;
  /** The physical id of a resource: a stream's name. undefined if the stack has no such resource. */
  readonly resource: (name: string, logicalId: string) => Promise<string | undefined>;
  readonly list: () => Promise<readonly string[]>;
  /** The first resource that failed, with its own reason; undefined if none did. */
  readonly firstFailure: (name: string) => Promise<string | undefined>;
  readonly close: () => void;
};

export const openStacks = ({ endpoint, region, credentials }: ClientOptions): Stacks => {
  const client = new CloudFormationClient({
    region,
    maxAttempts: 3,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: { requestTimeout: 30_000, connectionTimeout: 10_000 },
  });
  return {
    create: (spec) =>
      named(`CreateStack ${spec.name}`, async () => {
        await client.send(new CreateStackCommand({ ...inputOf(spec), OnFailure: 'DO_NOTHING' }));
      }),
    update: (spec) => update(client, spec),
    remove: (name) =>
      named(`DeleteStack ${name}`, async () => {
        await client.send(new DeleteStackCommand({ StackName: name }));
      }),
    find: (name) => find(client, name),
    resource: (name, logicalId) =>
      named(`DescribeStackResource ${name} ${logicalId}`, async () => {
        const input = { StackName: name, LogicalResourceId: logicalId };
        return (await client.send(new DescribeStackResourceCommand(input))).StackResourceDetail?.PhysicalResourceId;
      }),
    list: () => named('ListStacks', () => list(client)),
    firstFailure: (name) => named(`DescribeStackEvents ${name}`, () => firstFailure(client, name)),
    close: () => client.destroy(),
  };
};

const named = async <T>(call: string, send: () => Promise<T>): Promise<T> => {
  try {
    return await send();
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : 'Error';
    throw new HarnessError('target', visible(`${call}: ${name}: ${messageOf(thrown) || 'no message'}`), {
      cause: thrown,
    });
  }
};

const inputOf = ({ name, body, tags, parameters = {}, capabilities = [] }: StackSpec) => ({
  ...(capabilities.length === 0 ? {} : { Capabilities: [...capabilities] }),
  StackName: name,
  TemplateBody: body,
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
});

const update = async (client: CloudFormationClient, spec: StackSpec): Promise<boolean> => {
  try {
    await client.send(new UpdateStackCommand(inputOf(spec)));
    return true;
  } catch (thrown) {
    if (messageOf(thrown).includes('No updates are to be performed')) return false;
    return named(`UpdateStack ${spec.name}`, () => Promise.reject(thrown as Error));
  }
};

/** A missing stack is a ValidationError, which only its message distinguishes from others. */
const find = async (client: CloudFormationClient, name: string): Promise<SeenStack | undefined> => {
  try {
    const { Stacks: stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stacks[0] === undefined ? undefined : seen(stacks[0]);
  } catch (thrown) {
    if (/does not exist|not found/i.test(messageOf(thrown))) return undefined;
    return named(`DescribeStacks ${name}`, () => Promise.reject(thrown as Error));
  }
};

const seen = (stack: Stack): SeenStack => ({
  name: stack.StackName ?? '',
  id: stack.StackId ?? stack.StackName ?? '',
  status: stack.StackStatus ?? 'not reported',
  reason: stack.StackStatusReason,
  tags: Object.fromEntries((stack.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
  outputs: Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
  ),
});

const pagesMax = 100;

const list = async (client: CloudFormationClient): Promise<readonly string[]> => {
  const names: string[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const output = await client.send(new ListStacksCommand(NextToken === undefined ? {} : { NextToken }));
    for (const { StackName, StackStatus } of output.StackSummaries ?? [])
      if (StackStatus !== 'DELETE_COMPLETE' && StackName !== undefined) names.push(StackName);
    NextToken = output.NextToken;
    if (NextToken === undefined) break;
  }
  return names;
};

/** The oldest failed event, which is the cause; later failures are its consequences. Events come newest first. */
const firstFailure = async (client: CloudFormationClient, name: string): Promise<string | undefined> => {
  const { StackEvents: events = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  const failed = events.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED') === true);
  const first = failed.findLast(({ LogicalResourceId }) => LogicalResourceId !== name) ?? failed.at(-1);
  if (first === undefined) return undefined;
  return `${first.LogicalResourceId} (${first.ResourceType}) ${first.ResourceStatus}: ${first.ResourceStatusReason ?? 'no reason given'}`;
};
