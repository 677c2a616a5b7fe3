import { messageOf } from '../../lib/error.ts';
import { tagKey } from '../../provision/names.ts';
import { type OwnTemplate, templateProvisioner } from '../../provision/user-template.ts';
import type { ContractClaim, ContractKit } from './contract.ts';

/** A template as a team writes it: short tags, a parameter, a condition, and a second stream. */
const body = `
Parameters:
  Shards: {Type: Number, Default: 1}
Conditions:
  Big: !Not [!Equals [!Ref Shards, 1]]
Resources:
  Rides:
    Type: AWS::Kinesis::Stream
    Properties:
      Name: !Sub '\${AWS::StackName}-rides'
      ShardCount: !If [Big, !Ref Shards, 1]
      StreamModeDetails: {StreamMode: PROVISIONED}
  Other:
    Type: AWS::Kinesis::Stream
    Properties:
      Name: !Sub '\${AWS::StackName}-other'
      ShardCount: 1
      StreamModeDetails: {StreamMode: PROVISIONED}
Outputs:
  RidesArn: {Value: !GetAtt Rides.Arn}
`;

const template: OwnTemplate = {
  file: 'rides.yaml',
  body,
  parameters: { Shards: '2' },
  stream: 'Rides',
  fixedNames: [],
  daring: [],
};

const deploy = async (kit: ContractKit, over: Partial<OwnTemplate> = {}) => {
  const provisioner = templateProvisioner({ ...kit, template: { ...template, ...over } });
  const made = await provisioner.create(kit.spec(1), kit.deadlineMs);
  return { made, remove: () => provisioner.remove(kit.stream, kit.deadlineMs) };
};

export const templateClaims: readonly ContractClaim[] = [
  {
    claim: "a team's own template with short tags is deployed, and its stream found by logical id",
    needs: ['cloudformation'],
    check: async (kit) => {
      const { made, remove } = await deploy(kit);
      const tag = (await kit.kinesis.listTags(made.name))[tagKey];
      await remove();
      if (!made.name.endsWith('-rides')) return `Rides was said to be ${made.name}`;
      if (made.openShards !== 2) return `its parameter asks for 2 shards, it has ${made.openShards}`;
      return tag === undefined ? 'the tag is not there' : undefined;
    },
  },
  {
    claim: "a team's own template is taken away with every stream that it made",
    needs: ['cloudformation'],
    check: async (kit) => {
      const { made, remove } = await deploy(kit, { stream: 'RidesArn' });
      const before = new Set(await kit.kinesis.listStreams());
      const other = made.name.replace(/rides$/, 'other');
      await remove();
      if (!before.has(other)) return `the stream beside it, ${other}, was not made`;
      const left = (await kit.kinesis.listStreams()).filter((name) => name === made.name || name === other);
      return left.length === 0 ? undefined : `left behind: ${left.join(', ')}`;
    },
  },
  {
    claim: "a team's own template whose stream cannot be made fails with the reason of that resource",
    needs: ['cloudformation'],
    check: async (kit) => {
      try {
        const { remove } = await deploy(kit, { body: body.replace("-rides'", " no spaces allowed!'") });
        await remove();
        return 'CREATE_COMPLETE of a stream whose name is not allowed';
      } catch (thrown) {
        return messageOf(thrown).includes('Rides (AWS::Kinesis::Stream)') ? undefined : messageOf(thrown);
      }
    },
  },
];
