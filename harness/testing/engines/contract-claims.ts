import { messageOf } from '../../lib/error.ts';
import { awaitStack } from '../../provision/await-stack.ts';
import { findLeftovers } from '../../provision/clean.ts';
import { findStacks, removeStacks } from '../../provision/clean-stacks.ts';
import { reshardByStack, stackOf } from '../../provision/cloudformation.ts';
import { stackNameOf, tagKey } from '../../provision/names.ts';
import type { ContractClaim, ContractKit } from './contract.ts';
import { templateClaims } from './template-claims.ts';

const middle = (2n ** 127n).toString();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const readAll = async ({ kinesis, stream }: ContractKit, shard: string): Promise<readonly string[]> => {
  const started = await kinesis.getShardIterator({ type: 'TRIM_HORIZON', stream, shard });
  if (!started.ok) throw new Error(`GetShardIterator ${shard}: ${started.error}: ${started.message ?? ''}`);
  const page = await kinesis.getRecords({ iterator: started.iterator });
  if (!page.ok) throw new Error(`GetRecords ${shard}: ${page.error}: ${page.message ?? ''}`);
  return page.records.map(({ data }) => new TextDecoder().decode(data));
};

const put = async ({ kinesis, stream }: ContractKit, text: string): Promise<void> => {
  const outcome = await kinesis.putRecord({ stream, data: bytes(text), key: text });
  if (outcome.outcome !== 'ok') throw new Error(`PutRecord: ${outcome.error}: ${outcome.message ?? ''}`);
};

const putAll = async (kit: ContractKit, count: number): Promise<void> => {
  for (let number = 1; number <= count; number += 1) await put(kit, String(number));
};

/** Reads without a pause until all `count` records were delivered, at most `pollsMax` pages. */
const poll = async ({ kinesis, stream }: ContractKit, count: number): Promise<readonly string[]> => {
  const [first] = await kinesis.listShards(stream);
  const started = await kinesis.getShardIterator({ type: 'TRIM_HORIZON', stream, shard: first?.shard ?? '' });
  if (!started.ok) throw new Error(`GetShardIterator: ${started.error}`);
  const given: string[] = [];
  let iterator: string | undefined = started.iterator;
  for (let page = 0; page < pollsMax && iterator !== undefined && new Set(given).size < count; page += 1) {
    const read = await kinesis.getRecords({ iterator });
    if (!read.ok) throw new Error(`GetRecords: ${read.error}: ${read.message ?? ''}`);
    given.push(...read.records.map(({ data }) => new TextDecoder().decode(data)));
    iterator = read.next;
  }
  if (new Set(given).size < count) throw new Error(`only ${new Set(given).size} of ${count} were given`);
  return given;
};
const pollsMax = 2000;

