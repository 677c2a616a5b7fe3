import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertResourcesAllowed } from '../run/stream-of.ts';
import { vocabulary } from '../session/catalog.ts';
import { loadScenarios } from './load.ts';
import { resolveScenario } from './resolve.ts';
import type { ResolvedScenario, ResolvedTemplate } from './resolved.ts';

/** As teams write them: short tags on texts, lists and maps, conditions, parameters, and more than one stream. */
const rides = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, AllowedValues: [test, live]}
  Shards: {Type: Number, Default: 2}
  Token: {Type: String, NoEcho: true, Default: none}
Conditions:
  Big: !Not [!Equals [!Ref Shards, 1]]
Resources:
  Rides:
    Type: AWS::Kinesis::Stream
    Properties:
      Name: !Sub '\${AWS::StackName}-rides'
      ShardCount: !If [Big, !Ref Shards, 1]
      StreamModeDetails: {StreamMode: PROVISIONED}
      Tags:
        - Key: stage
          Value: !Sub
            - '\${what}-stage'
            - what: !Ref Stage
  Named:
    Type: AWS::Kinesis::Stream
    Properties: {Name: rides-by-hand, ShardCount: 1}
  ByParameter:
    Type: AWS::Kinesis::Stream
    Properties: {Name: !Ref Stage, ShardCount: 1}
  Reader:
    Type: AWS::Kinesis::StreamConsumer
    Properties: {ConsumerName: reader, StreamARN: !GetAtt Rides.Arn}
Outputs:
  RidesArn: {Value: !GetAtt Rides.Arn}
`;

let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-template-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

type Given = { readonly stream?: string; readonly parameters?: Readonly<Record<string, unknown>> };

let files = 0;
const resolved = async (text: string, given: Given = {}): Promise<ResolvedScenario> => {
  files += 1;
  const file = `t${files}.yaml`;
  await writeFile(join(cwd, file), text);
  const template = { file, stream: 'Rides', parameters: { Stage: 'test' }, ...given };
  const input = { name: 'own', why: 'a test', stream: { template }, producers: [{ type: 'putRecord' }] };
  return resolveScenario(input, { file: 'x.scenario.ts', vocabulary, seed: '1', folder: cwd });
};
const templateOf = async (...args: Parameters<typeof resolved>): Promise<ResolvedTemplate> => {
  const { template } = (await resolved(...args)).stream;
  if (template === undefined) throw new Error('there is no template');
  return template;
};

describe("a team's own template", () => {
  test('is taken as it is, short tags and all, and goes into the scenario as plain JSON', async () => {
    const scenario = await resolved(rides, { parameters: { Stage: 'test', Shards: 3, Token: 'x' } });
    expect(scenario.stream.template).toEqual({
      file: `t${files}.yaml`,
      body: rides,
      parameters: { Stage: 'test', Shards: '3', Token: 'x' },
      stream: 'Rides',
      secret: ['Token'],
      daring: [],
      fixedNames: ['rides-by-hand', 'test'],
    });
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
  });

  test('may name its stream by an output, and may be JSON', async () => {
    const json = JSON.stringify({
      Resources: { S: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['S', 'Arn'] } } },
    });
    expect((await templateOf(json, { stream: 'Arn', parameters: {} })).stream).toBe('Arn');
    expect((await templateOf(rides, { stream: 'RidesArn' })).stream).toBe('RidesArn');
  });

  test('is found from the folder of the scenario file, not of the caller', async () => {
    await writeFile(join(cwd, 'beside.yaml'), rides);
    const template = { file: 'beside.yaml', stream: 'Rides', parameters: { Stage: 'test' } };
    const scenario = { name: 'own', why: 'x', stream: { template }, producers: [{ type: 'putRecord' }] };
    await writeFile(join(cwd, 'own.scenario.json'), JSON.stringify(scenario));
    const path = join(cwd, 'own.scenario.json');
    const [loaded] = await loadScenarios({ patterns: [path], cwd: tmpdir(), vocabulary, seed: '1' });
    expect(loaded?.scenario.stream.template?.body).toBe(rides);
  });

  const more = `${rides}  Roles: {Value: x}\n`.replace(
    'Resources:\n',
    `Resources:
  Queue: {Type: AWS::SQS::Queue}
  Role: {Type: AWS::IAM::Role, Properties: {}}
  Logs: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain}
