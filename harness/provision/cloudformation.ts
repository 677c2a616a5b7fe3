import type { ControlPlane } from '../kinesis/kinesis.ts';
import { isOpenShard } from '../model/open-shards.ts';
import { apiProvisioner, assureTags } from './api.ts';
import { awaitStack, awaitStackGone } from './await-stack.ts';
import { stackNameOf, tagKey } from './names.ts';
import type { Provisioner, ProvisionSpec, StackReshard } from './provisioner.ts';
import type { Stacks } from './stacks.ts';
import { streamTemplate } from './template.ts';
import { settingsOf } from './verify-settings.ts';

/**
 * Provisions streams by CloudFormation. The status of the stack is not trusted: after each step the stream itself is
 * described. An engine may answer UPDATE_COMPLETE and change nothing, or ignore a template's tags, which `clean`
 * needs.
 */
export const cloudformationProvisioner = (kinesis: ControlPlane, stacks: Stacks): Provisioner => ({
  create: async (spec, deadlineMs, signal) => {
    const stack = stackNameOf(spec.name);
    await stacks.create(stackOf(spec));
    await awaitStack(
      stacks,
      { name: stack, deadlineMs, ...(signal === undefined ? {} : { signal }) },
      'CREATE_COMPLETE',
    );
    const summary = await kinesis.waitActive(spec.name, deadlineMs, signal);
    await assureTags(kinesis, spec.name, { ...spec.tags, [tagKey]: spec.run });
    return settingsOf({ kinesis, spec, summary, who: `stack ${stack} is CREATE_COMPLETE` });
  },
  reshard: (spec, deadlineMs) => reshardByStack({ kinesis, stacks }, spec, deadlineMs),
  remove: async (name, deadlineMs) => {
    const stack = stackNameOf(name);
    if ((await stacks.find(stack)) !== undefined) {
      await stacks.remove(stack);
      await awaitStackGone(stacks, { name: stack, deadlineMs });
    }
    // The stream may still exist after the stack is gone. Deleting a missing stream does nothing.
    await apiProvisioner(kinesis).remove(name, deadlineMs);
  },
});

export const stackOf = (spec: ProvisionSpec) => ({
  name: stackNameOf(spec.name),
  body: JSON.stringify(streamTemplate(spec)),
  tags: { [tagKey]: spec.run },
});

/**
 * Reshards by a stack update. Returns both what the stack reports and what the stream did, because they may differ.
 */
export const reshardByStack = async (
  { kinesis, stacks }: { readonly kinesis: ControlPlane; readonly stacks: Stacks },
  spec: ProvisionSpec,
  deadlineMs: number,
): Promise<StackReshard> => {
  const name = stackNameOf(spec.name);
  if (!(await stacks.update(stackOf(spec)))) return { said: 'nothing to update', ...(await open(kinesis, spec.name)) };
  const { status } = await awaitStack(stacks, { name, deadlineMs }, 'UPDATE_COMPLETE');
  await kinesis.waitActive(spec.name, deadlineMs);
  return { said: status, ...(await open(kinesis, spec.name)) };
};

const open = async (kinesis: ControlPlane, name: string): Promise<{ readonly openShards: number }> => ({
  openShards: (await kinesis.listShards(name)).filter(isOpenShard).length,
});