/** Everything that the harness requires of an engine, the simplest first. */
export const contractClaims: readonly ContractClaim[] = [
  {
    claim: 'a stream made by the API has the shards that were asked for, and its tag',
    needs: [],
    check: async (kit) => {
      const { openShards } = await kit.provisioner('api').create(kit.spec(3), kit.deadlineMs);
      const run = (await kit.kinesis.listTags(kit.stream))[tagKey];
      if (openShards !== 3) return `asked for 3 shards, it has ${openShards}`;
      return run === undefined ? 'the tag is not there' : undefined;
    },
  },
  {
    claim: 'a record that was acknowledged is read',
    needs: [],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(1), kit.deadlineMs);
      await put(kit, 'one');
      const read = await readAll(kit, (await kit.kinesis.listShards(kit.stream))[0]?.shard ?? '');
      return read.join() === 'one' ? undefined : `put "one", read ${JSON.stringify(read)}`;
    },
  },
  {
    claim: 'a reader that follows NextShardIterator while records arrive is given each once',
    needs: [],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(1), kit.deadlineMs);
      const writing = putAll(kit, 12);
      const given = await poll(kit, 12);
      await writing;
      const again = given.filter((text, index) => given.indexOf(text) !== index);
      return again.length === 0 ? undefined : `given again: records ${again.join(', ')} of 12, counted from 1`;
    },
  },
  {
    claim: 'a put to a stream that was deleted under us surely fails',
    needs: [],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(1), kit.deadlineMs);
      await kit.provisioner('api').remove(kit.stream, kit.deadlineMs);
      const outcome = await kit.kinesis.putRecord({ stream: kit.stream, data: bytes('x'), key: 'x' });
      return outcome.outcome === 'fail' ? undefined : `PutRecord was answered ${outcome.outcome}`;
    },
  },
  {
    claim: 'after SplitShard the parent is still listed, closed, and its records are read',
    needs: ['splitShard'],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(1), kit.deadlineMs);
      await put(kit, 'before');
      const parent = (await kit.kinesis.listShards(kit.stream))[0]?.shard ?? '';
      await kit.kinesis.splitShard(kit.stream, parent, middle);
      await kit.kinesis.waitActive(kit.stream, kit.deadlineMs);
      const listed = (await kit.kinesis.listShards(kit.stream)).find(({ shard }) => shard === parent);
      if (listed === undefined) return 'ListShards does not list the parent any more';
      if (listed.seq[1] === null) return 'the parent has no ending sequence number';
      const read = await readAll(kit, parent);
      return read.join() === 'before' ? undefined : `put "before", read ${JSON.stringify(read)} from the parent`;
    },
  },
  {
    claim: 'a stream made by a stack has the shards, the mode and the tag of the template',
    needs: ['cloudformation'],
    check: async (kit) => {
      await kit.stacks.create(stackSpec(kit, 2));
      const stack = await awaitStack(kit.stacks, waitFor(kit), 'CREATE_COMPLETE');
      const { openShards, mode } = await kit.kinesis.waitActive(kit.stream, kit.deadlineMs);
      if (openShards !== 2 || mode !== 'PROVISIONED')
        return `asked for 2 shards PROVISIONED, it is ${openShards} ${mode}`;
      if (stack.outputs['StreamName'] !== kit.stream) return `output StreamName is ${stack.outputs['StreamName']}`;
      const tags = await kit.kinesis.listTags(kit.stream);
      return tags[tagKey] === undefined ? "the template's Tags are not on the stream" : undefined;
    },
  },
  {
    claim: 'a stack update that changes ShardCount reshards the stream',
    needs: ['cloudformation'],
    check: async (kit) => {
      await kit.provisioner('cloudformation').create(kit.spec(1), kit.deadlineMs);
      const { said, openShards } = await reshardByStack(kit, kit.spec(2), kit.deadlineMs);
      return openShards === 2
        ? undefined
        : `the stack says ${said}, the stream has ${openShards} open shards and not 2`;
    },
  },
  {
    claim: 'a stack carries out the retention, the encryption and the record size of the template',
    needs: ['cloudformation'],
    check: async (kit) => {
      const spec = { ...kit.spec(1), retentionHours: 48, encryptionKey: 'alias/aws/kinesis', maxRecordSizeKiB: 2048 };
      await kit.stacks.create(stackOf(spec));
      await awaitStack(kit.stacks, waitFor(kit), 'CREATE_COMPLETE');
      const seen = await kit.kinesis.waitActive(kit.stream, kit.deadlineMs);
      const wrong = [
        seen.retentionHours === 48 ? '' : `a retention of ${seen.retentionHours} hours, not 48`,
        seen.encryptionKey === undefined ? 'no encryption' : '',
        seen.maxRecordSizeKiB === 2048 ? '' : `MaxRecordSizeInKiB ${seen.maxRecordSizeKiB ?? 'not reported'}, not 2048`,
      ].filter((flaw) => flaw !== '');
      return wrong.length === 0 ? undefined : `the stack says CREATE_COMPLETE, the stream has ${wrong.join(', ')}`;
    },
  },
  {
    claim: 'a deleted stack takes its stream with it',
    needs: ['cloudformation'],
    check: async (kit) => {
      await kit.provisioner('cloudformation').create(kit.spec(1), kit.deadlineMs);
      await kit.provisioner('cloudformation').remove(kit.stream, kit.deadlineMs);
      const streams = await kit.kinesis.listStreams();
      return streams.includes(kit.stream) ? 'the stream is still there' : undefined;
    },
  },
  {
    claim: 'a stack whose stream cannot be made is CREATE_FAILED, with a reason in its events',
    needs: ['cloudformation'],
    check: async (kit) => {
      const { name, tags } = stackSpec(kit, 1);
      const properties = {
        Name: 'no spaces allowed!',
        ShardCount: 1,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
      };
      const body = JSON.stringify({ Resources: { Stream: { Type: 'AWS::Kinesis::Stream', Properties: properties } } });
      await kit.stacks.create({ name, body, tags });
      try {
        await awaitStack(kit.stacks, waitFor(kit), 'CREATE_COMPLETE');
        return 'CREATE_COMPLETE of a stream whose name is not allowed';
      } catch (thrown) {
        return messageOf(thrown).includes('Stream (AWS::Kinesis::Stream)') ? undefined : messageOf(thrown);
      }
    },
  },
  {
    claim: 'what a killed run left is found by name and tag, and removed',
    needs: ['cloudformation'],
    check: async (kit) => {
      await kit.provisioner('cloudformation').create(kit.spec(1), kit.deadlineMs);
      const stacks = (await findStacks(kit.stacks)).filter(({ name }) => name === stackNameOf(kit.stream));
      if (stacks.length === 0) return 'the stack does not carry its tag';
      await removeStacks(kit.stacks, stacks, kit.deadlineMs);
      const left = (await findLeftovers(kit.kinesis)).filter(({ name }) => name === kit.stream);
      return left.length === 0 ? undefined : 'the stream is still there';
    },
  },
  ...templateClaims,
];

const waitFor = ({ stream, deadlineMs }: ContractKit) => ({ name: stackNameOf(stream), deadlineMs });

const stackSpec = (kit: ContractKit, shards: number) => stackOf(kit.spec(shards));