`,
  );

  test('with resources that a run should not make is refused by name, unless that is said', async () => {
    const scenario = await resolved(more);
    expect(() => assertResourcesAllowed(scenario, true)).not.toThrow();
    expect(() => assertResourcesAllowed(scenario, false)).toThrow(
      `own: stream.template: t${files}.yaml holds Queue (AWS::SQS::Queue), Role (AWS::IAM::Role), Logs (AWS::Logs::LogGroup), whose DeletionPolicy leaves it behind`,
    );
    expect((await templateOf(`Transform: AWS::Serverless-2016-10-31\n${rides}`)).daring).toEqual([
      'a Transform, which may make anything',
    ]);
  });

  const refused: readonly (readonly [string, string, Given, RegExp])[] = [
    ['a stream that is not there', rides, { stream: 'x' }, /stream\.template\.stream: x is nothing in t\d+\.yaml/],
    ['broken YAML', 'Resources:\n  A: [1\n  B: 2\n', {}, /t\d+\.yaml:\d+: /],
    ['broken JSON', '{\n  "Resources": {\n    "A" 1\n}}', {}, /t\d+\.yaml:[34]: /],
    [
      'a tag that CloudFormation does not have',
      'Resources:\n  A:\n    Type: !Reff x\n',
      {},
      /:3: Unresolved tag: !Reff/,
    ],
    ['a key twice', 'Resources:\n  A: {Type: x}\n  A: {Type: y}\n', {}, /:3: Map keys must be unique/],
    ['a text', 'hello', {}, /:1: not a CloudFormation template: it is no map of sections/],
    ['another kind of file', 'services:\n  web: {}\n', {}, /:1: not a CloudFormation template: it has no Resources/],
    ['a resource without a type', 'Resources:\n  A:\n    Properties: {}\n', {}, /:3: resource A has no Type/],
    [
      'a template that is too large',
      `# ${'x'.repeat(51_200)}\n${rides}`,
      {},
      /:1: \d+ bytes, and CloudFormation takes 51200/,
    ],
    [
      'a stream that is a consumer',
      rides,
      { stream: 'Reader' },
      /Reader is a AWS::Kinesis::StreamConsumer .*streams Rides, Named/,
    ],
    [
      'a parameter that is not there',
      rides,
      { parameters: { Stage: 'test', Shard: 1 } },
      /parameters\.Shard: .* it has Stage, Shards, Token/,
    ],
    ['a parameter that is not given', rides, { parameters: {} }, /asks for Stage, which has no Default/],
    [
      'a value that is not allowed',
      rides,
      { parameters: { Stage: 'prod' } },
      /parameters\.Stage: .* allows test, live, got prod/,
    ],
  ];
  test.each(refused)('refuses %s as the fault of the file', async (_, text, given, words) => {
    await expect(resolved(text, given)).rejects.toMatchObject({ code: 'usage' });
    await expect(resolved(text, given)).rejects.toThrow(words);
    await expect(resolved(text, given)).rejects.toThrow('x.scenario.ts');
  });

  test('goes with nothing else that a scenario says of its stream', () => {
    const template = { file: 'x.yaml', stream: 'S' };
    const input = { name: 'a', why: 'b', producers: [{ type: 'putRecord' }], stream: { template, shards: 2 } };
    expect(() => resolveScenario(input, { file: 'x.scenario.ts', vocabulary, seed: '1' })).toThrow(
      'stream.shards: does not go with stream.template',
    );
  });
});
