import { createKinesis } from '../../kinesis/create-kinesis.ts';
import type { Kinesis, StreamSpec } from '../../kinesis/kinesis.ts';
import { messageOf } from '../../lib/error.ts';
import { type ChosenProvisioner, chooseProvisioner } from '../../provision/choose.ts';
import { streamNameOf } from '../../provision/names.ts';
import { openStacks, type Stacks } from '../../provision/stacks.ts';
import type { Capability, RunningTarget } from '../../targets/target.ts';

/** What a claim uses: an engine, a name of its own, and both ways to create a stream. */
export type ContractKit = {
  readonly target: RunningTarget;
  readonly kinesis: Kinesis;
  readonly stacks: Stacks;
  readonly stream: string;
  readonly deadlineMs: number;
  readonly spec: (shards: number) => StreamSpec & { readonly run: string };
  readonly provisioner: (way: 'cloudformation' | 'api') => ChosenProvisioner;
};

/**
 * One thing that the harness requires. `check` resolves with undefined if it is so, otherwise with a sentence about
 * what the engine did.
 */
export type ContractClaim = {
  readonly claim: string;
  readonly needs: readonly Capability[];
  readonly check: (kit: ContractKit) => Promise<string | undefined>;
};

export type ContractResult = {
  readonly claim: string;
  readonly state: 'holds' | 'differs' | 'cannot';
  readonly sentence: string;
};

const claimDeadlineMs = 20_000;

/** Checks the claims on an engine, one after the other. Each has its own stream, which is always removed. */
export const runContract = async (
  target: RunningTarget,
  run: string,
  claims: readonly ContractClaim[],
): Promise<readonly ContractResult[]> => {
  const kinesis = createKinesis(target.client);
  const stacks = openStacks(target.client);
  const results: ContractResult[] = [];
  try {
    for (const [index, claim] of claims.entries())
      results.push(await judge(claim, kitOf({ target, kinesis, stacks, run, name: `contract-${index + 1}` })));
  } finally {
    stacks.close();
    kinesis.close();
  }
  return results;
};

const judge = async ({ claim, needs, check }: ContractClaim, kit: ContractKit): Promise<ContractResult> => {
  const missing = needs.filter((need) => !kit.target.capabilities[need]);
  if (missing.length > 0) return { claim, state: 'cannot', sentence: `has no ${missing.join(', ')}` };
  try {
    const sentence = await check(kit);
    return sentence === undefined ? { claim, state: 'holds', sentence: '' } : { claim, state: 'differs', sentence };
  } catch (thrown) {
    return { claim, state: 'differs', sentence: messageOf(thrown).split(kit.stream).join('STREAM') };
  } finally {
    const way = kit.target.capabilities.cloudformation ? 'cloudformation' : 'api';
    await kit
      .provisioner(way)
      .remove(kit.stream, kit.deadlineMs)
      .catch(() => undefined);
  }
};

type KitParts = Pick<ContractKit, 'target' | 'kinesis' | 'stacks'> & { readonly run: string; readonly name: string };

const kitOf = ({ target, kinesis, stacks, run, name }: KitParts): ContractKit => {
  const stream = streamNameOf(run, name);
  return {
    target,
    kinesis,
    stacks,
    stream,
    deadlineMs: claimDeadlineMs * target.slowness,
    spec: (shards) => ({ name: stream, shards, mode: 'PROVISIONED', run, tags: { 'kinesis-order': run } }),
    provisioner: (way) =>
      chooseProvisioner({
        kinesis,
        client: target.client,
        hasCloudformation: target.capabilities.cloudformation,
        way,
      }),
  };
};
